"""Edit the text of the usual document, whose changes are known before it is read.

A key that occurs once in the text is found by searching for it. Every other text is left to the complete path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from migrator.payload.json_pointer import Json
from migrator.payload.json_text import find_end
from migrator.payload.layout import find_layout

_SPACE: Final = r"[ \t\r\n]*"
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
        if "\\u00" in text and _ESCAPED_ASCII.search(text):
            return None
        edits = [edit(text) for edit in locate]
        if None in edits:
            return None
        return _apply_edits(text, sorted(edit for edit in edits if edit is not None))

    return edit_text


def _apply_edits(text: str, edits: list[TextEdit]) -> bytes | None:
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        if start < at:
            return None
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    return "".join(parts).encode("latin-1")


def _find_once(text: str, token: str) -> int:
    """Return the position of a token that occurs once, else -1."""
    start = text.find(token)
    return start if start < 0 or text.find(token, start + 1) < 0 else -1


def _compile_member(edit: MemberEdit) -> Callable[[str], TextEdit | None]:
    token = f'"{edit.key}"'
    value = "" if edit.old_value is None else f"({_SPACE}:{_SPACE}){re.escape(_spell(edit.old_value))}(?={_SPACE}[,}}])"
    member = re.compile(re.escape(token) + (value or f"({_SPACE}:)"))
    name = json.dumps(edit.new_key or edit.key)
    replacement = "" if edit.new_value is None else json.dumps(edit.new_value)

    def locate_edit(text: str) -> TextEdit | None:
        start = _find_once(text, token)
        found = None if start < 0 else member.match(text, start)
        if found is None:
            return None
        if edit.removed:
            return _locate_removal(text, start, found.end())
        return start, found.end(), f"{name}{found[1]}{replacement}"

    return locate_edit


def _locate_removal(text: str, start: int, end: int) -> TextEdit | None:
    before = len(text[:start].rstrip(_BLANK)) - 1
    if text[before] == ",":
        return before, end, ""
    comma = _COMMA.match(text, end)
    return (start, comma.end(), "") if comma else None


def _compile_addition(addition: MemberAddition) -> Callable[[str], TextEdit | None]:
    key, value = json.dumps(addition.key), _spell(addition.value)
    parent = None if addition.parent is None else re.compile(f'"{re.escape(addition.parent)}"{_SPACE}:{_SPACE}')

    def locate_addition(text: str) -> TextEdit | None:
        start, end = text.index("{"), text.rindex("}")
        if parent is not None:
            at = _find_once(text, f'"{addition.parent}"')
            found = None if at < 0 else parent.match(text, at)
            if found is None:
                return None
            start, end = found.end(), find_end(text, found.end()) - 1
        behind = len(text[:end].rstrip(_BLANK))
        if behind <= start + 1:
            return None
        layout = find_layout(text, start)
        return behind, behind, f",{layout.space}{key}{layout.colon}{value}"

    return locate_addition


def _spell(value: Json) -> str:
    """Return the only text of a value. Raises NotStatic for a value that may be spelled in several ways."""
    if not isinstance(value, (str, int)):
        raise NotStatic
    text = json.dumps(value)
    if "\\" in text:
        raise NotStatic
    return text
