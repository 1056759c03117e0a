"""The form of a step's file: every key that a row may have, and what each kind of row must have."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import Discriminator, Field, Tag

from migrator.rules.checks.field_types import Form, JsonPath, ScalarValue, StableId, Text, VersionText, WireName
from migrator.rules.rule import DocumentKind, Kind, Origin, Outcome


class PlaceForm(Form):
    """A place in a document, named in the words of the older version."""

    document: DocumentKind
    path: JsonPath
    name: WireName | None = None


class GuardForm(Form):
    """The rule holds only in documents whose value at `path` equals `equals`."""

    document: DocumentKind = "webhook"
    path: JsonPath
    equals: ScalarValue


class ArgumentForm(Form):
    """Where an argument of a follow-up call comes from; the removed value itself needs no path."""

    origin: Literal["request", "response", "value"] = Field(alias="from")
    path: JsonPath | None = None


class FollowUpForm(Form):
    """A further call that keeps the meaning of what a row takes away."""

    api: Text
    method: WireName
    url: Annotated[Text, Field(pattern=r"^https?://")]
    arguments: dict[str, ArgumentForm] = Field(min_length=1)
    values: dict[str, str] = Field({}, description="The removed value, and what the call is given for it.")
    unless: tuple[str, ...] = Field((), description="Removed values that need no call.")


class SourceForm(Form):
    """A reference: document, version, item. Never a quotation."""

    document: Literal["changelog", "reference"]
    version: VersionText
    item: Text


class ValueForm(Form):
    """Where a value comes from that the older document lacks: a key of what the user declares."""

    context: WireName


def _tag_of_where(value: object) -> str:
    return "list" if isinstance(value, str) else "places"


#: The two ways to say where, told apart by looking, so that a mistake in one is not reported as two.
WHERE_TAGS = ("list", "places")
Where = Annotated[
    Annotated[Text, Tag("list")] | Annotated[tuple[PlaceForm, ...], Field(min_length=1), Tag("places")],
    Discriminator(_tag_of_where),
    Field(description="Places, or the name of a list under [places]."),
]


class RowForm(Form):
    """What every row has."""

    id: StableId
    kind: Kind
    origin: Origin = Origin.CHANGELOG
    advice: Text
    source: SourceForm
    forward: Outcome = "lossless"
    back: Outcome = "lossless"
    answered_by: tuple[WireName, ...] = Field((), description="Methods whose call shows that the change is known.")


class RenameMethodRow(RowForm):
    """A method has another name: the last segment of its URL."""

    kind: Literal[Kind.RENAME_METHOD]
    old: WireName
    new: WireName


class RenameWebhookRow(RowForm):
    """A webhook has another name, at the given places."""

    kind: Literal[Kind.RENAME_WEBHOOK]
    old: WireName
    new: WireName
    where: Where
    guard: GuardForm | None = None


class RemoveWebhookRow(RowForm):
    """A webhook is no longer sent and can no longer be registered."""

    kind: Literal[Kind.REMOVE_WEBHOOK]
    old: WireName
    where: Where


class RenameKeyRow(RowForm):
    """A key of an object has another name; `where` ends in the old one."""

    kind: Literal[Kind.RENAME_KEY]
    old: WireName
    new: WireName
    where: Where
    guard: GuardForm | None = None


class RemoveKeyRow(RowForm):
    """A key of an object is gone; `where` ends in it."""

    kind: Literal[Kind.REMOVE_KEY]
    old: WireName
    where: Where
    guard: GuardForm | None = None
    follow_up: FollowUpForm | None = None
    restore: ScalarValue | None = Field(None, description="What the older version gets when it requires the key.")


class AddKeyRow(RowForm):
    """The newer version requires a key; `where` ends in it."""

    kind: Literal[Kind.ADD_KEY]
    new: WireName
    where: Where
    value: ValueForm


class UnnestRow(RowForm):
    """What stood inside an object with the single key `old` now stands bare."""

    kind: Literal[Kind.UNNEST]
    old: WireName
    where: Where


class RaiseVersionRow(RowForm):
    """The version in a URL, and the version that a client is given."""

    kind: Literal[Kind.RAISE_VERSION]


class NoteRow(RowForm):
    """A change that only a person can judge, of behaviour, of a scope or of anything else.

    `old` or `new` is the name to look for; at a place whose path is ``$`` it is about the method or webhook itself.
    """

    kind: Literal[Kind.BEHAVIOUR, Kind.SCOPE, Kind.MANUAL]
    old: WireName | None = None
    new: WireName | None = None
    where: Where = ()


Row = Annotated[
    RenameMethodRow
    | RenameWebhookRow
    | RemoveWebhookRow
    | RenameKeyRow
    | RemoveKeyRow
    | AddKeyRow
    | UnnestRow
    | RaiseVersionRow
    | NoteRow,
    Field(discriminator="kind"),
]


class StepFile(Form):
    """One step: every change between two neighbouring versions of one API."""

    api: Text
    source: VersionText = Field(alias="from")
    target: VersionText = Field(alias="to")
    places: dict[str, Annotated[tuple[PlaceForm, ...], Field(min_length=1)]] = Field(
        {}, description="Lists of places that several rows share, by name."
    )
    rule: tuple[Row, ...] = Field(min_length=1)


def places_of(row: RowForm, form: StepFile) -> tuple[PlaceForm, ...]:
    """The places of a row, by name or as they stand; none for a name that [places] lacks."""
    where = getattr(row, "where", ())
    return form.places.get(where, ()) if isinstance(where, str) else cast("tuple[PlaceForm, ...]", where)
