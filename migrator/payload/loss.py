"""Losses and missing values: what a translation could not carry over, or could not fill in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.payload.json_pointer import Json


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
