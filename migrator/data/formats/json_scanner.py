"""Scan JSON with positions; comments, trailing commas and unquoted variables are accepted, as by many tools."""

from __future__ import annotations

import re

from migrator.data.formats.data_tree import Broken, Shape, Tree
from migrator.data.formats.text_piece import Piece, unescaped

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
_PAIRS = {"}": Shape.OBJECT, "]": Shape.ARRAY}


def scan_json(piece: Piece) -> Tree:
    """Return the values in a text: one, or several one after the other.

    Raises Broken where the text is not JSON, or holds anything but objects and arrays on the outside.
    """
    scan = _Scan(piece)
    scan.run()
    return scan.tree


class _Scan:
    """One pass over a text, without recursion, however deep the values are."""

    def __init__(self, piece: Piece) -> None:
        self.piece, self.tree = piece, Tree()
        self.holder = -1
        #: A value that may turn out to be a key; and a key whose value is to come.
        self.held: Piece | None = None
        self.key: Piece | None = None
        self.text = piece.text

    def run(self) -> None:
        at, end, match_at = 0, len(self.text), _TOKEN.match
        while at < end:
            match = match_at(self.text, at)
            if match is None:
                raise self._broken("this is not JSON", at)
            at, kind = match.end(), match.lastgroup
            if kind == "mark":
                self._mark(match[0][-1], at - 1)
            elif kind == "text" or kind == "colon":
                self._value("text", match)
                if kind == "colon":
                    self._mark(":", at - 1)
            elif kind == "long":
                at = self._comment(at - 2)
            elif kind == "comment":
                self.tree.comments.append(self.piece.span(match.start("comment"), at))
            elif kind != "end":
                self._value(kind or "other", match)
        if self.holder >= 0 or self.held is not None or self.key is not None:
            raise self._broken("the JSON ends before it is complete", end)
        if not self.tree.nodes:
            raise self._broken("there is no JSON", 0)

    def _value(self, kind: str, match: re.Match[str]) -> None:
        start, end = match.span(kind)
        part = self.piece.part(start, end)
        quote = int(kind == "text")
        text = unescaped(part) if quote else part
        if self.holder >= 0 and self.tree.nodes[self.holder].shape is Shape.OBJECT and self.key is None:
            if self.held is not None:
                raise self._broken("a colon is missing", start)
            self.held = text
            return
        if self.holder < 0:
            raise self._broken("neither an object nor an array", start)
        shape = Shape.TEXT if quote else Shape.OTHER
        self.tree.add(shape, self.piece.span(start - quote, end + quote), self.holder, self.key, text)
        self.key = None

    def _mark(self, mark: str, at: int) -> None:
        match mark:
            case "{" | "[":
                if self.held is not None or self._lacks_key():
                    raise self._broken("a key is missing", at)
                shape = Shape.OBJECT if mark == "{" else Shape.ARRAY
                self.holder = self.tree.open(shape, self.piece.places[at], self.holder, self.key)
                self.key = None
            case "}" | "]":
                if self.holder < 0 or self.tree.nodes[self.holder].shape is not _PAIRS[mark] or self._is_open():
                    raise self._broken(f"`{mark}` closes nothing", at)
                self.tree.close(self.holder, self.piece.span(at, at + 1)[1])
                self.holder = self.tree.nodes[self.holder].parent
            case ":":
                if self.held is None:
                    raise self._broken("a colon without a key", at)
                self.key, self.held = self.held, None
            case ",":
                if self.holder < 0 or self._is_open():
                    raise self._broken("a comma without a value", at)

    def _is_open(self) -> bool:
        return self.held is not None or self.key is not None

    def _lacks_key(self) -> bool:
        inside = self.holder >= 0 and self.tree.nodes[self.holder].shape is Shape.OBJECT
        return inside and self.key is None

    def _comment(self, at: int) -> int:
        end = self.text.find("*/", at + 2)
        if end < 0:
            raise self._broken("a comment without an end", at)
        self.tree.comments.append(self.piece.span(at, end + 2))
        return end + 2

    def _broken(self, message: str, at: int) -> Broken:
        return Broken(message, self.piece.places[min(at, len(self.text))])
