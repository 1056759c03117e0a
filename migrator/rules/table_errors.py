"""Problems of a table, with the hint that solves each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableProblem:
    """Describe one defect: the file, the row (or the part of the file), the key, the message and a hint."""

    file: str
    row: str
    key: str
    message: str
    hint: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.row, f"key `{self.key}`" if self.key else "")))
        return ": ".join(filter(None, (self.file, where, self.message))) + f"\n  hint: {self.hint}"


class TableError(ValueError):
    """Report a table that cannot be used. `problems` contains every defect, each once."""

    def __init__(self, problems: Iterable[TableProblem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


#: The part of a file above its rows, for errors without a row.
FILE_HEAD = "the head of the file"


def format_row_title(index: int, row_id: object) -> str:
    """Return the title of a row in an error: its number and, if it has one, its id."""
    return f"row {index + 1} ({row_id})" if isinstance(row_id, str) else f"row {index + 1}"
