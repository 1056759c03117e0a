"""Convert between offsets in a text and an editor's positions: lines from 0, characters in the agreed unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


class Lines:
    """The text of a document, with its offsets as positions."""

    def __init__(self, text: str, unit: PositionEncodingKind | str = PositionEncodingKind.Utf16) -> None:
        self.text, self.unit = text, unit

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line; the protocol has the same line endings as Python."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        line = bisect_right(self.starts, offset) - 1
        return Position(line, self._units(self.text[self.starts[line] : offset]))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; positions beyond the end of a line or the text are clamped."""
        if position.line >= len(self.starts):
            return len(self.text)
        start = self.starts[position.line]
        line = self.line(position.line)
        if line.isascii():
            return start + min(position.character, len(line))
        taken = 0
        for index, character in enumerate(line):
            if taken >= position.character:
                return start + index
            taken += self._units(character)
        return start + len(line)

    def line(self, number: int) -> str:
        """Return a line, counted from 0, without its line ending."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position(start), self.position(end))

    def place(self, line: int, column: int) -> int:
        """Return the offset of a finding's line and column, which count from 1 and exclude a byte order mark."""
        mark = line == 1 and self.text.startswith(_MARK)
        return min(self.starts[min(line, len(self.starts)) - 1] + column - 1 + mark, len(self.text))

    def _units(self, text: str) -> int:
        if text.isascii() or self.unit == PositionEncodingKind.Utf32:
            return len(text)
        if self.unit == PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
