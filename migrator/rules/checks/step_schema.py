"""Pydantic models of the file of a step: one model for each kind of row."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import Discriminator, Field, StrictBool, Tag, model_validator
from pydantic_core import PydanticCustomError

from migrator.rules.checks.field_types import (
    JsonPath,
    ScalarValue,
    SourceForm,
    StableId,
    TableModel,
    Text,
    VersionText,
    WireName,
)
from migrator.rules.rule import DocumentKind, Fidelity, Kind, Origin


class PlaceForm(TableModel):
    """A place in a document, in the names of the older version."""

    document: DocumentKind
    path: JsonPath
    name: WireName | None = None


class GuardForm(TableModel):
    """A condition: the rule applies only in documents whose value at `path` equals `equals`."""

    document: DocumentKind = "webhook"
    path: JsonPath
    equals: ScalarValue


class ArgumentForm(TableModel):
    """The origin of an argument of a follow-up call; the removed value itself needs no path."""

    origin: Literal["request", "response", "value"] = Field(alias="from")
    path: JsonPath | None = None


class FollowUpForm(TableModel):
    """A further call that keeps the meaning of a removed value."""

    api: Text
    method: WireName
    url: Annotated[Text, Field(pattern=r"^https?://")]
    arguments: dict[str, ArgumentForm] = Field(min_length=1)
    values: dict[str, str] = Field(
        {}, description="Removed values, each with the argument that the call receives for it."
    )
    unless: tuple[str, ...] = Field((), description="Removed values that need no call.")
    scopes: tuple[Text, ...] = Field((), description="Scopes of which a token needs one for the call.")


class ValueForm(TableModel):
    """The origin of a value that the older document lacks: a key of the user's declarations."""

    context: WireName


def _tag_where(value: object) -> str:
    return "list" if isinstance(value, str) else "places"


#: The two forms of `where`, discriminated by type so that a mistake in one is not reported for both.
WHERE_TAGS = ("list", "places")
Where = Annotated[
    Annotated[Text, Tag("list")] | Annotated[tuple[PlaceForm, ...], Field(min_length=1), Tag("places")],
    Discriminator(_tag_where),
    Field(description="Places, or the name of a list under [places]."),
]


class RowForm(TableModel):
    """The keys of every row."""

    id: StableId
    kind: Kind
    origin: Origin = Origin.CHANGELOG
    advice: Text
    source: SourceForm
    forward: Fidelity = "lossless"
    back: Fidelity = "lossless"
    override: StrictBool = Field(False, description="Replaces the row with this id of the step that the file extends.")
    answered_by: tuple[WireName, ...] = Field(
        (), description="Methods that a program calls, or keys that it reads, where it handles the change already."
    )


class RenameMethodRow(RowForm):
    """A method is renamed: the last segment of its URL."""

    kind: Literal[Kind.RENAME_METHOD]
    old: WireName
    new: WireName


class RemoveMethodRow(RowForm):
    """A method can no longer be called."""

    kind: Literal[Kind.REMOVE_METHOD]
    old: WireName


class RenameWebhookRow(RowForm):
    """A webhook is renamed, at the given places."""

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
    """A key of an object is renamed; `where` ends in the old one."""

    kind: Literal[Kind.RENAME_KEY]
    old: WireName
    new: WireName
    where: Where
    guard: GuardForm | None = None


class RemoveKeyRow(RowForm):
    """A key of an object is removed; `where` ends in it."""

    kind: Literal[Kind.REMOVE_KEY]
    old: WireName
    where: Where
    guard: GuardForm | None = None
    follow_up: FollowUpForm | None = None
    restore: ScalarValue | None = Field(
        None, description="The value that the older version receives when it requires the key."
    )


class AddKeyRow(RowForm):
    """The newer version requires a key; `where` ends in it."""

    kind: Literal[Kind.ADD_KEY]
    new: WireName
    where: Where
    value: ValueForm


class UnnestRow(RowForm):
    """The contents of an object with the single key `old` are no longer nested."""

    kind: Literal[Kind.UNNEST]
    old: WireName
    where: Where


class RaiseVersionRow(RowForm):
    """The version in a URL, and the version that a client is given, are raised."""

    kind: Literal[Kind.RAISE_VERSION]


class NoteRow(RowForm):
    """A change that must be reviewed manually: of behaviour, of a scope or of anything else.

    `old` or `new` is the name to find; at a place whose path is ``$`` the row is about the method or webhook itself.
    """

    kind: Literal[Kind.BEHAVIOUR, Kind.SCOPE, Kind.MANUAL]
    old: WireName | None = None
    new: WireName | None = None
    where: Where = ()


Row = Annotated[
    RenameMethodRow
    | RemoveMethodRow
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


class StepFile(TableModel):
    """One step: every change between two neighbouring versions of one API; or what extends a step loaded before."""

    api: Text
    source: VersionText = Field(alias="from")
    target: VersionText = Field(alias="to")
    places: dict[str, Annotated[tuple[PlaceForm, ...], Field(min_length=1)]] = Field(
        {}, description="Lists of places that several rows share, by name."
    )
    drop: tuple[StableId, ...] = Field((), description="Rows, by id, that are left out of the step that is extended.")
    rule: tuple[Row, ...] = ()

    @model_validator(mode="after")
    def _require_content(self) -> StepFile:
        if not self.rule and not self.drop:
            raise PydanticCustomError("no_rows", "the step has no row")
        return self


def resolve_places(row: RowForm, form: StepFile) -> tuple[PlaceForm, ...]:
    """Return the places of a row, listed or by name; none for a name that [places] lacks."""
    where = getattr(row, "where", ())
    return form.places.get(where, ()) if isinstance(where, str) else cast("tuple[PlaceForm, ...]", where)
