"""Account for every occurrence of every old name in the bytes of a file that is not Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import Occurrence, State
from migrator.findings.reading import Spot
from migrator.matching.occurrences import LONGER, OldNames, is_about, spots, unread_occurrences
from migrator.matching.selection import Options
from migrator.program.read_files import Read, read_all
from migrator.program.text_results import lines_of

_BARE = "nothing shows that it is the API's, and nothing that it is not"


def ledgers(
    results: Iterable[FileResult[bytes]], old: OldNames, options: Options
) -> Mapping[str, tuple[Occurrence, ...]]:
    """Return the occurrences in each of the files, in the order of the file."""
    results = list(results)
    read = read_all({result.path: result.before for result in results}, options)
    return {result.path: occurrences(result, each, old) for result, each in zip(results, read, strict=True)}


def occurrences(result: FileResult[bytes], read: Read, old: OldNames) -> tuple[Occurrence, ...]:
    """Return every occurrence of every old name in the bytes of one file."""
    found = spots(result.before, old.names)
    if not found:
        return ()
    if result.error is not None and result.error.unread and not result.findings:
        return tuple(unread_occurrences(result.before, found, str(result.error)))
    return tuple(_judged(result, read, found, old))


def _judged(
    result: FileResult[bytes], read: Read, found: Iterable[tuple[int, str]], old: OldNames
) -> Iterator[Occurrence]:
    raw, lines = result.before, lines_of(result.before)
    known = {spot.start: spot for reading in read.readings for spot in reading.spots}
    indexes = (
        _FindingIndex(State.MANUAL, result.findings, old),
        _FindingIndex(State.SUPPRESSED, result.suppressed, old),
    )
    for start, name in found:
        line, column = lines.position(start)
        covering = ((index.state, index.find(name, line, column)) for index in indexes)
        state, finding = next(((state, each) for state, each in covering if each is not None), (None, None))
        if state is not None and finding is not None:
            yield Occurrence(name, start, line, column, state, finding.message, finding.rule)
        else:
            yield Occurrence(name, start, line, column, *_seen(raw, start, name, known.get(start), result))


class _FindingIndex:
    """Findings that give the occurrences they are about the same state, by their places."""

    def __init__(self, state: State, findings: Iterable[Finding], old: OldNames) -> None:
        findings = tuple(findings)
        self.state = state
        self._exact = {(each.line, each.column, each.old): each for each in reversed(findings)}
        self._by_line = _by_line(findings, old)

    def find(self, name: str, line: int, column: int) -> Finding | None:
        """Return the finding about the occurrence of a name; the one of just this name before one of several."""
        exact = self._exact.get((line, column, name))
        wider = (each for each in self._by_line.get(line, ()) if is_about(each, name, line, column))
        return exact or next(wider, None)


def _seen(raw: bytes, start: int, name: str, spot: Spot | None, result: FileResult[bytes]) -> tuple[State, str]:
    if spot is not None and spot.state is State.COMMENT:
        return spot.state, spot.reason
    if _is_word(raw[max(0, start - 1) : start]) or _is_word(raw[start + len(name) : start + len(name) + 1]):
        return State.LONGER, LONGER
    if spot is not None:
        return spot.state, spot.reason
    if result.error is not None:
        return State.UNREAD, str(result.error)
    return State.NAME_ONLY, _BARE


def _is_word(byte: bytes) -> bool:
    return bool(byte) and (byte.isalnum() or byte == b"_" or byte >= b"\x80")


def _width(finding: Finding) -> int:
    return finding.end_column - finding.column


def _by_line(findings: Iterable[Finding], old: OldNames) -> dict[int, list[Finding]]:
    """Return the findings about more than one name, by their lines."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.old in old.names and finding.line == finding.end_line and len(finding.old) == _width(finding):
            continue
        for line in range(finding.line, finding.end_line + 1):
            found.setdefault(line, []).append(finding)
    return found
