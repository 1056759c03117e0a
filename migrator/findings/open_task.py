"""Describe what must still be done before the migrated program runs against the newer version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class TaskKind(StrEnum):
    """The reason why a task is open, the most harmful first."""

    ENVIRONMENT = "environment"
    MANUAL = "manual"
    UNSAFE = "unsafe"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, order=True)
class TaskPlace:
    """A line that a task is about."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One thing to do, with all lines that it is about; `until` says what fails as long as it is not done."""

    kind: TaskKind
    rule: str
    action: str
    until: str
    places: tuple[TaskPlace, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the task in the documented form."""
        return {
            "kind": self.kind.value,
            "rule": self.rule,
            "action": self.action,
            "until": self.until,
            "places": [{"path": place.path, "line": place.line} for place in self.places],
        }
