"""The checked rows of a table, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from migrator.rules.version import Version

DocumentKind = Literal["webhook", "request", "response"]
Fidelity = Literal["lossless", "lossy", "impossible"]
Scalar = str | int | float | bool


class Kind(StrEnum):
    """Enumerate the closed set of changes that a row can state."""

    RENAME_METHOD = "rename_method"
    REMOVE_METHOD = "remove_method"
    RENAME_WEBHOOK = "rename_webhook"
    REMOVE_WEBHOOK = "remove_webhook"
    RENAME_KEY = "rename_key"
    REMOVE_KEY = "remove_key"
    ADD_KEY = "add_key"
    UNNEST = "unnest"
    RAISE_VERSION = "raise_version"
    BEHAVIOUR = "behaviour"
    SCOPE = "scope"
    MANUAL = "manual"


#: The kinds that end the name of a method, or of a webhook; those of renames also introduce one.
METHOD_KINDS = frozenset({Kind.RENAME_METHOD, Kind.REMOVE_METHOD})
WEBHOOK_KINDS = frozenset({Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK})


class Origin(StrEnum):
    """Enumerate the origins of a row: rows of reference pages change nothing unless they are asked for."""

    CHANGELOG = "changelog"
    IMPLIED = "implied"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class RulePlace:
    """Locate a value in a document: `path` is a JSON path such as ``$.items[*].name``.

    `name` is the method or webhook of the document, in the names of the older version; None stands for every one.
    """

    document: DocumentKind
    path: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """Restrict a rule to documents of one kind whose value at `path` equals `equals`."""

    document: DocumentKind
    path: str
    equals: Scalar


@dataclass(frozen=True, slots=True)
class CallArgument:
    """Name the origin of an argument of a follow-up call: the request, the response, or the removed value itself.

    `path` is in the names of the older version, as every place of a row is.
    """

    origin: Literal["request", "response", "value"]
    path: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUpCall:
    """Describe the further call that keeps the meaning of a removed value.

    `values` maps the removed value to the argument of the call; `unless` are removed values that need no call. One of
    `scopes` is needed for it.
    """

    api: str
    method: str
    url: str
    arguments: dict[str, CallArgument] = field(hash=False)
    values: dict[str, str] = field(default_factory=dict, hash=False)
    unless: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Refer to the text that a row was read from: document, version, item."""

    document: str
    version: str
    item: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one row: a change between two neighbouring versions of one API."""

    id: str
    kind: Kind
    origin: Origin
    advice: str
    source: RuleSource
    old: str | None = None
    new: str | None = None
    where: tuple[RulePlace, ...] = ()
    guard: Guard | None = None
    follow_up: FollowUpCall | None = None
    answered_by: tuple[str, ...] = ()
    restore: Scalar | None = None
    context: str | None = None
    forward: Fidelity = "lossless"
    back: Fidelity = "lossless"

    @property
    def active(self) -> bool:
        """Return whether the row changes code and documents without being asked for by name."""
        return self.origin is not Origin.REFERENCE

    @property
    def is_note(self) -> bool:
        """Return whether the row is shown only when notes are asked for: it is manual and changes nothing itself."""
        return self.kind is Kind.MANUAL and not self.active


@dataclass(frozen=True, slots=True)
class Step:
    """Hold all rows between two neighbouring versions; the names in their places are those of `source`.

    `reversed_rules` are rows of the way up whose TODO comments a step down takes back.
    """

    source: Version
    target: Version
    rules: tuple[Rule, ...]
    file: str
    reversed_rules: tuple[Rule, ...] = ()
