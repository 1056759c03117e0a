"""Decode a file, and convert between offsets in its text, positions of its syntax tree and bytes."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from migrator.findings.finding import Edit, FileError

_WIDE = re.compile(r"[^\x00-\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Unreadable(ValueError):
    """Raised for a file that cannot be read as Python. `error` contains the reason and, if known, the line."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.error = FileError(message, line)


@dataclass(frozen=True)
class SourceFile:
    """Text without its byte order mark; offsets count its characters, spans of edits count bytes of `raw`."""

    path: str
    raw: bytes
    text: str
    encoding: str
    mark: int

    @cached_property
    def line_starts(self) -> list[int]:
        """Return the offset at which each line starts, split as Python splits lines (a form feed ends none)."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def is_ascii(self) -> bool:
        """Return True if the text is ASCII, so that offsets in characters and bytes are equal."""
        return self.text.isascii()

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a position in a syntax tree: lines from 1, columns in bytes of UTF-8 from 0."""
        start = self.line_starts[line - 1]
        if self.is_ascii:
            return start + column
        if line not in self._wide_lines:
            end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
            self._wide_lines[line] = _wide_characters(self.text[start:end])
        ends, surplus = self._wide_lines[line]
        return start + column - surplus[bisect_right(ends, column)]

    @cached_property
    def _wide_lines(self) -> dict[int, tuple[list[int], list[int]]]:
        """Return the cache of `_wide_characters` by line."""
        return {}

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1, the column in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def displayed_position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset in the file; not its `position` if the text is a part of the file."""
        return self.position(offset)

    def displayed_line(self, line: int) -> int:
        """Return the line of the file at which a line of the text starts."""
        return self.displayed_position(self.line_starts[line - 1])[0] if line <= len(self.line_starts) else line

    def describe_cell(self, offset: int) -> str:  # noqa: ARG002
        """Return the notebook cell and line of an offset for display; an empty string for other files."""
        return ""

    @property
    def part_starts(self) -> tuple[int, ...]:
        """Return the offsets at which the parts of a text start that no edit may join; empty for other files."""
        return ()

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line of an offset starts."""
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Return the offset just after the line of an offset, its line ending included."""
        line = bisect_right(self.line_starts, offset)
        return self.line_starts[line] if line < len(self.line_starts) else len(self.text)

    @cached_property
    def newline(self) -> str:
        """Return the line ending of the file's first line; a line feed when it has none."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def with_bytes(self, raw: bytes) -> SourceFile:
        """Return the file with other bytes in the same encoding. Raises Unreadable if they cannot be decoded."""
        try:
            return SourceFile(self.path, raw, raw[self.mark :].decode(self.encoding), self.encoding, self.mark)
        except UnicodeDecodeError as error:
            raise Unreadable(f"is not {self.encoding}: {error.reason}") from None

    def make_edit(self, start: int, end: int, replacement: str) -> Edit:
        """Return an edit of the bytes behind the characters from `start` up to `end`."""
        return Edit(self._byte_offset(start), self._byte_offset(end), replacement.encode(self.encoding))

    def _byte_offset(self, offset: int) -> int:
        return self.mark + (offset if self.is_ascii else len(self.text[:offset].encode(self.encoding)))


def _wide_characters(line: str) -> tuple[list[int], list[int]]:
    """Return the byte columns after each wide character, and the surplus of bytes over characters from there on."""
    ends, surplus = list[int](), [0]
    for match in () if line.isascii() else _WIDE.finditer(line):
        more = surplus[-1] + len(match[0].encode()) - 1
        ends.append(match.end() + more)
        surplus.append(more)
    return ends, surplus


def read_source(path: str, raw: bytes) -> SourceFile:
    """Decode a file by its byte order mark or PEP 263 line. Raises Unreadable, also if encoding it again differs."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    except SyntaxError as error:
        raise Unreadable(str(error), 1) from None
    except (UnicodeError, LookupError) as error:  # from 3.14 on, the first lines are decoded with what they name
        raise Unreadable(f"cannot be read: {error}", 1) from None
    mark = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        text = raw[mark:].decode(encoding)
        kept = text.encode(encoding) == raw[mark:]
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not {encoding}: {error.reason}", raw.count(b"\n", 0, error.start) + 1) from None
    except (UnicodeError, LookupError) as error:
        raise Unreadable(f"cannot be read as {encoding}: {error}", 1) from None
    if not kept:
        raise Unreadable(f"cannot be read as {encoding}: encoding the text again changes its bytes")
    return SourceFile(path, raw, text, encoding, mark)


def source_from_text(path: str, text: str) -> SourceFile:
    """Wrap text that was already decoded; spans count bytes of UTF-8. Raises Unreadable for lone surrogates."""
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(f"cannot be encoded: {error.reason}", text.count("\n", 0, error.start) + 1) from None
    marked = text.startswith("\ufeff")
    return SourceFile(path, raw, text[marked:], "utf-8", len(codecs.BOM_UTF8) if marked else 0)


def apply_edits(raw: bytes, edits: list[Edit]) -> bytes:
    """Return the bytes with every edit applied. Edits that overlap raise ValueError; equal ones are applied once."""
    pieces: list[bytes] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.start < done:
            raise ValueError(f"two edits overlap at byte {edit.start}")
        pieces += raw[done : edit.start], edit.replacement
        done = edit.end
    return b"".join((*pieces, raw[done:]))
