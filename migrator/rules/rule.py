"""The rows of a table as the engines see them: plain, frozen, already checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from migrator.rules.version import Version

DocumentKind = Literal["webhook", "request", "response"]
Outcome = Literal["lossless", "lossy", "impossible"]
Scalar = str | int | float | bool


class Kind(StrEnum):
    """The closed set of changes that a row can state."""

    RENAME_METHOD = "rename_method"
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


class Origin(StrEnum):
    """Where a row comes from: only rows of the changelog, and what they imply, change anything by default."""

    CHANGELOG = "changelog"
    IMPLIED = "implied"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: `path` is a JSON path such as ``$.items[*].name``.

    `name` is the method or webhook of the document, in the words of the older version; None stands for every one.
    """

    document: DocumentKind
    path: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a document of one kind: the rule holds only where the value at `path` equals `equals`."""

    document: DocumentKind
    path: str
    equals: Scalar


@dataclass(frozen=True, slots=True)
class Argument:
    """Where an argument of a follow-up call comes from: the request, the response, or the removed value itself.

    `path` is in the words of the older version, as every place of a row is.
    """

    origin: Literal["request", "response", "value"]
    path: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUpCall:
    """The further call that keeps the meaning of what a row takes away.

    `values` maps the removed value to what the call is given; `unless` are removed values that need no call.
    """

    api: str
    method: str
    url: str
    arguments: dict[str, Argument] = field(hash=False)
    values: dict[str, str] = field(default_factory=dict, hash=False)
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A reference to the text that a row was read from: document, version, item."""

    document: str
    version: str
    item: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what changed between two neighbouring versions of one API."""

    id: str
    kind: Kind
    origin: Origin
    advice: str
    source: Source
    old: str | None = None
    new: str | None = None
    where: tuple[Place, ...] = ()
    guard: Guard | None = None
    follow_up: FollowUpCall | None = None
    answered_by: tuple[str, ...] = ()
    restore: Scalar | None = None
    context: str | None = None
    forward: Outcome = "lossless"
    back: Outcome = "lossless"

    @property
    def active(self) -> bool:
        """Whether the row changes code and documents without being asked for by name."""
        return self.origin is not Origin.REFERENCE

    @property
    def note(self) -> bool:
        """Whether the row is only told to those who ask for notes: it is for a person, and changes nothing itself."""
        return self.kind is Kind.MANUAL and not self.active


@dataclass(frozen=True, slots=True)
class Step:
    """All rows between two neighbouring versions; names in `Place.name` are those of `source`."""

    source: Version
    target: Version
    rules: tuple[Rule, ...]
    file: str
