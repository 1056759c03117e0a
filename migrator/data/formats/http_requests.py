"""Read files of HTTP requests, as editors send them: blocks of a URL, headers and a body, and variables above."""

from __future__ import annotations

import re

from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import TextPiece, plain_piece

_LINE = re.compile(r"(?P<text>[^\n]*)(?:\n|\Z)")
_VARIABLE = re.compile(r"@(?P<key>[\w.-]+)\s*+=\s*+(?P<value>.*)")
_REQUEST = re.compile(r"(?:[A-Z]{3,10}\s++)?(?P<url>\S+)")
_COMMENT = ("#", "//")
#: The end of a body: scripts, and files that the response is written to or the body is read from.
_BELOW = (">", "<")


def scan_http(text: str) -> DataTree:
    """Return the requests in a text, below one object, each with its `url` and its `body`. No text is wrong."""
    tree = _RequestScanner(text)
    for line in _LINE.finditer(text):
        if line.start() < len(text):
            tree.take_line(line.start(), line.start() + len(line["text"].rstrip()))
    return tree.finish_tree()


class _RequestScanner:
    """Build the tree; a request waits for its URL, then for the blank line above its body, then for its end."""

    def __init__(self, text: str) -> None:
        self.text, self.tree = text, DataTree()
        self.root = self.tree.open_node(DataKind.OBJECT, 0, -1, None)
        self.request = -1
        self.body: int | None = None
        self.end = 0

    def take_line(self, start: int, end: int) -> None:
        """Take the next line."""
        line = self.text[start:end]
        if line.startswith("###"):
            self._close_request(start)
        elif self.body is not None and not line.startswith(_BELOW):
            self.end = end if line else self.end
        elif line.startswith(_COMMENT):
            self.tree.comments.append((start, end))
        elif self.request < 0:
            self._begin_request(line, start)
        elif not line:
            self.body = self.end = end

    def finish_tree(self) -> DataTree:
        """Return the whole tree."""
        self._close_request(len(self.text))
        self.tree.close_node(self.root, len(self.text))
        return self.tree

    def _begin_request(self, line: str, start: int) -> None:
        if variable := _VARIABLE.match(line):
            self._add_value(self.root, (start + variable.start("value"), start + len(line)), variable["key"])
        elif request := _REQUEST.match(line):
            self.request = self.tree.open_node(DataKind.OBJECT, start, self.root, None)
            self._add_value(self.request, (start + request.start("url"), start + request.end("url")), "url")

    def _close_request(self, end: int) -> None:
        if self.request >= 0:
            if self.body is not None and self.body < self.end:
                self._add_value(self.request, (self.body, self.end), "body")
            self.tree.close_node(self.request, end)
        self.request, self.body = -1, None

    def _add_value(self, holder: int, span: tuple[int, int], key: str) -> None:
        name = TextPiece(key, (span[0],) * (len(key) + 1))
        self.tree.add_value(DataKind.TEXT, span, holder, name, plain_piece(self.text, *span))
