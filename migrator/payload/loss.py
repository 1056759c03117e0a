"""Losses and missing values: what a translation could not carry over, or could not fill in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.payload.json_pointer import Json


class LossExtent(StrEnum):
    """Enumerate how much a loss takes: only a remark (`note`), the value at the pointer, or the whole document."""

    NOTE = "note"
    VALUE = "value"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Loss:
    """Describe a value without a counterpart, or one that was added because the target requires it (then a `note`).

    `pointer` is a JSON Pointer into the original document; `old` is the value there, or None.
    """

    rule: str
    pointer: str
    old: Json
    reason: str
    extent: LossExtent = LossExtent.DOCUMENT

    def as_json(self) -> dict[str, Json]:
        """Return the loss as a JSON object."""
        return {
            "rule": self.rule,
            "pointer": self.pointer,
            "old": self.old,
            "reason": self.reason,
            "extent": self.extent.value,
        }


@dataclass(frozen=True, slots=True)
class Missing:
    """Describe a value that the target requires and the caller has not declared.

    `declare` is the key of `context` that would supply it.
    """

    rule: str
    pointer: str
    declare: str

    def as_json(self) -> dict[str, str]:
        """Return the missing value as a JSON object."""
        return {"rule": self.rule, "pointer": self.pointer, "declare": self.declare}
