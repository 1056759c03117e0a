"""The ledger of a file that is not Python: what became of every occurrence of every old name in its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import Occurrence, State
from migrator.findings.reading import Spot
from migrator.matching.occurrences import OldNames, spots
from migrator.matching.selection import Options
from migrator.program.read_files import Read, read_all
from migrator.program.text_results import Lines, lines_of

_LONGER = "part of a longer name or word"
_BARE = "nothing shows that it is the API's, and nothing that it is not"


def ledgers(
    results: Iterable[FileResult[bytes]], old: OldNames, options: Options
) -> Mapping[str, tuple[Occurrence, ...]]:
    """The occurrences in each of the files, in the order of the file."""
    results = list(results)
    read = read_all({result.path: result.before for result in results}, options)
    return {result.path: occurrences(result, each, old) for result, each in zip(results, read, strict=True)}


def occurrences(result: FileResult[bytes], read: Read, old: OldNames) -> tuple[Occurrence, ...]:
    """Every occurrence of every old name in the bytes of one file."""
    found = spots(result.before, old.names)
    if not found:
        return ()
    if result.error is not None and result.error.unread and not result.findings:
        return tuple(_unread(result, found))
    return tuple(_judged(result, read, found, old))


def _unread(result: FileResult[bytes], found: Iterable[tuple[int, str]]) -> Iterator[Occurrence]:
    raw, line, done = result.before, 1, 0
    for start, name in found:
        line, done = line + raw.count(b"\n", done, start), start
        column = start - raw.rfind(b"\n", 0, start)
        yield Occurrence(name, start, line, column, State.UNREAD, str(result.error))


def _judged(
    result: FileResult[bytes], read: Read, found: Iterable[tuple[int, str]], old: OldNames
) -> Iterator[Occurrence]:
    raw, lines = result.before, lines_of(result.before)
    known = {spot.start: spot for reading in read.readings for spot in reading.spots}
    groups = tuple(
        (state, {(each.line, each.column, each.old): each for each in reversed(findings)}, _by_line(findings, old))
        for state, findings in ((State.MANUAL, result.findings), (State.SUPPRESSED, result.suppressed))
    )
    for start, name in found:
        line, column = lines.position(start)
        for state, exact, wider in groups:
            finding = exact.get((line, column, name)) or _about(wider.get(line, ()), name, lines, start)
            if finding is not None:
                yield Occurrence(name, start, line, column, state, finding.message, finding.rule)
                break
        else:
            yield Occurrence(name, start, line, column, *_seen(raw, start, name, known.get(start), result))


def _seen(raw: bytes, start: int, name: str, spot: Spot | None, result: FileResult[bytes]) -> tuple[State, str]:
    if spot is not None and spot.state is State.COMMENT:
        return spot.state, spot.reason
    if _is_word(raw[max(0, start - 1) : start]) or _is_word(raw[start + len(name) : start + len(name) + 1]):
        return State.LONGER, _LONGER
    if spot is not None:
        return spot.state, spot.reason
    if result.error is not None:
        return State.UNREAD, str(result.error)
    return State.NAME_ONLY, _BARE


def _is_word(byte: bytes) -> bool:
    return bool(byte) and (byte.isalnum() or byte == b"_" or byte >= b"\x80")


def _about(findings: Iterable[Finding], name: str, lines: Lines, start: int) -> Finding | None:
    """The finding that speaks of this very occurrence."""
    here, behind = lines.position(start), lines.position(start + len(name))
    for finding in findings:
        first, last = (finding.line, finding.column), (finding.end_line, finding.end_column)
        if first < behind and here < last and name in (finding.old or ""):
            return finding
    return None


def _width(finding: Finding) -> int:
    return finding.end_column - finding.column


def _by_line(findings: Iterable[Finding], old: OldNames) -> dict[int, list[Finding]]:
    """The findings by their lines that are about more than one name."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.old in old.names and finding.line == finding.end_line and len(finding.old) == _width(finding):
            continue
        for line in range(finding.line, finding.end_line + 1):
            found.setdefault(line, []).append(finding)
    return found
