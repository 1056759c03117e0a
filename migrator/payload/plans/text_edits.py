"""Edit the text of the usual document, whose changes are known before it is read.

A key that occurs once in the text is found by searching for it. Every other text is left to the complete path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from migrator.payload.byte_documents import encode_text
from migrator.payload.json_pointer import Json
from migrator.payload.json_text import find_end
from migrator.payload.layout import find_layout

_SPACE: Final = r"[ \t\r\n]*"
_COLON: Final = re.compile(f"{_SPACE}:{_SPACE}")
_COMMA: Final = re.compile(f"{_SPACE},{_SPACE}")
#: An ASCII character spelled as an escape: a key may be spelled so, and is then not found by searching.
_ESCAPED_ASCII: Final = re.compile(r"\\u00[2-7]")
_BLANK: Final = " \t\r\n"

#: Returns the edited text, or None if a member is not found in it.
EditFunction = Callable[[bytes], bytes | None]
#: A span of the text, and the text that replaces it.
TextEdit = tuple[int, int, str]


class NotStatic(Exception):
    """Signal a change whose text is not known before the document is read."""


@dataclass(frozen=True, slots=True)
class MemberEdit:
    """Describe the changes to a member, whose `old_value` is known where it is replaced or the member is removed."""

    key: str
    new_key: str | None = None
    old_value: Json = None
    new_value: str | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MemberAddition:
    """Describe a member that is added to the object at `parent`, None for the root."""

    parent: str | None
    key: str
    value: Json


def compile_edits(members: Iterable[MemberEdit], additions: Iterable[MemberAddition]) -> EditFunction:
    """Compile the function that edits a text. Raises NotStatic."""
    locate = (*map(_compile_member, members), *map(_compile_addition, additions))

    def edit_text(data: bytes) -> bytes | None:
        text = data.decode("latin-1")  # each character is a byte
        return apply_edits(text, [edit(text) for edit in locate])

    return edit_text


def apply_edits(text: str, edits: Sequence[TextEdit | None]) -> bytes | None:
    """Return the edited text, whose characters are bytes; None if an edit is None, or two of them overlap."""
    if "\\" in text and "\\u00" in text and _ESCAPED_ASCII.search(text):
        return None
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=_find_position):
        if edit is None or edit[0] < at:
            return None
        start, end, new = edit
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    return "".join(parts).encode("latin-1")


def _find_position(edit: TextEdit | None) -> tuple[int, int]:
    return (-1, -1) if edit is None else edit[:2]


def find_once(text: str, token: str) -> int:
    """Return the position of a token that occurs once, else -1."""
    start = text.find(token)
    return start if start < 0 or text.find(token, start + 1) < 0 else -1


def locate_member(text: str, key: str, raw: bytes) -> tuple[int, int] | None:
    """Return the span of a member with a raw value; None if its key occurs more or less than once in the text."""
    start = find_once(text, f'"{key}"')
    colon = None if start < 0 else _COLON.match(text, start + len(key) + 2)
    if colon is None or not text.startswith(raw.decode("latin-1"), colon.end()):
        return None
    return start, colon.end() + len(raw)


def replace_texts(text: str, renamed: Sequence[tuple[str, str]]) -> list[TextEdit | None]:
    """Return the edits that replace strings; None is among them if one occurs elsewhere in the text, too."""
    edits: list[TextEdit | None] = []
    for old, new in dict(renamed).items():
        token, replacement = f'"{old}"', f'"{new}"'
        if text.count(token) != sum(each == old for each, _ in renamed):
            return [None]
        start = text.find(token)
        while start >= 0:
            edits.append((start, start + len(token), replacement))
            start = text.find(token, start + len(token))
    return edits


def _compile_member(edit: MemberEdit) -> Callable[[str], TextEdit | None]:
    token = f'"{edit.key}"'
    value = "" if edit.old_value is None else f"({_SPACE}:{_SPACE}){re.escape(_spell(edit.old_value))}(?={_SPACE}[,}}])"
    member = re.compile(re.escape(token) + (value or f"({_SPACE}:)"))
    name = json.dumps(edit.new_key or edit.key)
    replacement = "" if edit.new_value is None else json.dumps(edit.new_value)

    def locate_edit(text: str) -> TextEdit | None:
        start = find_once(text, token)
        found = None if start < 0 else member.match(text, start)
        if found is None:
            return None
        if edit.removed:
            return locate_removal(text, start, found.end())
        return start, found.end(), f"{name}{found[1]}{replacement}"

    return locate_edit


def locate_removal(text: str, start: int, end: int) -> TextEdit | None:
    """Return the edit that removes a member with its comma; None for the only member of an object."""
    before = len(text[:start].rstrip(_BLANK)) - 1
    if text[before] == ",":
        return len(text[:before].rstrip(_BLANK)), end, ""
    comma = _COMMA.match(text, end)
    return (start, comma.end(), "") if comma else None


def locate_addition(text: str, added: Iterable[tuple[str, Json]], start: int = 0, end: int = -1) -> TextEdit | None:
    """Return the edit that adds members to the root, or to the object at a span; None if it has no member.

    Raises DocumentError for a value that cannot be written as JSON.
    """
    start = text.index("{", start)
    end = text.rindex("}") if end < 0 else end - 1
    behind = len(text[:end].rstrip(_BLANK))
    if behind <= start + 1:
        return None
    layout = find_layout(text, start)
    parts = [f",{layout.space}{encode_text(key)}{layout.colon}{encode_text(value)}" for key, value in added]
    return behind, behind, "".join(parts)


def _compile_addition(addition: MemberAddition) -> Callable[[str], TextEdit | None]:
    members = [(addition.key, addition.value)]
    parent = None if addition.parent is None else re.compile(f'"{re.escape(addition.parent)}"{_SPACE}:{_SPACE}')
    _spell(addition.value)

    def locate(text: str) -> TextEdit | None:
        if parent is None:
            return locate_addition(text, members)
        at = find_once(text, f'"{addition.parent}"')
        found = None if at < 0 else parent.match(text, at)
        return None if found is None else locate_addition(text, members, found.end(), find_end(text, found.end()))

    return locate


def _spell(value: Json) -> str:
    """Return the only text of a value. Raises NotStatic for a value that may be spelled in several ways."""
    if not isinstance(value, (str, int)):
        raise NotStatic
    try:
        text = json.dumps(value)
    except ValueError:  # an integer longer than Python converts
        raise NotStatic from None
    if "\\" in text:
        raise NotStatic
    return text
