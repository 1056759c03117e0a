"""Zones: the stretches of a text that a transformer changed, and the smallest edits that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from migrator.findings.operation import Operation, TextEdit

#: All that can be between two entries.
_BETWEEN = re.compile(r"(?:\s|,|#[^\r\n]*|\\(?:\r\n|\r|\n))*")
_PIECE = re.compile(r"#[^\r\n]*|\r\n|[\r\n]|[ \t\f]+|\w+|.", re.DOTALL)
_COMMENT = re.compile(r"#[^\r\n]*")


class Misaligned(ValueError):
    """The transformed code differs outside of the zones."""


@dataclass(frozen=True, slots=True)
class Removed:
    """An entry or a statement that is removed, and the operations that ask for it: more than one rule may."""

    start: int
    end: int
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """The characters from `start` up to `end`, and what is written instead.

    Without a `text`, it is what the transformed code has between two entries. A zone is there for `operations`, or
    for what is `removed` in it, in the order of the text.
    """

    start: int
    end: int
    text: str | None
    operations: tuple[Operation, ...] = ()
    removed: tuple[Removed, ...] = ()


def align_zones(before: str, after: str, zones: Sequence[Zone], origin: int = 0) -> list[Zone]:
    """Return the zones in order, each with its text. Raise Misaligned when the texts differ elsewhere.

    Offsets of zones count from `origin`.
    """
    found: list[Zone] = []
    at, done = 0, 0
    for zone in sorted(zones, key=lambda zone: (zone.start, zone.end)):
        fixed = before[done : zone.start - origin]
        text = zone.text
        if text is None:
            match = _BETWEEN.match(after, at + len(fixed))
            text = match[0] if match else ""
        if zone.start - origin < done or not after.startswith(fixed + text, at):
            raise Misaligned
        found.append(replace(zone, text=text))
        at += len(fixed) + len(text)
        done = zone.end - origin
    if before[done:] != after[at:]:
        raise Misaligned
    return found


def edits_of_zone(text: str, zone: Zone) -> Iterator[tuple[Operation, TextEdit]]:
    """Return the edits of a zone for each operation; neighbours that are removed together have an edit each."""
    assert zone.text is not None
    edit = TextEdit(zone.start, zone.end, zone.text)
    if not zone.removed:
        yield from ((operation, edit) for operation in zone.operations)
        return
    parts = _begin_at_lines(text, _split(text, _shrink(text, edit), zone.removed))
    for removed, part in zip(zone.removed, parts, strict=True):
        yield from ((operation, part) for operation in removed.operations)


def _shrink(text: str, edit: TextEdit) -> TextEdit:
    """Return the smallest edit that does the same."""
    old, new = _PIECE.findall(text[edit.start : edit.end]), _PIECE.findall(edit.text)
    front = _count_common(old, new)
    back = _count_common(old[front:][::-1], new[front:][::-1])
    start = edit.start + sum(map(len, old[:front]))
    end = edit.end - sum(map(len, old[len(old) - back :]))
    return TextEdit(start, end, "".join(new[front : len(new) - back]))


def _begin_at_lines(text: str, parts: list[TextEdit]) -> list[TextEdit]:
    """Return edits that remove whole lines, where they begin and end behind the same indentation."""
    start = parts[0].start
    indent = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    starts = [start - len(indent), *(part.end - len(indent) for part in parts)]
    is_indent = bool(indent) and indent.isspace() and not any(part.text for part in parts)
    if is_indent and all(text[at - 1 : at] in "\r\n" and text.startswith(indent, at) for at in starts):
        return [TextEdit(first, last, "") for first, last in pairwise(starts)]
    return parts


def _count_common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _split(text: str, edit: TextEdit, removed: Sequence[Removed]) -> list[TextEdit]:
    """Return an edit for each of the neighbours, such that any of them can be made alone.

    Each takes the comma before it when the comma before the first is removed, else the comma behind it.
    """
    takes_comma = "," in _COMMENT.sub("", text[edit.start : removed[0].start])
    cuts = [each.end for each in removed[:-1]] if takes_comma else [each.start for each in removed[1:]]
    bounds = [edit.start, *cuts, edit.end]
    return [TextEdit(start, end, edit.text if start == edit.start else "") for start, end in pairwise(bounds)]
