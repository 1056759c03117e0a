"""Escape names and code for a page, with invisible characters shown. The result is always ASCII."""

from __future__ import annotations

import html
import json
import re

#: Characters that a browser would interpret, hide or break: controls, bidirectional and joining marks, separators, lone
#: surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\U000e0000-\U000e0fff]"
)


def show_on_line(text: str) -> str:
    """Return the text on one line, with invisible characters as ``⟨U+202E⟩`` and undecodable bytes as ``⟨0xE9⟩``."""
    return show_invisible(text).replace("\n", "⟨U+000A⟩")


def show_invisible(text: str) -> str:
    """Return the text with its line feeds and tabs, and other invisible characters as their number."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(_number_of, text)


def escape_markup(text: str) -> str:
    """Escape text for use between tags and in quoted attributes."""
    return html.escape(show_on_line(text)).encode("ascii", "xmlcharrefreplace").decode("ascii")


def script_json(value: object) -> str:
    """Return a JSON value without ``<``, ``>`` and ``&``, so that it cannot end its script element."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _number_of(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"⟨0x{code - 0xDC00:02X}⟩" if 0xDC80 <= code <= 0xDCFF else f"⟨U+{code:04X}⟩"
