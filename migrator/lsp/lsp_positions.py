"""Convert between offsets in a text and an editor's positions: lines from 0, characters in the agreed unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


class DocumentText:
    """The text of a document, with its offsets as positions."""

    def __init__(self, text: str, unit: PositionEncodingKind | str = PositionEncodingKind.Utf16) -> None:
        self.text, self.unit = text, unit

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line; the protocol has the same line endings as Python."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position_of(self, offset: int) -> Position:
        """Return the position of an offset."""
        line = bisect_right(self.line_starts, offset) - 1
        return Position(line, self._count_units(self.text[self.line_starts[line] : offset]))

    def offset_of(self, position: Position) -> int:
        """Return the offset of a position; positions beyond the end of a line or the text are clamped."""
        if position.line >= len(self.line_starts):
            return len(self.text)
        start = self.line_starts[position.line]
        line = self.line_text(position.line)
        if line.isascii():
            return start + min(position.character, len(line))
        taken = 0
        for index, character in enumerate(line):
            if taken >= position.character:
                return start + index
            taken += self._count_units(character)
        return start + len(line)

    def line_text(self, number: int) -> str:
        """Return a line, counted from 0, without its line ending."""
        end = self.line_starts[number + 1] if number + 1 < len(self.line_starts) else len(self.text)
        return self.text[self.line_starts[number] : end].rstrip("\r\n")

    def range_between(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position_of(start), self.position_of(end))

    def finding_offset(self, line: int, column: int) -> int:
        """Return the offset of a finding's line and column, which count from 1 and exclude a byte order mark."""
        mark = line == 1 and self.text.startswith(_MARK)
        return min(self.line_starts[min(line, len(self.line_starts)) - 1] + column - 1 + mark, len(self.text))

    def _count_units(self, text: str) -> int:
        if text.isascii() or self.unit == PositionEncodingKind.Utf32:
            return len(text)
        if self.unit == PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
