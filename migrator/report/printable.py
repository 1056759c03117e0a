"""Make names and code safe to print."""

from __future__ import annotations

import re

#: C0 and C1 controls, line separators, and the controls and marks of bidirectional text, which reorder what is shown.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
#: Lines that GitHub Actions and Azure Pipelines take for commands.
_COMMAND_START = re.compile(r"(?m)^([^\S\n]*):(?=:)")
_COMMAND_INSIDE = re.compile(r"##(?=\[|vso\[)", re.IGNORECASE)
_BROKEN = re.compile(r"[\ud800-\udfff]")


def escape_line(text: str) -> str:
    """Return the text on one line, with control and unencodable characters as visible escapes."""
    return escape_controls(text).replace("\n", "\\n").replace("\t", "\\t")


def escape_line_start(text: str) -> str:
    """Escape the start of a line that a build runner would read as a command (`::`)."""
    return f"\\x3a{text[1:]}" if text.startswith("::") else text


def escape_commands(text: str, colon: str = r"\x3a", number_sign: str = r"\x23") -> str:
    """Escape what build runners take for commands, at the start of any line or inside it."""
    text = _COMMAND_START.sub(lambda match: match[1] + colon, text)
    return _COMMAND_INSIDE.sub(lambda _: f"#{number_sign}", text)


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
