"""Read files of one ``name = value`` a line: .env, properties, ini."""

from __future__ import annotations

import re

from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import plain_piece

_LINE = re.compile(r"[^\n\r]+")
_SECTION = re.compile(r"\[(?P<name>[^\]]*)\]\s*$")
_PAIR = re.compile(r"(?:export\s+|set\s+)?(?P<key>[\w.\-/]+)(?:\s*+[=:]\s*+|\s++)(?P<value>.*)$")
_QUOTED = re.compile(r"(?P<sign>[\"'])(?P<value>.*?)(?P=sign)\s*(?P<rest>[#;].*)?$")
_COMMENT = re.compile(r"(?:(?<=\s)|^)[#;].*$")


def scan_lines(text: str) -> DataTree:
    """Return the values in a text, below one object; each section is an object. No text is wrong."""
    tree = DataTree()
    root = section = tree.open_node(DataKind.OBJECT, 0, -1, None)
    for line in _LINE.finditer(text):
        start = line.start() + len(line[0]) - len(line[0].lstrip("\ufeff \t"))
        end = line.start() + len(line[0].rstrip())
        if text[start : start + 1] in ("#", ";", "!"):
            tree.comments.append((start, end))
        elif found := _SECTION.match(text, start, end):
            if section != root:
                tree.close_node(section, start)
            section = tree.open_node(DataKind.OBJECT, start, root, plain_piece(text, *found.span("name")))
        elif start < end:
            _add_pair(tree, section, text, start, end)
    if section != root:
        tree.close_node(section, len(text))
    tree.close_node(root, len(text))
    return tree


def _add_pair(tree: DataTree, section: int, text: str, start: int, end: int) -> None:
    found = _PAIR.match(text, start, end)
    key = plain_piece(text, *found.span("key")) if found else None
    first, last = found.span("value") if found else (start, end)
    quoted = _QUOTED.match(text, first, end)
    comment = _COMMENT.search(text, first, end)
    if quoted:
        span, comment = quoted.span("value"), None
        if quoted["rest"]:
            tree.comments.append(quoted.span("rest"))
    else:
        last = comment.start() if comment else last
        span = (first, first + len(text[first:last].rstrip()))
    if comment:
        tree.comments.append(comment.span())
    tree.add_value(DataKind.TEXT, span, section, key, plain_piece(text, *span))
