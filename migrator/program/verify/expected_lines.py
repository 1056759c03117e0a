"""The old program as the rules would have it: every rename is made, and every TODO of the codemod stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.findings.finding import Edit, FileResult, Finding

_LINE_END = re.compile(rb"\r\n|\r|\n")
#: The comment of a TODO is at most so many lines above what it is about.
_TODO_REACH = 14


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding of the old program, the line that is expected of it, and its index in the expected file.

    `todo` is the index of the line at which the codemod says what is left to do, None without such a comment.
    """

    finding: Finding
    line: str
    index: int
    todo: int | None
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """A file of the old program: as it was, and with its renames made."""

    path: str
    old_lines: tuple[str, ...]
    lines: tuple[str, ...]
    expected: tuple[Expected, ...]


def expect_file(result: FileResult[bytes]) -> ExpectedFile:
    """Return a file of the old program as the rules would have it.

    What the codemod edits is edited; a manual finding with a new name is renamed where its old name stands.
    """
    raw = result.before
    edits = _without_overlaps([*_applied_edits(result), *_manual_renames(result)])
    after, grown = _apply(raw, edits)
    lines = split_lines(after)
    starts = _line_starts(after)
    before = _line_starts(raw)
    found = []
    for finding in result.findings:
        index = bisect_right(starts, grown(_offset(raw, before, finding.line, finding.column))) - 1
        todo = _find_todo(lines, index, finding.rule) if finding in result.applied and not finding.new else None
        found.append(Expected(finding, lines[index], index, todo, finding in result.applied))
    return ExpectedFile(result.path, split_lines(raw), lines, tuple(found))


def split_lines(raw: bytes) -> tuple[str, ...]:
    """Return the lines of a file without their ends."""
    return tuple(line.decode("utf-8", "replace") for line in _LINE_END.split(raw))


def _line_starts(raw: bytes) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(raw))]


def _offset(raw: bytes, starts: list[int], line: int, column: int) -> int:
    start = starts[min(line, len(starts)) - 1]
    end = starts[line] if line < len(starts) else len(raw)
    return start + len(raw[start:end].decode("utf-8", "replace")[: column - 1].encode())


def _applied_edits(result: FileResult[bytes]) -> Iterator[Edit]:
    for finding in result.applied:
        yield from finding.edits


def _manual_renames(result: FileResult[bytes]) -> Iterator[Edit]:
    starts = _line_starts(result.before)
    for finding in result.findings:
        if finding not in result.applied and finding.old and finding.new:
            old = finding.old.encode()
            start = _offset(result.before, starts, finding.line, finding.column)
            if result.before[start : start + len(old)] == old:
                yield Edit(start, start + len(old), finding.new.encode())


def _without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _apply(raw: bytes, edits: list[Edit]) -> tuple[bytes, _Shift]:
    parts, end = [], 0
    for edit in edits:
        parts += [raw[end : edit.start], edit.replacement]
        end = edit.end
    return b"".join([*parts, raw[end:]]), _Shift(edits)


class _Shift:
    """Maps an offset of a text to that in the edited text."""

    def __init__(self, edits: list[Edit]) -> None:
        self._edits = edits

    def __call__(self, offset: int) -> int:
        grown = (len(edit.replacement) - edit.end + edit.start for edit in self._edits if edit.end <= offset)
        return offset + sum(grown)


def _find_todo(lines: tuple[str, ...], index: int, rule: str) -> int | None:
    """Return the last TODO of a rule above a line, or shortly below it."""
    mark = f"TODO(migrator {rule})"
    near = range(min(index + 3, len(lines) - 1), max(index - _TODO_REACH, -1), -1)
    return next((place for place in near if mark in lines[place]), None)
