"""Find the keys and strings of a JSON object in a text, without reading more than its top level."""

from __future__ import annotations

import re

_COLON = re.compile(r"\s*+:")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|[{}\[\]:,]')


def find_top_level_keys(text: str) -> dict[str, tuple[tuple[int, int], tuple[int, int] | None]]:
    """Return for each key of the outermost object its range, and that of its value if it is a string."""
    found: dict[str, tuple[tuple[int, int], tuple[int, int] | None]] = {}
    depth, key, awaiting = 0, "", False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            depth, awaiting = depth + 1, False
        elif sign in "}]":
            depth -= 1
        elif sign[0] == '"' and depth == 1:
            if awaiting and key in found:
                found[key] = (found[key][0], token.span(1))
            elif _is_key(text, token.end()):
                key = token[1]
                found[key] = (token.span(1), None)
            awaiting = False
        elif sign == ":" and depth == 1:
            awaiting = True
        elif sign == ",":
            awaiting = False
    return found


def _is_key(text: str, at: int) -> bool:
    return _COLON.match(text, at) is not None
