"""The ledger of a file: the state of every byte-level occurrence of every old name."""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import Occurrence, OccurrenceState
from migrator.matching.occurrences import (
    LONGER,
    OldNames,
    find_occurrences,
    is_about,
    is_word_character,
    unread_occurrences,
)
from migrator.python.analysis.project import Project
from migrator.python.ledger.name_reasons import judge_name
from migrator.python.ledger.positions import SyntaxPositions, is_string
from migrator.python.ledger.string_reasons import StateReason, judge_string
from migrator.python.source.notebook import Notebook
from migrator.python.source.source_file import SourceFile, Unreadable
from migrator.python.source.syntax import running_version
from migrator.rules.rule import Kind

#: Findings about a key, not about the names inside its value.
_ABOUT_KEYS = frozenset({Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY, Kind.UNNEST})
_LONGER: StateReason = OccurrenceState.LONGER, LONGER
_OTHER_CHARACTERS: StateReason = (
    OccurrenceState.OTHER,
    "in the encoding of the file, its bytes belong to other characters",
)
_NO_CODE: StateReason = OccurrenceState.NAME_ONLY, "outside the code cells of the notebook"

#: The state of an occurrence, the reason, and the rule of the finding that covers it.
_CoveredState = tuple[OccurrenceState, str, str | None]


def classify_occurrences(
    result: FileResult[bytes], old: OldNames, project: Project | None = None
) -> tuple[Occurrence, ...]:
    """Return every occurrence of every old name in the bytes before the run, in the order of the file.

    With `project`, the files before the run, the modules that a file imports are taken into account.
    """
    found = find_occurrences(result.before, old.names)
    if not found:
        return ()
    if result.error is not None and result.error.unread:
        return tuple(unread_occurrences(result.before, found, str(result.error)))
    try:
        project = project or Project({result.path: result.before})
        module = project.load_module(result.path)
    except Unreadable as error:
        return tuple(unread_occurrences(result.before, found, str(error.error)))
    return tuple(_FileLedger(result, old, project, tuple(_locate_names(module.source, found))).judge_occurrences())


@dataclass(frozen=True, slots=True)
class _NamePosition:
    """An occurrence by bytes and by characters; `offset` is None where its bytes are not characters of the code."""

    name: str
    start: int
    offset: int | None
    line: int
    column: int

    def is_in(self, finding: Finding) -> bool:
        """Return whether a finding is about this very name."""
        return finding.kind not in _ABOUT_KEYS and is_about(finding, self.name, self.line, self.column)


def _locate_names(source: SourceFile, found: Iterable[tuple[int, str]]) -> Iterator[_NamePosition]:
    """Yield the occurrences with their characters, decoding each byte once."""
    file = source.file if isinstance(source, Notebook) else source
    decoder = codecs.getincrementaldecoder(file.encoding)()
    done, at = file.mark, 0
    for start, name in found:
        at += start - done if file.is_ascii else len(decoder.decode(file.raw[done:start]))
        done = start
        yield _NamePosition(name, start, _offset_in_code(source, at, name), *file.position(at))


def _offset_in_code(source: SourceFile, at: int, name: str) -> int | None:
    """Return the offset in the code of a name at an offset of the file."""
    offset = bisect_left(source.places, at) if isinstance(source, Notebook) else at
    here = not isinstance(source, Notebook) or source.places[offset : offset + 1] == (at,)
    return offset if here and source.text.startswith(name, offset) else None


class _FileLedger:
    """A readable file: the findings that cover its occurrences, and the reasons for the others."""

    def __init__(
        self, result: FileResult[bytes], old: OldNames, project: Project, found: tuple[_NamePosition, ...]
    ) -> None:
        self.result, self.old, self.project, self.spots = result, old, project, found
        self.module = project.load_module(result.path)
        self.editing = {(e.end, e.start): finding for finding in result.applied for e in finding.edits}
        self.edits = sorted((end, start) for end, start in self.editing if start < end)
        self.left, self.suppressed = _group_by_line(result.remaining), _group_by_line(result.suppressed)

    def judge_occurrences(self) -> Iterator[Occurrence]:
        """Yield each occurrence with the state of the finding that covers it, or with its own reason."""
        covered = {spot: found for spot in self.spots if (found := self._find_covering(spot))}
        others = [spot.offset for spot in self.spots if spot.offset is not None and spot not in covered]
        where = SyntaxPositions(self.module, others)
        for spot in self.spots:
            found = covered.get(spot) or (*self._find_reason(where, spot), None)
            yield Occurrence(spot.name, spot.start, spot.line, spot.column, *found)

    def _find_covering(self, spot: _NamePosition) -> _CoveredState | None:
        at = bisect_right(self.edits, (spot.start, len(self.result.before)))
        if at < len(self.edits) and self.edits[at][1] < spot.start + len(spot.name):
            finding = self.editing[self.edits[at]]
            return OccurrenceState.EDITED, finding.message, finding.rule
        for state, findings in ((OccurrenceState.MANUAL, self.left), (OccurrenceState.SUPPRESSED, self.suppressed)):
            here = [finding for finding in findings.get(spot.line, ()) if spot.is_in(finding)]
            if here:
                finding = min(here, key=lambda finding: finding.old != spot.name)
                error = self.result.error if finding.edits and state is OccurrenceState.MANUAL else None
                kept = f"; the file is unchanged: {error}" if error else ""
                return state, finding.message + kept, finding.rule
        return None

    def _find_reason(self, where: SyntaxPositions, spot: _NamePosition) -> StateReason:
        source, offset = self.module.source, spot.offset
        if offset is None:
            return _NO_CODE if isinstance(source, Notebook) else _OTHER_CHARACTERS
        if any(first <= offset < last for first, last in self.module.unread):
            return OccurrenceState.UNREAD, f"newer than Python {running_version()}: it was not read"
        is_comment = where.is_comment(offset)
        if not is_comment and is_string(where.node_at(offset)):
            return judge_string(where, offset, spot.name, self.old)
        end = offset + len(spot.name)
        if is_word_character(source.text[offset - 1 : offset]) or is_word_character(source.text[end : end + 1]):
            return _LONGER
        return (
            (OccurrenceState.COMMENT, "in a comment")
            if is_comment
            else judge_name(self.project, where, offset, spot.name)
        )


def _group_by_line(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        for line in range(finding.line, finding.end_line + 1):
            found.setdefault(line, []).append(finding)
    return found
