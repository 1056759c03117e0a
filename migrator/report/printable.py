"""Names and code that others chose, made harmless to print."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BROKEN = re.compile(r"[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text on one line, with what a terminal would obey, or no encoding can write, as a visible escape."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def line_start(text: str) -> str:
    """A text that a line begins with: two colons there would be a command to the runner of a build."""
    return f"\\x3a{text[1:]}" if text.startswith("::") else text


def visible(text: str) -> str:
    """The text with its line breaks and tabs, but with other control characters and broken ones as escapes."""
    return _BROKEN.sub(_byte, _CONTROL.sub(_escaped, text))


def encodable(value: object) -> object:
    """A JSON value in which every string can be written in UTF-8: a byte of a file name that is none is an escape."""
    if isinstance(value, str):
        return _BROKEN.sub(_byte, value)
    if isinstance(value, dict):
        return {key: encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [encodable(item) for item in value]
    return value


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _byte(match: re.Match[str]) -> str:
    """A byte that Python carries as half of a surrogate pair, as ``\\xe9``."""
    code = ord(match[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
