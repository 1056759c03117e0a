"""Scan JSON with positions; comments, trailing commas and unquoted variables are accepted, as by many tools."""

from __future__ import annotations

import re

from migrator.data.formats.data_tree import DataKind, DataTree, FormatError
from migrator.data.formats.text_piece import TextPiece, unescape_json

#: A string, and the colon behind a key; then all that is not a string. Blanks in front of each are let pass.
_TOKEN = re.compile(
    r"""[\s\ufeff]*+(?:
      "(?P<text>(?>(?:[^"\\\n]++|\\.)*))"(?P<colon>[\s]*+:)?
    | (?P<hole>\{\{[^{}"'\n]{0,200}\}\})
    | (?P<mark>[{}\[\]:,])
    | (?P<comment>//[^\n]*+)
    | (?P<long>/\*)
    | (?P<other>[^\s{}\[\]:,"/\ufeff]++)
    | (?P<end>\Z))""",
    re.VERBOSE,
)
_PAIRS = {"}": DataKind.OBJECT, "]": DataKind.ARRAY}


def scan_json(piece: TextPiece) -> DataTree:
    """Return the values in a text: one, or several one after the other.

    Raises Broken where the text is not JSON, or holds anything but objects and arrays on the outside.
    """
    scan = _JsonScanner(piece)
    scan.scan_values()
    return scan.tree


class _JsonScanner:
    """One pass over a text, without recursion, however deep the values are."""

    def __init__(self, piece: TextPiece) -> None:
        self.piece, self.tree = piece, DataTree()
        self.parent = -1
        #: A value that may turn out to be a key; and a key whose value is to come.
        self.pending: TextPiece | None = None
        self.key: TextPiece | None = None
        self.text = piece.text

    def scan_values(self) -> None:
        at, end, match_at = 0, len(self.text), _TOKEN.match
        while at < end:
            match = match_at(self.text, at)
            if match is None:
                raise self._make_error("this is not JSON", at)
            at, kind = match.end(), match.lastgroup
            if kind == "mark":
                self._take_mark(match[0][-1], at - 1)
            elif kind == "text" or kind == "colon":
                self._take_value("text", match)
                if kind == "colon":
                    self._take_mark(":", at - 1)
            elif kind == "long":
                at = self._skip_comment(at - 2)
            elif kind == "comment":
                self.tree.comments.append(self.piece.span_of(match.start("comment"), at))
            elif kind != "end":
                self._take_value(kind or "other", match)
        if self.parent >= 0 or self.pending is not None or self.key is not None:
            raise self._make_error("the JSON ends before it is complete", end)
        if not self.tree.nodes:
            raise self._make_error("there is no JSON", 0)

    def _take_value(self, kind: str, match: re.Match[str]) -> None:
        start, end = match.span(kind)
        part = self.piece.slice_piece(start, end)
        quote = int(kind == "text")
        text = unescape_json(part) if quote else part
        if self.parent >= 0 and self.tree.nodes[self.parent].shape is DataKind.OBJECT and self.key is None:
            if self.pending is not None:
                raise self._make_error("a colon is missing", start)
            self.pending = text
            return
        if self.parent < 0:
            raise self._make_error("neither an object nor an array", start)
        shape = DataKind.TEXT if quote else DataKind.OTHER
        self.tree.add_value(shape, self.piece.span_of(start - quote, end + quote), self.parent, self.key, text)
        self.key = None

    def _take_mark(self, mark: str, at: int) -> None:
        match mark:
            case "{" | "[":
                if self.pending is not None or self._lacks_key():
                    raise self._make_error("a key is missing", at)
                shape = DataKind.OBJECT if mark == "{" else DataKind.ARRAY
                self.parent = self.tree.open_node(shape, self.piece.offsets[at], self.parent, self.key)
                self.key = None
            case "}" | "]":
                if self.parent < 0 or self.tree.nodes[self.parent].shape is not _PAIRS[mark] or self._is_open():
                    raise self._make_error(f"`{mark}` closes nothing", at)
                self.tree.close_node(self.parent, self.piece.span_of(at, at + 1)[1])
                self.parent = self.tree.nodes[self.parent].parent
            case ":":
                if self.pending is None:
                    raise self._make_error("a colon without a key", at)
                self.key, self.pending = self.pending, None
            case ",":
                if self.parent < 0 or self._is_open():
                    raise self._make_error("a comma without a value", at)

    def _is_open(self) -> bool:
        return self.pending is not None or self.key is not None

    def _lacks_key(self) -> bool:
        inside = self.parent >= 0 and self.tree.nodes[self.parent].shape is DataKind.OBJECT
        return inside and self.key is None

    def _skip_comment(self, at: int) -> int:
        end = self.text.find("*/", at + 2)
        if end < 0:
            raise self._make_error("a comment without an end", at)
        self.tree.comments.append(self.piece.span_of(at, end + 2))
        return end + 2

    def _make_error(self, message: str, at: int) -> FormatError:
        return FormatError(message, self.piece.offsets[min(at, len(self.text))])
