"""The ledger: every occurrence of an old name in the files of a run, and its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class OccurrenceState(StrEnum):
    """The outcome of an occurrence of an old name; each has exactly one."""

    EDITED = "edited"
    #: A finding that is not applied covers it: one that is manual, or unsafe.
    MANUAL = "manual"
    SUPPRESSED = "suppressed"
    COMMENT = "comment_or_docstring"
    #: Part of a longer identifier or word, which is another name.
    LONGER = "longer_name"
    OTHER = "proven_other"
    #: Nothing shows that it is the API's, and nothing that it is not.
    NAME_ONLY = "name_only"
    #: In a file that could not be decoded or parsed.
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of an old name: the byte at which it starts, its state and the reason; lines and columns from 1.

    `rule` is the id of the rule of the finding that covers it. Columns count characters, in an unread file bytes.
    """

    name: str
    start: int
    line: int
    column: int
    state: OccurrenceState
    reason: str
    rule: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the occurrence in the documented form."""
        return {
            "name": self.name,
            "line": self.line,
            "column": self.column,
            "state": self.state.value,
            "reason": self.reason,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class FileAccount:
    """The occurrences of one file, and the count of each name in its bytes."""

    path: str
    occurrences: tuple[Occurrence, ...]
    counted: Mapping[str, int] = field(hash=False)

    @property
    def defects(self) -> tuple[str, ...]:
        """Defects of migrator: names of which fewer or more occurrences are accounted for than there are."""
        told, counted = Counter(each.name for each in self.occurrences), Counter(self.counted)
        return tuple(
            f"the ledger contains {told[name]:,} of {counted[name]:,} occurrences of `{name}`: this is a defect of "
            "migrator, please report it with the file"
            for name in sorted(told.keys() | counted.keys())
            if told[name] != counted[name]
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every occurrence of the old names in all files that contain one, with its state."""

    names: tuple[str, ...] = ()
    files: tuple[FileAccount, ...] = ()

    @property
    def total(self) -> int:
        """The number of occurrences."""
        return sum(len(file.occurrences) for file in self.files)

    @property
    def counted(self) -> int:
        """The number of occurrences by the independent count."""
        return sum(sum(file.counted.values()) for file in self.files)

    def count_states(self) -> dict[OccurrenceState, int]:
        """Return the number of occurrences in each state."""
        return _count_states(each for file in self.files for each in file.occurrences)

    def count_states_by_name(self) -> dict[str, dict[OccurrenceState, int]]:
        """Return the states of each name, in the order of the table, names without an occurrence included."""
        found: dict[str, list[Occurrence]] = {name: [] for name in self.names}
        for file in self.files:
            for each in file.occurrences:
                found[each.name].append(each)
        return {name: _count_states(group) for name, group in found.items()}


def _count_states(group: Iterable[Occurrence]) -> dict[OccurrenceState, int]:
    counts = Counter(each.state for each in group)
    return {state: counts[state] for state in OccurrenceState}
