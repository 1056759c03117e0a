"""Edits that would get in each other's way: of a place, and of an entry around it or beside it that is taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from migrator.findings.finding import Applicability, Finding
from migrator.python.recognition.claims import TextChange
from migrator.python.source.source_file import SourceFile

_COMMENT = re.compile(r"#[^\r\n]*")
Planned = tuple[Finding, tuple[TextChange, ...]]


def apart(source: SourceFile, planned: Iterable[Planned], allowed: Collection[Applicability]) -> tuple[Planned, ...]:
    """The findings such that no two edits that are made overlap.

    A place inside an entry that is taken out goes with it; of two neighbours, the second one leaves
    out what the first takes.
    """
    rows = tuple(planned)
    made = [changes for finding, changes in rows if finding.applicability in allowed]
    fates = _fates(source.text, [change for changes in made for change in changes if change.start < change.end])
    if not fates:
        return rows
    mended = (_mended(source, row, fates) if row[0].applicability in allowed else row for row in rows)
    return tuple(row for row in mended if row is not None)


def _fates(text: str, changes: Iterable[TextChange]) -> dict[TextChange, TextChange | None]:
    """The changes that begin inside another one, each with what is left of it; the comma before it is gone."""
    fates: dict[TextChange, TextChange | None] = {}
    around: list[TextChange] = []
    for change in sorted(set(changes), key=lambda change: (change.start, -change.end, change.text)):
        around = [outer for outer in around if outer.end > change.start]
        for outer in around:
            if _takes_out(outer):
                inside, comma = change.end <= outer.end, text.startswith(",", change.end)
                fates[change] = None if inside else TextChange(outer.end, change.end + comma, change.text)
        around.append(change)
    return fates


def _takes_out(change: TextChange) -> bool:
    return _COMMENT.sub("", change.text).strip() in ("", "pass")


def _mended(source: SourceFile, row: Planned, fates: dict[TextChange, TextChange | None]) -> Planned | None:
    finding, changes = row
    kept = [fates.get(change, change) for change in changes]
    if kept == list(changes):
        return row
    left = tuple(change for change in kept if change is not None)
    if all(change.start == change.end for change in left):
        return None
    return replace(finding, edits=tuple(source.make_edit(each.start, each.end, each.text) for each in left)), left
