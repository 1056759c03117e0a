"""Read JSON Lines: one document a line, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from migrator.data.data_findings import Found
from migrator.data.finders.inspect_tree import look
from migrator.data.formats.data_tree import Broken
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.markers import Mark, Marks
from migrator.data.formats.plain_lines import look_at_lines
from migrator.data.formats.text_piece import plain
from migrator.findings.ledger import State

#: Lines with the same marks that are read; logs repeat themselves, the others get the state of these.
_ENOUGH = 100
_LIKE = f"on a line like {_ENOUGH} lines before it that were read"
_Verdict = tuple[State, str] | None


@dataclass(slots=True)
class _Alike:
    """Lines with the same marks: how many were read, and the states of the names in the last of them."""

    count: int = 0
    verdicts: list[_Verdict] = field(default_factory=list)


def look_at_json_lines(found: Found) -> int | None:
    """Claim everything in the lines of a text; return the offset of the first line with a mark that is not JSON."""
    seen: dict[tuple[str, ...], _Alike] = {}
    broken: int | None = None
    for start, end, line in _lines(found.text, found.marks):
        alike = seen.setdefault(tuple(mark.text for mark in line), _Alike())
        if alike.count >= _ENOUGH:
            _like(found, line, alike)
            continue
        alike.count += 1
        try:
            look(found, scan_json(plain(found.text, start, end)), alone=True)
        except Broken as error:
            broken = error.offset if broken is None else broken
            look_at_lines(found, start, end)
            _unread(found, line)
        if alike.count == _ENOUGH:
            alike.verdicts = [_verdict(found, mark) for mark in line if mark.is_name]
    return broken


def _lines(text: str, marks: Marks) -> Iterator[tuple[int, int, list[Mark]]]:
    """Yield the lines that contain marks."""
    end = -1

    def line_of(mark: Mark) -> int:
        nonlocal end
        if mark.start >= end:
            found = text.find("\n", mark.start)
            end = len(text) if found < 0 else found
        return end

    for stop, line in groupby(marks.find(text), key=line_of):
        group = list(line)
        yield text.rfind("\n", 0, group[0].start) + 1, stop, group


def _like(found: Found, line: list[Mark], alike: _Alike) -> None:
    names = (mark for mark in line if mark.is_name)
    for mark, verdict in zip(names, alike.verdicts, strict=True):
        if verdict is not None:
            found.spot(mark.start, *verdict)


def _verdict(found: Found, mark: Mark) -> _Verdict:
    if (mark.start, mark.start + len(mark.text)) in found.covered:
        return State.MANUAL, _LIKE
    spot = found.spots.get(mark.start)
    return None if spot is None else (spot.state, spot.reason)


def _unread(found: Found, line: list[Mark]) -> None:
    for mark in line:
        if mark.is_name and (mark.start, mark.start + len(mark.text)) not in found.covered:
            found.spot(mark.start, State.UNREAD, "on a line that is not JSON")
