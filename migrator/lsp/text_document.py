"""A document that is open in an editor, as the bytes that saving it would write."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass
from functools import cached_property

from migrator.files.python_files import is_python
from migrator.files.read import LIMIT
from migrator.findings.finding import Edit, FileError
from migrator.lsp.lsp_positions import Lines

_NOTEBOOK = ".ipynb"
#: What is seen of the first line of a script.
_FIRST = 200


@dataclass(frozen=True)
class Buffer:
    """The text of a document at one version; `path` is how the files of its folder name it."""

    uri: str
    path: str
    version: int
    lines: Lines

    @property
    def text(self) -> str:
        """The text, with a byte order mark where the editor keeps it."""
        return self.lines.text

    @property
    def is_python(self) -> bool:
        """Whether it is Python or a notebook."""
        return is_python(self.path, self.text[:_FIRST].encode("utf-8", "surrogatepass"))

    @cached_property
    def encoding(self) -> str:
        """The encoding that Python code names; UTF-8 for all else, and where it cannot be told, as the finder says."""
        if self.path.endswith(_NOTEBOOK) or not self.is_python:
            return "utf-8"
        start = "".join(self.text.splitlines(keepends=True)[:2]).encode("utf-8", "surrogatepass")
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(start).readline)
        except SyntaxError:
            return "utf-8"
        return "utf-8" if encoding == "utf-8-sig" else encoding

    @cached_property
    def error(self) -> FileError | None:
        """Why the text is not looked at: it is too large, or cannot be written in its encoding."""
        if len(self.text) > LIMIT:
            return FileError("is too large to be looked at", 1, unread=True)
        try:
            self.text.encode(self.encoding)
        except UnicodeEncodeError as error:
            line = self.lines.position(error.start).line + 1
            return FileError(f"has a character that cannot be written in {self.encoding}", line, unread=True)
        return None

    @cached_property
    def raw(self) -> bytes:
        """The bytes of the text; in UTF-8 where its own encoding cannot hold it."""
        return self.text.encode("utf-8", "surrogatepass") if self.error else self.text.encode(self.encoding)

    def offset(self, byte: int) -> int:
        """The offset in the text of a byte of `raw`."""
        return byte if self.text.isascii() else len(self.raw[:byte].decode(self.encoding, "ignore"))

    def replaced(self, edit: Edit) -> tuple[int, int, str]:
        """An edit of the bytes as offsets in the text and the text that comes between them."""
        return self.offset(edit.start), self.offset(edit.end), edit.replacement.decode(self.encoding)
