"""Match findings with the entries of a baseline, by digests of the code rather than by position."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from migrator.findings.finding import FileResult, Finding, StaleEntry
from migrator.python.source.source_file import apply_edits
from migrator.report.run_result import RunResult

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"\s+")
_MARK = "\ufeff"

#: Characters of context that identify a finding, on each side: two lines of prose. In a file of one long line, code
#: farther away has nothing to do with the finding; changes to it do not make the entry stale.
_NEAR = 160
_PLACE_DIGITS, _AROUND_DIGITS = 16, 8


@dataclass(frozen=True, slots=True, order=True)
class BaselineEntry:
    """A recorded finding: `place` is a digest of its code, `around` one of the lines before and after.

    `path` is relative to the folder of the baseline, with slashes.
    """

    path: str
    rule: str
    place: str
    around: str

    @property
    def match_key(self) -> tuple[str, str, str]:
        """The part that must match; the surroundings only choose between findings that are equal in it."""
        return self.path, self.rule, self.place


#: Returns the path of a file as it is written in the baseline.
FileNamer = Callable[[str], str]


def baseline_entries(run: RunResult, name: FileNamer) -> tuple[BaselineEntry, ...]:
    """Return an entry for each finding of a run, in the order of the baseline."""
    return tuple(sorted(row for result in run.results for _, row in _entries_of_file(result, name)))


def remove_known(
    run: RunResult, rows: Sequence[BaselineEntry], name: FileNamer
) -> tuple[RunResult, Counter[BaselineEntry]]:
    """Return the run without findings that have an entry, and the unmatched entries with their numbers.

     An entry matches one finding. If there are more findings than entries, those with other surroundings are the new
    ones.
    """
    waiting = Counter(rows)
    places = [pair for result in run.results for pair in _entries_of_file(result, name)]
    same: list[Finding] = []
    moved: list[tuple[Finding, BaselineEntry]] = []
    for finding, row in places:
        if waiting[row] > 0:
            waiting[row] -= 1
            same.append(finding)
        else:
            moved.append((finding, row))
    held = frozenset((*same, *_match_moved(moved, waiting)))
    known = tuple(finding for finding in run.findings if finding in held)
    results = tuple(_remove_findings(result, held) for result in run.results)
    return replace(run, results=results, known=(*run.known, *known)), +waiting


def stale_entries(
    rows: Sequence[tuple[int, BaselineEntry]], left: Counter[BaselineEntry], path: str
) -> tuple[StaleEntry, ...]:
    """Return the unmatched entries of the baseline at `path`, with their line numbers."""
    left = left.copy()
    found: list[StaleEntry] = []
    for line, row in rows:
        if left[row] > 0:
            left[row] -= 1
            found.append(StaleEntry(path, line, (row.rule,), row.path))
    return tuple(found)


def _match_moved(places: Iterable[tuple[Finding, BaselineEntry]], waiting: Counter[BaselineEntry]) -> Iterator[Finding]:
    """Yield the findings that match an unmatched entry except for its surroundings, and use up that entry."""
    rest: dict[tuple[str, str, str], list[BaselineEntry]] = defaultdict(list)
    for row in sorted(waiting.elements(), reverse=True):
        rest[row.match_key].append(row)
    for finding, row in places:
        if rest[row.match_key]:
            waiting[rest[row.match_key].pop()] -= 1
            yield finding


def _remove_findings(result: FileResult[bytes], held: frozenset[Finding]) -> FileResult[bytes]:
    """Return a file's result without the given findings and their edits."""
    if held.isdisjoint(result.findings):
        return result
    findings = tuple(finding for finding in result.findings if finding not in held)
    applied = tuple(finding for finding in result.applied if finding not in held)
    after = apply_edits(result.before, [edit for finding in applied for edit in finding.edits])
    return replace(result, findings=findings, applied=applied, after=after)


def _entries_of_file(result: FileResult[bytes], name: FileNamer) -> Iterator[tuple[Finding, BaselineEntry]]:
    if not result.findings:
        return
    path = name(result.path)
    lines = _LINE_END.split(result.before.decode("utf-8", "surrogateescape").removeprefix(_MARK))
    for finding in result.findings:
        place = _short_digest(_finding_context(lines, finding), _PLACE_DIGITS)
        yield (
            finding,
            BaselineEntry(path, finding.rule, place, _short_digest(_surrounding_lines(lines, finding), _AROUND_DIGITS)),
        )


def _finding_context(lines: Sequence[str], finding: Finding) -> tuple[str, ...]:
    """Return the code of a finding: before it on its line, itself, and after it, with whitespace collapsed."""
    first, last = _line_at(lines, finding.line), _line_at(lines, finding.end_line)
    before, behind = first[: finding.column - 1], last[finding.end_column - 1 :]
    if finding.line == finding.end_line:
        there = first[finding.column - 1 : finding.end_column - 1]
    else:
        middle = lines[finding.line : finding.end_line - 1]
        there = " ".join((first[finding.column - 1 :], *middle, last[: finding.end_column - 1]))
    return tuple(_BLANKS.sub(" ", text).strip() for text in (before[-_NEAR:], there, behind[:_NEAR]))


def _surrounding_lines(lines: Sequence[str], finding: Finding) -> tuple[str, ...]:
    """Return the nearest non-blank lines before and after a finding."""
    above = (lines[index] for index in range(min(finding.line - 1, len(lines)) - 1, -1, -1))
    below = (lines[index] for index in range(finding.end_line, len(lines)))
    return tuple(
        _BLANKS.sub(" ", next((line[:_NEAR] for line in near if line.strip()), "")).strip() for near in (above, below)
    )


def _line_at(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _short_digest(parts: Iterable[str], digits: int) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
