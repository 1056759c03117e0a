"""Judge what a second run would edit: which edits of the first are the cause."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import AnyStr

from migrator.findings.finding import Edit, FileResult, Finding
from migrator.python.planned_findings import PlannedFinding
from migrator.python.source.source_file import apply_edits

_COMMENT_LINE = re.compile(rb"^[ \t]*#[^\r\n]*", re.MULTILINE)


def strip_added_comments(result: FileResult[AnyStr]) -> bytes:
    """Return the edited bytes of a file without the comments that the edits add."""
    before = result.before if isinstance(result.before, bytes) else result.before.encode()
    edits = [edit for finding in result.applied for edit in finding.edits]
    return apply_edits(before, [replace(edit, replacement=_COMMENT_LINE.sub(b"", edit.replacement)) for edit in edits])


def without_known(found: Iterable[Finding], known: Iterable[PlannedFinding]) -> list[Finding]:
    """Return the findings of a second run without those whose edits are held back already: it holds them back, too."""
    left = Counter((row.finding.rule, row.finding.old) for row in known)
    new = []
    for finding in found:
        key = (finding.rule, finding.old)
        if left[key]:
            left[key] -= 1
        else:
            new.append(finding)
    return new


def find_causes(
    result: FileResult[AnyStr], again: Sequence[Finding] | None, planned: Iterable[PlannedFinding]
) -> frozenset[PlannedFinding]:
    """Return the findings whose applied edits are on the lines that would be edited again.

    All that were applied are returned if none is there, or if `again` is None: an edit of another file is the cause.
    """
    after = result.after if isinstance(result.after, bytes) else result.after.encode()
    lines = {line for finding in again or () for edit in finding.edits for line in _lines_of(after, edit)}
    near = [each for each in result.applied if not lines.isdisjoint(_edited_lines(after, result, each))]
    causes = {replace(finding, edits=()) for finding in near or result.applied}
    return frozenset(row for row in planned if row.finding in causes)


def _edited_lines(after: bytes, result: FileResult[AnyStr], finding: Finding) -> Iterator[int]:
    """Yield the lines of the edited text that the edits of a finding are on."""
    every = sorted({edit for each in result.applied for edit in each.edits}, key=lambda edit: (edit.start, edit.end))
    shift = 0
    for edit in every:
        if edit in finding.edits:
            start = edit.start + shift
            yield from _lines_of(after, Edit(start, start + len(edit.replacement), b""))
        shift += len(edit.replacement) - (edit.end - edit.start)


def _lines_of(text: bytes, edit: Edit) -> range:
    return range(text.count(b"\n", 0, edit.start), text.count(b"\n", 0, edit.end) + 1)
