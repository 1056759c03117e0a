"""Where a row of the table is still in use: in code, on the wire, as a registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: What is printed below a row that nothing uses.
CAN_GO = "the layer for this row can go"


@dataclass(frozen=True, slots=True)
class RowUse:
    """Describe where a row is in use; None where that is not known."""

    rule: str
    in_code: bool | None
    on_wire: bool | None
    registered: bool | None
    last_seen: datetime | None

    @property
    def can_go(self) -> bool:
        """Return whether it is known that nothing uses the row."""
        return (self.in_code, self.on_wire, self.registered) == (False, False, False)

    def as_json(self) -> dict[str, Any]:
        """Return the row in the documented form."""
        return {
            "rule": self.rule,
            "in_code": self.in_code,
            "on_wire": self.on_wire,
            "registered": self.registered,
            "last_seen": None if self.last_seen is None else format_moment(self.last_seen),
            "can_go": self.can_go,
        }


@dataclass(frozen=True, slots=True)
class SeenRows:
    """Hold the rows of a run, the days that they were looked at, and since when traffic was seen."""

    rows: tuple[RowUse, ...]
    days: int
    since: datetime


def format_moment(moment: datetime) -> str:
    """Return a time as it stands in JSON."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
