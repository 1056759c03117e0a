"""The findings that a project has taken note of: told by what stands there, so that they may move within their file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from migrator.findings.finding import FileResult, Finding, Stale
from migrator.python.source.source_file import splice
from migrator.report.run_result import Run

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"\s+")
_MARK = "\ufeff"

#: How much of a line is told on each side of a place: in a file of one line, what stands far away is not about it.
_NEAR = 160
_PLACE_DIGITS, _AROUND_DIGITS = 16, 8


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A known place: `place` is a digest of what stands there, `around` one of the lines before and after.

    `path` is that of the file, from the folder of the baseline and with slashes.
    """

    path: str
    rule: str
    place: str
    around: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What must agree; the surroundings only tell apart places that agree in all of this."""
        return self.path, self.rule, self.place


#: The path of a file as the baseline calls it.
Name = Callable[[str], str]


def rows_of(run: Run, name: Name) -> tuple[Row, ...]:
    """A row for each finding of a run, in the order of the baseline."""
    return tuple(sorted(row for result in run.results for _, row in _rows(result, name)))


def without_known(run: Run, rows: Sequence[Row], name: Name) -> tuple[Run, Counter[Row]]:
    """The run without the findings that the rows hold, and the rows that hold none, with how often.

    A row holds one finding. Where there are more places than rows, those in other surroundings count as the new ones.
    """
    waiting = Counter(rows)
    places = [pair for result in run.results for pair in _rows(result, name)]
    same: list[Finding] = []
    moved: list[tuple[Finding, Row]] = []
    for finding, row in places:
        if waiting[row] > 0:
            waiting[row] -= 1
            same.append(finding)
        else:
            moved.append((finding, row))
    held = frozenset((*same, *_moved(moved, waiting)))
    known = tuple(finding for finding in run.findings if finding in held)
    results = tuple(_without(result, held) for result in run.results)
    return replace(run, results=results, known=(*run.known, *known)), +waiting


def unmet(rows: Sequence[tuple[int, Row]], left: Counter[Row], path: str) -> tuple[Stale, ...]:
    """The rows that hold nothing, of the baseline at `path`, each with the line in which it stands there."""
    left = left.copy()
    found: list[Stale] = []
    for line, row in rows:
        if left[row] > 0:
            left[row] -= 1
            found.append(Stale(path, line, (row.rule,), row.path))
    return tuple(found)


def _moved(places: Iterable[tuple[Finding, Row]], waiting: Counter[Row]) -> Iterator[Finding]:
    """The findings of which a row is left that agrees but for its surroundings; it waits no longer."""
    rest: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(waiting.elements(), reverse=True):
        rest[row.key].append(row)
    for finding, row in places:
        if rest[row.key]:
            waiting[rest[row.key].pop()] -= 1
            yield finding


def _without(result: FileResult[bytes], held: frozenset[Finding]) -> FileResult[bytes]:
    """The file without some of its findings, and without their edits."""
    if held.isdisjoint(result.findings):
        return result
    findings = tuple(finding for finding in result.findings if finding not in held)
    applied = tuple(finding for finding in result.applied if finding not in held)
    after = splice(result.before, [edit for finding in applied for edit in finding.edits])
    return replace(result, findings=findings, applied=applied, after=after)


def _rows(result: FileResult[bytes], name: Name) -> Iterator[tuple[Finding, Row]]:
    if not result.findings:
        return
    path = name(result.path)
    lines = _LINE_END.split(result.before.decode("utf-8", "surrogateescape").removeprefix(_MARK))
    for finding in result.findings:
        place = _digest(_told(lines, finding), _PLACE_DIGITS)
        yield finding, Row(path, finding.rule, place, _digest(_around(lines, finding), _AROUND_DIGITS))


def _told(lines: Sequence[str], finding: Finding) -> tuple[str, ...]:
    """What stands at a place: before it on its line, there itself, and behind it. Blanks count for one."""
    first, last = _line(lines, finding.line), _line(lines, finding.end_line)
    before, behind = first[: finding.column - 1], last[finding.end_column - 1 :]
    if finding.line == finding.end_line:
        there = first[finding.column - 1 : finding.end_column - 1]
    else:
        middle = lines[finding.line : finding.end_line - 1]
        there = " ".join((first[finding.column - 1 :], *middle, last[: finding.end_column - 1]))
    return tuple(_BLANKS.sub(" ", text).strip() for text in (before[-_NEAR:], there, behind[:_NEAR]))


def _around(lines: Sequence[str], finding: Finding) -> tuple[str, ...]:
    """The nearest lines before and after a place that are not blank."""
    above = (lines[index] for index in range(min(finding.line - 1, len(lines)) - 1, -1, -1))
    below = (lines[index] for index in range(finding.end_line, len(lines)))
    return tuple(
        _BLANKS.sub(" ", next((line[:_NEAR] for line in near if line.strip()), "")).strip() for near in (above, below)
    )


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _digest(parts: Iterable[str], digits: int) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
