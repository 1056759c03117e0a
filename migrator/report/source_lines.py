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
from migrator.report.redact import redact_secrets

_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class SourceLines:
    """The bytes of a file, and the positions of its lines, a byte order mark left out."""

    raw: bytes
    encoding: str

    @cached_property
    def starts(self) -> list[int]:
        """The byte that each line starts at, split as Python splits lines."""
        return [self._bom_length, *(match.end() for match in _LINE_END.finditer(self.raw))]

    def shown_line(self, number: int) -> str:
        """Return a line, counted from 1, without its ending, secrets redacted; empty if there is no such line."""
        if number not in self._shown_lines:
            self._shown_lines[number] = redact_secrets(self._whole_line(number))
        return self._shown_lines[number]

    def position_of(self, byte: int) -> tuple[int, int]:
        """Return the line of a byte and its column in UTF-16 code units, both from 1."""
        number = bisect_right(self.starts, max(byte, self._bom_length))
        return number, utf16_length(self._decode_span(self.starts[number - 1], byte)) + 1

    def utf16_column(self, number: int, column: int) -> int:
        """Convert a column in characters to one in UTF-16 code units."""
        return column if self.raw.isascii() else utf16_length(self._whole_line(number)[: column - 1]) + 1

    def touched_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the bytes of the whole lines that a span of bytes touches, the last ending included."""
        first = bisect_right(self.starts, max(start, self._bom_length)) - 1
        last = bisect_right(self.starts, max(end - 1, start, self._bom_length))
        return self.starts[first], self.starts[last] if last < len(self.starts) else len(self.raw)

    @property
    def count(self) -> int:
        """The number of lines; a line ending at the end of the file starts no further line."""
        return len(self.starts) - (self.starts[-1] == len(self.raw) and len(self.starts) > 1)

    def line_number(self, byte: int) -> int:
        """Return the number of the line that contains a byte."""
        return max(1, min(bisect_right(self.starts, byte), self.count))

    def line_span(self, first: int, last: int) -> tuple[int, int]:
        """Return the bytes from the start of one line to the end of another, its line ending included."""
        return self.starts[first - 1], self.starts[last] if last < len(self.starts) else len(self.raw)

    def decode_bytes(self, data: bytes) -> str:
        """Decode bytes in the encoding of the file, with undecodable ones as escapes."""
        return data.decode(self.encoding, "backslashreplace")

    @cached_property
    def _shown_lines(self) -> dict[int, str]:
        return {}

    @cached_property
    def _bom_length(self) -> int:
        return len(codecs.BOM_UTF8) if self.raw.startswith(codecs.BOM_UTF8) else 0

    def _whole_line(self, number: int) -> str:
        if not 0 < number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.raw)
        return self._decode_span(self.starts[number - 1], end).rstrip("\r\n")

    def _decode_span(self, start: int, end: int) -> str:
        return self.decode_bytes(self.raw[start:end])


@dataclass(frozen=True, slots=True)
class LineChange:
    """Whole lines that an edit touches, before and after, with secrets redacted; `line` is the first."""

    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def split_source(raw: bytes) -> SourceLines:
    """Return the lines of a file, in the encoding that it declares as Python files do, else in UTF-8."""
    return SourceLines(raw, declared_encoding(raw))


def declared_encoding(source: bytes) -> str:
    """Return the encoding that a Python file declares in its first two lines, else UTF-8 (never utf-8-sig)."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError:
        return "latin-1"
    return "utf-8" if encoding == "utf-8-sig" else encoding


def changed_lines(lines: SourceLines, edits: tuple[Edit, ...]) -> list[LineChange]:
    """Return the lines that edits touch, before and after; adjacent lines are one change."""
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(set(edits)):
        start, end = lines.touched_span(edit.start, edit.end)
        if groups and start <= groups[-1][1]:
            first, last, group = groups.pop()
            groups.append((first, max(last, end), [*group, edit]))
        else:
            groups.append((start, end, [edit]))
    return [_group_change(lines, *group) for group in groups]


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) + (0 if text.isascii() else sum(character > "\uffff" for character in text))


def _group_change(lines: SourceLines, start: int, end: int, edits: list[Edit]) -> LineChange:
    pieces, done = list[bytes](), start
    for edit in edits:
        pieces += lines.raw[done : edit.start], edit.replacement
        done = max(done, edit.end)
    new = b"".join((*pieces, lines.raw[done:end]))
    return LineChange(lines.position_of(start)[0], _split_shown(lines, lines.raw[start:end]), _split_shown(lines, new))


def _split_shown(lines: SourceLines, data: bytes) -> tuple[str, ...]:
    pieces = _LINE_END.split(data)
    return tuple(redact_secrets(lines.decode_bytes(piece)) for piece in (pieces if pieces[-1] else pieces[:-1]))
