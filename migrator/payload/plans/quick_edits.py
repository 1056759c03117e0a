"""Edit the bytes of the usual document: members that are written compactly, or as the standard library writes them.

Every other text is left to `text_edits`, which finds members in any layout.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

from migrator.payload.plans.text_edits import EditFunction, MemberEdit

#: The separators between a key and its value that are recognised.
_COLONS: Final = (b":", b": ")
#: The beginning of an ASCII character that is spelled as an escape, as a key may be. The backslash alone, which most
#: texts lack, is searched for first: that is faster.
_ESCAPE: Final = b"\\u00"

#: A span of the bytes, and those that replace it.
BytesEdit = tuple[int, int, bytes]
_Locate = Callable[[bytes], BytesEdit | None]


def add_quick_edits(members: Sequence[MemberEdit], complete: EditFunction) -> EditFunction:
    """Return the function that edits the usual bytes itself and leaves the others to `complete`."""
    locate = [each for edit in members if (each := _compile_member(edit)) is not None]
    if not locate or len(locate) < len(members):
        return complete
    first, *others = locate

    def edit_one(data: bytes) -> bytes | None:
        found = None if b"\\" in data and _ESCAPE in data else first(data)
        return complete(data) if found is None else data[: found[0]] + found[2] + data[found[1] :]

    def edit_all(data: bytes) -> bytes | None:
        if b"\\" in data and _ESCAPE in data:
            return complete(data)
        edits = []
        for each in locate:
            found = each(data)
            if found is None:
                return complete(data)
            edits.append(found)
        edits.sort()
        at = 0
        parts: list[bytes] = []
        for start, end, new in edits:
            if start < at:
                return complete(data)
            parts += (data[at:start], new)
            at = end
        parts.append(data[at:])
        return b"".join(parts)

    return edit_all if others else edit_one


def _compile_member(edit: MemberEdit) -> _Locate | None:
    """Compile the search for a member; None for a value that may be spelled in several ways."""
    if not edit.removed and edit.new_value is None:
        return _compile_rename(edit)
    if not isinstance(edit.old_value, str):
        return None
    return _compile_removal(edit) if edit.removed else _compile_replacement(edit)


def _compile_rename(edit: MemberEdit) -> _Locate:
    """Compile the search for a member of which only the key changes."""
    key, name = json.dumps(edit.key).encode(), json.dumps(edit.new_key or edit.key).encode()
    length = len(key)

    def locate(data: bytes) -> BytesEdit | None:
        start = data.find(key)
        end = start + length
        if start < 0 or data[end : end + 1] != b":" or data.find(key, end) >= 0:
            return None
        return start, end, name

    return locate


def _compile_replacement(edit: MemberEdit) -> _Locate:
    """Compile the search for a member whose value is replaced."""
    key = json.dumps(edit.key).encode()
    length = len(key)
    name, value = json.dumps(edit.new_key or edit.key).encode(), json.dumps(edit.new_value).encode()
    old = json.dumps(edit.old_value).encode()
    forms = [(colon + old, length + len(colon + old), name + colon + value) for colon in _COLONS]

    def locate(data: bytes) -> BytesEdit | None:
        start = data.find(key)
        if start < 0 or data.find(key, start + length) >= 0:
            return None
        for tail, size, new in forms:
            if data.startswith(tail, start + length):
                return start, start + size, new
        return None

    return locate


def _compile_removal(edit: MemberEdit) -> _Locate:
    """Compile the search for a member that is removed with its comma; the only member of an object is not found."""
    key = json.dumps(edit.key).encode()
    length = len(key)
    forms = [(tail, length + len(tail)) for tail in (colon + json.dumps(edit.old_value).encode() for colon in _COLONS)]

    def locate(data: bytes) -> BytesEdit | None:
        start = data.find(key)
        if start < 0 or data.find(key, start + length) >= 0:
            return None
        for tail, size in forms:
            if data.startswith(tail, start + length):
                return _locate_removal(data, start, start + size)
        return None

    return locate


def _locate_removal(data: bytes, start: int, end: int) -> BytesEdit | None:
    """Return the edit that removes a member with the comma before it or, of the first member, the comma behind it."""
    comma = start - 1 if data[start - 1 : start] == b"," else start - 2 if data[start - 2 : start] == b", " else 0
    if comma > 0:
        return None if data[comma - 1 : comma].isspace() else (comma, end, b"")
    if data[start - 1 : start] != b"{" or data[end : end + 1] != b",":
        return None
    behind = end + 2 if data[end + 1 : end + 2] == b" " else end + 1
    return (start, behind, b"") if data[behind : behind + 1] == b'"' else None
