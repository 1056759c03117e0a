"""Make names and code safe to print."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BROKEN = re.compile(r"[\ud800-\udfff]")


def escape_line(text: str) -> str:
    """Return the text on one line, with control and unencodable characters as visible escapes."""
    return escape_controls(text).replace("\n", "\\n").replace("\t", "\\t")


def escape_line_start(text: str) -> str:
    """Escape the start of a line that a build runner would read as a command (`::`)."""
    return f"\\x3a{text[1:]}" if text.startswith("::") else text


def escape_controls(text: str) -> str:
    """Return the text with its line breaks and tabs, and other control and unencodable characters as escapes."""
    return _BROKEN.sub(_escape_byte, _CONTROL.sub(_escape_control, text))


def escape_json(value: object) -> object:
    """Return a JSON value whose strings can be encoded in UTF-8; undecodable bytes of file names become escapes."""
    if isinstance(value, str):
        return _BROKEN.sub(_escape_byte, value)
    if isinstance(value, dict):
        return {key: escape_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [escape_json(item) for item in value]
    return value


def _escape_control(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _escape_byte(match: re.Match[str]) -> str:
    """Return a byte that Python decoded to a lone surrogate as ``\\xe9``."""
    code = ord(match[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
