"""An open document, as the bytes that saving it would write."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass
from functools import cached_property

from migrator.files.python_files import is_python
from migrator.files.read import LIMIT
from migrator.findings.finding import Edit, FileError
from migrator.lsp.lsp_positions import DocumentText

_NOTEBOOK = ".ipynb"
#: Characters of the first line that can name an interpreter: as many as the finder reads of a file.
_FIRST = 200


@dataclass(frozen=True)
class TextBuffer:
    """The text of a document at one version; `path` is relative to its folder."""

    uri: str
    path: str
    version: int
    lines: DocumentText

    @property
    def text(self) -> str:
        """The text, with a byte order mark if the editor keeps it."""
        return self.lines.text

    @property
    def is_python(self) -> bool:
        """True for Python and notebooks."""
        return is_python(self.path, self.text[:_FIRST].encode("utf-8", "surrogatepass"))

    @cached_property
    def encoding(self) -> str:
        """The encoding that Python code declares; UTF-8 otherwise and for invalid declarations, as in the finder."""
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
        """The reason why the text is not analysed: too large, or not encodable as declared."""
        if len(self.text) > LIMIT:
            return FileError("is too large to analyse", 1, unread=True)
        try:
            self.text.encode(self.encoding)
        except UnicodeEncodeError as error:
            line = self.lines.position_of(error.start).line + 1
            return FileError(f"has a character that cannot be encoded in {self.encoding}", line, unread=True)
        return None

    @cached_property
    def raw(self) -> bytes:
        """The bytes of the text; in UTF-8 if its own encoding cannot represent it."""
        return self.text.encode("utf-8", "surrogatepass") if self.error else self.text.encode(self.encoding)

    def text_offset(self, byte: int) -> int:
        """Return the offset in the text of a byte of `raw`."""
        return byte if self.text.isascii() else len(self.raw[:byte].decode(self.encoding, "ignore"))

    def text_edit(self, edit: Edit) -> tuple[int, int, str]:
        """Convert an edit of bytes to offsets in the text and a replacement."""
        return self.text_offset(edit.start), self.text_offset(edit.end), edit.replacement.decode(self.encoding)
