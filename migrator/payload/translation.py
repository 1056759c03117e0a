"""What a translation says: the document, what was lost, what must follow, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

from migrator.payload.json_pointer import Json, read
from migrator.payload.translation_errors import DocumentError

D = TypeVar("D")


class Extent(StrEnum):
    """How much is lost: nothing but the wording (`note`), the value at the pointer, or the whole document."""

    NOTE = "note"
    VALUE = "value"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Loss:
    """What could not be carried over, or was put in because the target requires it (then a `note`).

    `pointer` is a JSON Pointer into the document as it was given; `old` is the value that stood there, or None.
    """

    rule: str
    pointer: str
    old: Json
    reason: str
    extent: Extent = Extent.DOCUMENT

    def as_json(self) -> dict[str, Json]:
        """The loss as one JSON object."""
        return {
            "rule": self.rule,
            "pointer": self.pointer,
            "old": self.old,
            "reason": self.reason,
            "extent": self.extent.value,
        }


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that the target needs and nobody declared: `declare` is the key of `context` that would give it."""

    rule: str
    pointer: str
    declare: str

    def as_json(self) -> dict[str, str]:
        """The missing value as one JSON object."""
        return {"rule": self.rule, "pointer": self.pointer, "declare": self.declare}


@dataclass(frozen=True, slots=True)
class Await:
    """An argument of a follow-up call that only the answer to the translated request holds."""

    argument: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A further call that keeps the meaning: send `body` to `url` once the translated request was answered.

    While `awaits` names arguments, the call is not `ready`: `resolve` it with the answer first. `pointer` is the place
    in the request, as it was given, of the value that the call now carries.
    """

    rule: str
    pointer: str
    api: str
    method: str
    url: str
    body: dict[str, Json]
    awaits: tuple[Await, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether `body` is complete."""
        return not self.awaits

    def resolve(self, answer: Json) -> FollowUp:
        """The same call with what the answer holds; `answer` is the target version's, as it arrived.

        Raises DocumentError when the answer lacks a value that the call needs.
        """
        body = {**dict.fromkeys(wanted.argument for wanted in self.awaits), **self.body}
        for wanted in self.awaits:
            found, value = read(answer, wanted.path)
            if not found or value is None:
                needs = f"the answer does not hold it, and {self.method} needs it as {wanted.argument}"
                raise DocumentError("/" + "/".join(wanted.path), needs)
            body[wanted.argument] = value
        return replace(self, body=body, awaits=())

    def as_json(self) -> dict[str, Json]:
        """The call as one JSON object; `awaits` maps an argument to a JSON Pointer into the answer."""
        return {
            "rule": self.rule,
            "pointer": self.pointer,
            "api": self.api,
            "method": self.method,
            "url": self.url,
            "body": self.body,
            "awaits": {wanted.argument: "/" + "/".join(wanted.path) for wanted in self.awaits},
        }


# A struct and not a dataclass: one is made for every event of a stream, at a tenth of the cost.
class Translation(msgspec.Struct, Generic[D], frozen=True):
    """The result of a translation.

    `document` is new where something changed and the very object that was given where nothing did; it is None when it
    has no counterpart (`lost`). `method` is the target's name of the method, for requests, responses, methods and URLs.
    """

    document: D | None
    losses: tuple[Loss, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    applied: tuple[str, ...] = ()
    method: str | None = None
    missing: tuple[Missing, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether the document has no counterpart in the target version."""
        return any(loss.extent is Extent.DOCUMENT for loss in self.losses)

    @property
    def complete(self) -> bool:
        """Whether the document has every value that the target version needs."""
        return not self.missing
