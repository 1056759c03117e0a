"""The ledger of a file: what became of every byte-level occurrence of every old name."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from migrator.code.finding import FileResult, Finding
from migrator.code.modules import Module
from migrator.code.name_reasons import judge_name
from migrator.code.occurrences import OldNames, State, spots
from migrator.code.source import Source, Unreadable, read_source
from migrator.code.string_reasons import Judged, is_word, judge_string
from migrator.code.whereabouts import Whereabouts, is_string
from migrator.rules.rule import Kind

#: Findings that are about a key, and not about the names that stand in its value.
_ABOUT_KEYS = frozenset({Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY, Kind.UNNEST})
#: The longest escape sequence but for names of characters.
_ESCAPE = 10
_LONGER = "part of a longer name or word"

#: The state of an occurrence, why, and the rule of the finding that covers it.
_Found = tuple[State, str, str | None]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of an old name: the byte at which it starts, its state and why; lines and columns from 1.

    `rule` is the id of the rule of the finding that covers it. Columns count characters, in an unread file bytes.
    """

    name: str
    start: int
    line: int
    column: int
    state: State
    reason: str
    rule: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The occurrence in the documented form."""
        return {
            "name": self.name,
            "line": self.line,
            "column": self.column,
            "state": self.state.value,
            "reason": self.reason,
            "rule": self.rule,
        }


def occurrences(result: FileResult[bytes], old: OldNames) -> tuple[Occurrence, ...]:
    """Every occurrence of every old name in the bytes before the run, in the order of the file."""
    found = spots(result.before, old.names)
    if not found:
        return ()
    try:
        source = read_source(result.path, result.before)
    except Unreadable as error:
        return tuple(_unread(result.before, found, str(error.error)))
    file = _File(result, old, source, tuple(_placed(source, found)))
    return tuple(file.judge())


@dataclass(frozen=True, slots=True)
class _Spot:
    """An occurrence by bytes and by characters; no offset where its bytes are no characters of their own."""

    name: str
    start: int
    offset: int | None
    line: int
    column: int

    def is_in(self, finding: Finding) -> bool:
        """Whether a finding speaks of this very name."""
        first, last = (finding.line, finding.column), (finding.end_line, finding.end_column)
        here = first < (self.line, self.column + len(self.name)) and (self.line, self.column) < last
        return here and self.name in (finding.old or "") and finding.kind not in _ABOUT_KEYS


def _placed(source: Source, found: Iterable[tuple[int, str]]) -> Iterator[_Spot]:
    """The occurrences with their characters: decoded piece by piece, each byte once."""
    decoder = codecs.getincrementaldecoder(source.encoding)()
    done, offset = source.mark, 0
    for start, name in found:
        offset += start - done if source.plain else len(decoder.decode(source.raw[done:start]))
        done = start
        yield _Spot(name, start, offset if source.text.startswith(name, offset) else None, *source.position(offset))


def _unread(raw: bytes, found: Iterable[tuple[int, str]], reason: str) -> Iterator[Occurrence]:
    line, done = 1, 0
    for start, name in found:
        line, done = line + raw.count(b"\n", done, start), start
        yield Occurrence(name, start, line, start - raw.rfind(b"\n", 0, start), State.UNREAD, reason)


class _File:
    """A file that can be decoded: what covers each occurrence, and what can be seen of the others."""

    def __init__(self, result: FileResult[bytes], old: OldNames, source: Source, found: tuple[_Spot, ...]) -> None:
        self.result, self.old, self.source, self.spots = result, old, source, found
        edits = {(edit.end, edit.start): finding for finding in result.applied for edit in finding.edits}
        self.edits = sorted((end, start) for end, start in edits if start < end)
        self.editing = edits
        self.left, self.suppressed = _by_line(result.left), _by_line(result.suppressed)

    def judge(self) -> Iterator[Occurrence]:
        """Each occurrence with its state: that of the finding which covers it, else what can be seen of it."""
        judged = {spot: found for spot in self.spots if (found := self._covered(spot) or self._evident(spot))}
        judged |= self._by_syntax([spot for spot in self.spots if spot not in judged])
        for spot in self.spots:
            yield Occurrence(spot.name, spot.start, spot.line, spot.column, *judged[spot])

    def _covered(self, spot: _Spot) -> _Found | None:
        at = bisect_right(self.edits, (spot.start, len(self.source.raw)))
        if at < len(self.edits) and self.edits[at][1] < spot.start + len(spot.name):
            finding = self.editing[self.edits[at]]
            return State.EDITED, finding.message, finding.rule
        for state, findings in ((State.MANUAL, self.left), (State.SUPPRESSED, self.suppressed)):
            here = [finding for finding in findings.get(spot.line, ()) if spot.is_in(finding)]
            if here:
                finding = min(here, key=lambda finding: finding.old != spot.name)
                error = self.result.error if finding.edits and state is State.MANUAL else None
                kept = f"; the file is left as it is: {error}" if error else ""
                return state, finding.message + kept, finding.rule
        return None

    def _evident(self, spot: _Spot) -> _Found | None:
        """What can be said without the syntax: an escape sequence alone can end in a letter of another word."""
        error = self.result.error
        if error is not None and error.unread:
            return State.UNREAD, str(error), None
        if spot.offset is None:
            return State.OTHER, "its bytes belong to other characters in the encoding of the file", None
        before, after = self._around(spot.offset, spot.name)
        escaped = "\\" in self.source.text[max(0, spot.offset - _ESCAPE) : spot.offset]
        longer = is_word(after) or (is_word(before) and not escaped)
        return (State.LONGER, _LONGER, None) if longer else None

    def _by_syntax(self, spots: list[_Spot]) -> dict[_Spot, _Found]:
        if not spots:
            return {}
        try:
            where = Whereabouts(Module(self.source), [spot.offset or 0 for spot in spots])
        except Unreadable as error:
            return {spot: (State.UNREAD, str(error.error), None) for spot in spots}
        return {spot: (*self._seen(where, spot.offset or 0, spot.name), None) for spot in spots}

    def _seen(self, where: Whereabouts, offset: int, name: str) -> Judged:
        if not where.is_comment(offset) and is_string(where.node(offset)):
            return judge_string(where, offset, name, self.old)
        if any(map(is_word, self._around(offset, name))):
            return State.LONGER, _LONGER
        return (State.COMMENT, "in a comment") if where.is_comment(offset) else judge_name(where, offset, name)

    def _around(self, offset: int, name: str) -> tuple[str, str]:
        """The characters before and after an occurrence."""
        text, end = self.source.text, offset + len(name)
        return text[offset - 1 : offset], text[end : end + 1]


def _by_line(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        for line in range(finding.line, finding.end_line + 1):
            found.setdefault(line, []).append(finding)
    return found
