"""A file as it lies on disk and as Python reads it, and the way between positions in both."""

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
    """A file cannot be read as Python. `error` says why, with the line if one is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.error = FileError(message, line)


@dataclass(frozen=True)
class Source:
    """Text without its byte order mark; offsets count its characters, spans of edits count bytes of `raw`."""

    path: str
    raw: bytes
    text: str
    encoding: str
    mark: int

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line starts, split as Python splits lines (a form feed ends none)."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def plain(self) -> bool:
        """Whether characters and bytes count alike."""
        return self.text.isascii()

    def offset(self, line: int, column: int) -> int:
        """The offset of a position in a syntax tree: lines from 1, columns in bytes of UTF-8 from 0."""
        start = self.starts[line - 1]
        if self.plain:
            return start + column
        if line not in self._wide:
            end = self.starts[line] if line < len(self.starts) else len(self.text)
            self._wide[line] = _wide_characters(self.text[start:end])
        ends, surplus = self._wide[line]
        return start + column - surplus[bisect_right(ends, column)]

    @cached_property
    def _wide(self) -> dict[int, tuple[list[int], list[int]]]:
        """For each line that was asked for: behind which columns more bytes than characters lie, and how many."""
        return {}

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in characters."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def shown(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the file: not its `position` where the text is a part of the file."""
        return self.position(offset)

    def shown_line(self, line: int) -> int:
        """The line of the file at which a line of the text starts."""
        return self.shown(self.starts[line - 1])[0] if line <= len(self.starts) else line

    def cell_of(self, offset: int) -> str:  # noqa: ARG002
        """The cell of a notebook in which an offset lies, as people call it; nothing for other files."""
        return ""

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset starts."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset just after the line of an offset, its line ending included."""
        line = bisect_right(self.starts, offset)
        return self.starts[line] if line < len(self.starts) else len(self.text)

    @cached_property
    def newline(self) -> str:
        """The line ending of the file's first line; a line feed when it has none."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def reread(self, raw: bytes) -> Source:
        """The file with other bytes in the same encoding. Raises Unreadable when they are not in it."""
        try:
            return Source(self.path, raw, raw[self.mark :].decode(self.encoding), self.encoding, self.mark)
        except UnicodeDecodeError as error:
            raise Unreadable(f"is not {self.encoding}: {error.reason}") from None

    def edit(self, start: int, end: int, replacement: str) -> Edit:
        """An edit of the bytes behind the characters from `start` up to `end`."""
        return Edit(self._byte(start), self._byte(end), replacement.encode(self.encoding))

    def _byte(self, offset: int) -> int:
        return self.mark + (offset if self.plain else len(self.text[:offset].encode(self.encoding)))


def _wide_characters(line: str) -> tuple[list[int], list[int]]:
    ends, surplus = list[int](), [0]
    for match in () if line.isascii() else _WIDE.finditer(line):
        more = surplus[-1] + len(match[0].encode()) - 1
        ends.append(match.end() + more)
        surplus.append(more)
    return ends, surplus


def read_source(path: str, raw: bytes) -> Source:
    """Decode a file by its byte order mark or PEP 263 line. Raises Unreadable, also when bytes would not survive."""
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
        raise Unreadable(f"{encoding} does not keep the bytes of this file")
    return Source(path, raw, text, encoding, mark)


def text_source(path: str, text: str) -> Source:
    """A text that was already decoded; its spans count bytes of UTF-8. Raises Unreadable for lone surrogates."""
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(f"cannot be encoded: {error.reason}", text.count("\n", 0, error.start) + 1) from None
    marked = text.startswith("\ufeff")
    return Source(path, raw, text[marked:], "utf-8", len(codecs.BOM_UTF8) if marked else 0)


def splice(raw: bytes, edits: list[Edit]) -> bytes:
    """The bytes with every edit applied. Edits that overlap raise ValueError; equal ones are applied once."""
    pieces: list[bytes] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.start < done:
            raise ValueError(f"two edits overlap at byte {edit.start}")
        pieces += raw[done : edit.start], edit.replacement
        done = edit.end
    return b"".join((*pieces, raw[done:]))
