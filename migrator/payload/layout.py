"""Find the layout of an object, so that added members look like the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_FIRST_MEMBER: Final = re.compile(r'\{(?P<open>[ \t\r\n]*)"(?:[^"\\]|\\.)*"(?P<colon>[ \t\r\n]*:[ \t\r\n]*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class ObjectLayout:
    """Hold the text between a key and its value, and the whitespace after the comma before a member."""

    colon: str
    space: str


def find_layout(text: str, start: int) -> ObjectLayout:
    """Return the layout of the object that starts at a position, by its first member; compact if it has none."""
    first = _FIRST_MEMBER.match(text, start)
    if first is None:
        return ObjectLayout(":", "")
    one_line = " " if first["colon"].endswith(" ") else ""
    return ObjectLayout(first["colon"], first["open"] or one_line)
