"""The lines of a file, each decoded once: a crafted file can have thousands of places in a line of megabytes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from migrator.report.source_lines import Lines


@dataclass(frozen=True, slots=True)
class Code:
    """The lines of a file, from 1, without their endings."""

    lines: Lines
    _texts: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many lines there are; what follows the last line ending counts where there is something."""
        starts = self.lines.starts
        return len(starts) - (starts[-1] == len(self.lines.raw) and len(starts) > 1)

    def line(self, number: int) -> str:
        """The text of a line."""
        if number not in self._texts:
            self._texts[number] = self.lines.line(number)
        return self._texts[number]

    def line_of(self, byte: int) -> int:
        """The line in which a byte lies."""
        return max(1, min(bisect_right(self.lines.starts, byte), len(self)))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The bytes from the start of a line to the end of another, its line ending included."""
        starts = self.lines.starts
        return starts[first - 1], starts[last] if last < len(starts) else len(self.lines.raw)
