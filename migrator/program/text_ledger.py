"""Account for every occurrence of every old name in the bytes of a file that is not Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import Occurrence, OccurrenceState
from migrator.findings.reading import ExplainedName
from migrator.matching.occurrences import LONGER, OldNames, find_occurrences, is_about, unread_occurrences
from migrator.matching.selection import Options
from migrator.program.read_files import ReadFile, read_all
from migrator.program.text_results import index_lines

_BARE = "nothing shows that it is the API's, and nothing that it is not"


def account_for_texts(
    results: Iterable[FileResult[bytes]], old: OldNames, options: Options
) -> Mapping[str, tuple[Occurrence, ...]]:
    """Return the occurrences in each of the files, in the order of the file."""
    results = list(results)
    read = read_all({result.path: result.before for result in results}, options)
    return {result.path: account_for_text(result, each, old) for result, each in zip(results, read, strict=True)}


def account_for_text(result: FileResult[bytes], read: ReadFile, old: OldNames) -> tuple[Occurrence, ...]:
    """Return every occurrence of every old name in the bytes of one file."""
    found = find_occurrences(result.before, old.names)
    if not found:
        return ()
    if result.error is not None and result.error.unread and not result.findings:
        return tuple(unread_occurrences(result.before, found, str(result.error)))
    return tuple(_judge_occurrences(result, read, found, old))


def _judge_occurrences(
    result: FileResult[bytes], read: ReadFile, found: Iterable[tuple[int, str]], old: OldNames
) -> Iterator[Occurrence]:
    raw, lines = result.before, index_lines(result.before)
    known = {spot.start: spot for reading in read.readings for spot in reading.explained}
    indexes = (
        _FindingIndex(OccurrenceState.EDITED, result.applied, old),
        _FindingIndex(OccurrenceState.MANUAL, (each for each in result.findings if not each.is_note), old),
        _FindingIndex(OccurrenceState.SUPPRESSED, result.suppressed, old),
    )
    along = {edit.start: each for each in result.applied for edit in each.edits[1:]}
    for start, name in found:
        line, column = lines.position_of(start)
        covering = ((index.state, index.find(name, line, column)) for index in indexes)
        state, finding = next(((state, each) for state, each in covering if each is not None), (None, None))
        if start in along:
            state, finding = OccurrenceState.EDITED, along[start]
        if state is not None and finding is not None:
            yield Occurrence(name, start, line, column, state, finding.message, finding.rule)
        else:
            yield Occurrence(name, start, line, column, *_judge_uncovered(raw, start, name, known.get(start), result))


class _FindingIndex:
    """Findings that give the occurrences they are about the same state, by their places."""

    def __init__(self, state: OccurrenceState, findings: Iterable[Finding], old: OldNames) -> None:
        findings = tuple(findings)
        self.state = state
        self._exact = {(each.line, each.column, each.old): each for each in reversed(findings)}
        self._by_line = _group_by_line(findings, old)

    def find(self, name: str, line: int, column: int) -> Finding | None:
        """Return the finding about the occurrence of a name; the one of just this name before one of several."""
        exact = self._exact.get((line, column, name))
        wider = (each for each in self._by_line.get(line, ()) if is_about(each, name, line, column))
        return exact or next(wider, None)


def _judge_uncovered(
    raw: bytes, start: int, name: str, spot: ExplainedName | None, result: FileResult[bytes]
) -> tuple[OccurrenceState, str]:
    if spot is not None and spot.state is OccurrenceState.COMMENT:
        return spot.state, spot.reason
    if _is_word_byte(raw[max(0, start - 1) : start]) or _is_word_byte(raw[start + len(name) : start + len(name) + 1]):
        return OccurrenceState.LONGER, LONGER
    if spot is not None:
        return spot.state, spot.reason
    if result.error is not None:
        return OccurrenceState.UNREAD, str(result.error)
    return OccurrenceState.NAME_ONLY, _BARE


def _is_word_byte(byte: bytes) -> bool:
    return bool(byte) and (byte.isalnum() or byte == b"_" or byte >= b"\x80")


def _width_of(finding: Finding) -> int:
    return finding.end_column - finding.column


def _group_by_line(findings: Iterable[Finding], old: OldNames) -> dict[int, list[Finding]]:
    """Return the findings about more than one name, by their lines."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.old in old.names and finding.line == finding.end_line and len(finding.old) == _width_of(finding):
            continue
        for line in range(finding.line, finding.end_line + 1):
            found.setdefault(line, []).append(finding)
    return found
