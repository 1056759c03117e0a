"""Split a file into displayed lines in its own encoding, whatever its bytes are."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from migrator.findings.finding import Edit
from migrator.report.redact import veiled

_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class Lines:
    """The bytes of a file, and the positions of its lines, a byte order mark left out."""

    raw: bytes
    encoding: str

    @cached_property
    def starts(self) -> list[int]:
        """The byte that each line starts at, split as Python splits lines."""
        return [self._mark, *(match.end() for match in _LINE_END.finditer(self.raw))]

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its ending, secrets redacted; empty if there is no such line."""
        if number not in self._shown:
            self._shown[number] = veiled(self._whole(number))
        return self._shown[number]

    def place(self, byte: int) -> tuple[int, int]:
        """Return the line of a byte and its column in UTF-16 code units, both from 1."""
        number = bisect_right(self.starts, max(byte, self._mark))
        return number, utf16(self._text(self.starts[number - 1], byte)) + 1

    def column(self, number: int, column: int) -> int:
        """Convert a column in characters to one in UTF-16 code units."""
        return column if self.raw.isascii() else utf16(self._whole(number)[: column - 1]) + 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the bytes of the whole lines that a span of bytes touches, the last ending included."""
        first = bisect_right(self.starts, max(start, self._mark)) - 1
        last = bisect_right(self.starts, max(end - 1, start, self._mark))
        return self.starts[first], self.starts[last] if last < len(self.starts) else len(self.raw)

    @property
    def count(self) -> int:
        """The number of lines; a line ending at the end of the file starts no further line."""
        return len(self.starts) - (self.starts[-1] == len(self.raw) and len(self.starts) > 1)

    def line_of(self, byte: int) -> int:
        """Return the number of the line that contains a byte."""
        return max(1, min(bisect_right(self.starts, byte), self.count))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the bytes from the start of one line to the end of another, its line ending included."""
        return self.starts[first - 1], self.starts[last] if last < len(self.starts) else len(self.raw)

    def decoded(self, data: bytes) -> str:
        """Decode bytes in the encoding of the file, with undecodable ones as escapes."""
        return data.decode(self.encoding, "backslashreplace")

    @cached_property
    def _shown(self) -> dict[int, str]:
        return {}

    @cached_property
    def _mark(self) -> int:
        return len(codecs.BOM_UTF8) if self.raw.startswith(codecs.BOM_UTF8) else 0

    def _whole(self, number: int) -> str:
        if not 0 < number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.raw)
        return self._text(self.starts[number - 1], end).rstrip("\r\n")

    def _text(self, start: int, end: int) -> str:
        return self.decoded(self.raw[start:end])


@dataclass(frozen=True, slots=True)
class Change:
    """Whole lines that an edit touches, before and after, with secrets redacted; `line` is the first."""

    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def lines_of(raw: bytes) -> Lines:
    """Return the lines of a file, in the encoding that it declares as Python files do, else in UTF-8."""
    return Lines(raw, encoding_of(raw))


def encoding_of(source: bytes) -> str:
    """Return the encoding that a Python file declares in its first two lines, else UTF-8 (never utf-8-sig)."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError:
        return "latin-1"
    return "utf-8" if encoding == "utf-8-sig" else encoding


def changes(lines: Lines, edits: tuple[Edit, ...]) -> list[Change]:
    """Return the lines that edits touch, before and after; adjacent lines are one change."""
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(set(edits)):
        start, end = lines.around(edit.start, edit.end)
        if groups and start <= groups[-1][1]:
            first, last, group = groups.pop()
            groups.append((first, max(last, end), [*group, edit]))
        else:
            groups.append((start, end, [edit]))
    return [_change(lines, *group) for group in groups]


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) + (0 if text.isascii() else sum(character > "\uffff" for character in text))


def _change(lines: Lines, start: int, end: int, edits: list[Edit]) -> Change:
    pieces, done = list[bytes](), start
    for edit in edits:
        pieces += lines.raw[done : edit.start], edit.replacement
        done = max(done, edit.end)
    new = b"".join((*pieces, lines.raw[done:end]))
    return Change(lines.place(start)[0], _split(lines, lines.raw[start:end]), _split(lines, new))


def _split(lines: Lines, data: bytes) -> tuple[str, ...]:
    pieces = _LINE_END.split(data)
    return tuple(veiled(lines.decoded(piece)) for piece in (pieces if pieces[-1] else pieces[:-1]))
