"""What is wrong with a table, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect: the file, the row (or the part of the file), the key, what is wrong and the way out."""

    file: str
    row: str
    key: str
    message: str
    hint: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.row, f"key `{self.key}`" if self.key else "")))
        return ": ".join(filter(None, (self.file, where, self.message))) + f"\n  hint: {self.hint}"


class TableError(ValueError):
    """A table cannot be used. `problems` holds every defect that was found, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


#: What stands above the rows of a file, where an error has no row to name.
HEAD = "the head of the file"


def row_title(index: int, row_id: object) -> str:
    """How a row is named in an error: its number and, if it has one, its id."""
    return f"row {index + 1} ({row_id})" if isinstance(row_id, str) else f"row {index + 1}"
