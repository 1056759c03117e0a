"""Read JSON Lines: one document a line, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from migrator.data.data_findings import DataFindings
from migrator.data.finders.inspect_tree import inspect_tree
from migrator.data.formats.data_tree import FormatError
from migrator.data.formats.json_scanner import scan_json
from migrator.data.formats.markers import ApiMarks, MarkOccurrence
from migrator.data.formats.plain_lines import inspect_lines
from migrator.data.formats.text_piece import plain_piece
from migrator.findings.ledger import OccurrenceState

#: Lines with the same marks that are read; logs repeat themselves, the others get the state of these.
_ENOUGH = 100
_LIKE = f"on a line like {_ENOUGH} lines before it that were read"
_Verdict = tuple[OccurrenceState, str] | None


@dataclass(slots=True)
class _LineGroup:
    """Lines with the same marks: how many were read, and the states of the names in the last of them."""

    count: int = 0
    verdicts: list[_Verdict] = field(default_factory=list)


def inspect_json_lines(found: DataFindings) -> int | None:
    """Claim everything in the lines of a text; return the offset of the first line with a mark that is not JSON."""
    seen: dict[tuple[str, ...], _LineGroup] = {}
    broken: int | None = None
    for start, end, line in _find_lines(found.text, found.marks):
        alike = seen.setdefault(tuple(mark.text for mark in line), _LineGroup())
        if alike.count >= _ENOUGH:
            _explain_alike(found, line, alike)
            continue
        alike.count += 1
        try:
            inspect_tree(found, scan_json(plain_piece(found.text, start, end)), alone=True)
        except FormatError as error:
            broken = error.offset if broken is None else broken
            inspect_lines(found, start, end)
            _explain_unread(found, line)
        if alike.count == _ENOUGH:
            alike.verdicts = [_state_at(found, mark) for mark in line if mark.is_name]
    return broken


def _find_lines(text: str, marks: ApiMarks) -> Iterator[tuple[int, int, list[MarkOccurrence]]]:
    """Yield the lines that contain marks."""
    end = -1

    def line_of(mark: MarkOccurrence) -> int:
        nonlocal end
        if mark.start >= end:
            found = text.find("\n", mark.start)
            end = len(text) if found < 0 else found
        return end

    for stop, line in groupby(marks.find_marks(text), key=line_of):
        group = list(line)
        yield text.rfind("\n", 0, group[0].start) + 1, stop, group


def _explain_alike(found: DataFindings, line: list[MarkOccurrence], alike: _LineGroup) -> None:
    names = (mark for mark in line if mark.is_name)
    for mark, verdict in zip(names, alike.verdicts, strict=True):
        if verdict is not None:
            found.explain_occurrence(mark.start, *verdict)


def _state_at(found: DataFindings, mark: MarkOccurrence) -> _Verdict:
    if (mark.start, mark.start + len(mark.text)) in found.covered:
        return OccurrenceState.MANUAL, _LIKE
    spot = found.spots.get(mark.start)
    return None if spot is None else (spot.state, spot.reason)


def _explain_unread(found: DataFindings, line: list[MarkOccurrence]) -> None:
    for mark in line:
        if mark.is_name and (mark.start, mark.start + len(mark.text)) not in found.covered:
            found.explain_occurrence(mark.start, OccurrenceState.UNREAD, "on a line that is not JSON")
