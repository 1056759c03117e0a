"""Read TOML with positions: tables, keys and values; dotted names stay in one piece."""

from __future__ import annotations

import re

from migrator.data.formats.data_tree import DataKind, DataTree, FormatError
from migrator.data.formats.text_piece import TextPiece, plain_piece, unescape_json

_KEY = r"""(?>(?:[A-Za-z0-9_.\- \t]|"(?>(?:[^"\\\n]|\\[^\n])*)"|'[^'\n]*+')+)"""
_TABLE = re.compile(rf"\[\[?(?P<key>{_KEY})\]\]?")
_ASSIGNED = re.compile(rf"(?P<key>{_KEY})=[ \t]*+")
_BLANK = re.compile(r"[\s\ufeff]++")
_COMMENT = re.compile(r"#[^\n\r]*+")
_OTHER = re.compile(r"[^\s\[\]{},#\"']++(?: [0-9][^\s\[\]{},#\"']*+)?")
_SHORT = {'"': re.compile(r'"((?>(?:[^"\\\n]++|\\[^\n])*))"'), "'": re.compile(r"'([^'\n]*+)'")}
_CLOSES = {"]": DataKind.ARRAY, "}": DataKind.OBJECT}


def scan_toml(text: str) -> DataTree:
    """Return the values in a text, below one object. Raises Broken where it is not TOML."""
    scan = _TomlScanner(text)
    scan.scan_document()
    return scan.tree


class _TomlScanner:
    """One pass over a text; nothing calls itself, however deep the values are."""

    def __init__(self, text: str) -> None:
        self.text, self.tree = text, DataTree()
        self.root = self.tree.open_node(DataKind.OBJECT, 0, -1, None)
        self.table = self.holder = self.root
        self.key: TextPiece | None = None

    def scan_document(self) -> None:
        at = 0
        while at < len(self.text):
            at = self._take_step(at)
        if self.holder != self.table or self.key is not None:
            raise FormatError("the TOML ends before it is complete", at)
        self._leave_table(at)
        self.tree.close_node(self.root, at)

    def _take_step(self, at: int) -> int:
        if blank := _BLANK.match(self.text, at):
            return blank.end()
        if comment := _COMMENT.match(self.text, at):
            self.tree.comments.append(comment.span())
            return comment.end()
        if self.key is not None or self.tree.is_array(self.holder):
            return self._take_value(at)
        return self._take_key(at)

    def _take_key(self, at: int) -> int:
        sign = self.text[at]
        if self.holder != self.table and sign in "},":
            return self._close_container(at) if sign == "}" else at + 1
        if self.holder == self.table and (table := _TABLE.match(self.text, at)):
            self._leave_table(at)
            self.table = self.holder = self.tree.open_node(DataKind.OBJECT, at, self.root, self._take_name(table))
            return table.end()
        assigned = _ASSIGNED.match(self.text, at)
        if assigned is None:
            raise FormatError("this is not TOML", at)
        self.key = self._take_name(assigned)
        return assigned.end()

    def _take_value(self, at: int) -> int:
        sign = self.text[at]
        if sign in "[{":
            shape = DataKind.ARRAY if sign == "[" else DataKind.OBJECT
            self.holder = self.tree.open_node(shape, at, self.holder, self._take_match())
            return at + 1
        if sign in "],":
            return self._close_container(at) if sign == "]" else at + 1
        if sign in "\"'":
            return self._take_string(at, sign)
        other = _OTHER.match(self.text, at)
        if other is None:
            raise FormatError("a value is missing", at)
        self.tree.add_value(
            DataKind.OTHER, other.span(), self.holder, self._take_match(), plain_piece(self.text, *other.span())
        )
        return other.end()

    def _take_string(self, at: int, sign: str) -> int:
        if self.text.startswith(sign * 3, at):
            start, stop = at + 3, self._long_end(at + 3, sign * 3)
            end = stop + 3
        else:
            short = _SHORT[sign].match(self.text, at)
            if short is None:
                raise FormatError("a string without an end", at)
            (start, stop), end = short.span(1), short.end()
        inner = plain_piece(self.text, start, stop)
        text = unescape_json(inner) if sign == '"' else inner
        self.tree.add_value(DataKind.TEXT, (at, end), self.holder, self._take_match(), text)
        return end

    def _long_end(self, start: int, quotes: str) -> int:
        end = self.text.find(quotes, start)
        while end > 0 and quotes[0] == '"' and _is_escaped(self.text, start, end):
            end = self.text.find(quotes, end + 1)
        if end < 0:
            raise FormatError("a string without an end", start - 3)
        while self.text.startswith(quotes[0], end + 3):
            end += 1
        return end

    def _close_container(self, at: int) -> int:
        if self.holder == self.table or self.tree.nodes[self.holder].shape is not _CLOSES[self.text[at]]:
            raise FormatError(f"`{self.text[at]}` closes nothing", at)
        self.tree.close_node(self.holder, at + 1)
        self.holder = self.tree.nodes[self.holder].parent
        return at + 1

    def _leave_table(self, at: int) -> None:
        if self.table != self.root:
            self.tree.close_node(self.table, at)

    def _take_name(self, match: re.Match[str]) -> TextPiece:
        start, end = match.span("key")
        raw = match["key"]
        start, end = start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip())
        if end - start > 1 and self.text[start] in "\"'" and self.text[start] == self.text[end - 1]:
            start, end = start + 1, end - 1
        return plain_piece(self.text, start, end)

    def _take_match(self) -> TextPiece | None:
        key, self.key = self.key, None
        return key


def _is_escaped(text: str, start: int, at: int) -> bool:
    slashes = 0
    while at - slashes > start and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1
