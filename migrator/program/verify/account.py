"""The states of an occurrence, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How an occurrence of the old program stands in the present one."""

    DONE = "done"
    REMOVED = "removed"
    OPEN = "open"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Account:
    """One occurrence of the old program, or of an old name in new code, and how it stands.

    `path` and `line` are of the present program, `old_path` and `old_line` of the one that is compared with; None where
    there is no such place.
    """

    state: State
    rule: str
    message: str
    path: str
    line: int
    old: str | None = None
    new: str | None = None
    old_path: str | None = None
    old_line: int | None = None
    advice: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the account in the documented form."""
        return {
            "state": self.state.value,
            "rule": self.rule,
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "old": self.old,
            "new": self.new,
            "old_path": self.old_path,
            "old_line": self.old_line,
        }
