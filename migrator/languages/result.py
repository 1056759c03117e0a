"""From what was seen in a file to what became of it: findings for a person, with what comments suppress."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from migrator.code.finding import Applicability, FileError, FileResult, Finding
from migrator.code.options import Options
from migrator.code.wording import said
from migrator.languages.place import Place, Reading
from migrator.languages.suppress import covers, stale, suppressions
from migrator.languages.words import Words

_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class Lines:
    """The lines of a file, to tell positions in characters from offsets in bytes."""

    raw: bytes
    starts: list[int]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a byte, both from 1, the column in characters."""
        line = bisect_right(self.starts, offset)
        before = self.raw[self.starts[line - 1] : offset]
        if line == 1 and before.startswith(b"\xef\xbb\xbf"):
            before = before[3:]
        return line, len(before.decode(errors="replace")) + 1


def lines_of(raw: bytes) -> Lines:
    """The lines of a file."""
    return Lines(raw, [0, *(found.end() for found in _LINE_END.finditer(raw))])


def result_of(path: str, raw: bytes, seen: Iterable[tuple[Words, Reading]], options: Options) -> FileResult[bytes]:
    """What became of a file that is only read: nothing is edited, so it is the same before and after."""
    lines, seen = lines_of(raw), list(seen)
    found: dict[tuple[int, int, str], Finding] = {}
    for words, reading in seen:
        for place in reading.places:
            key = place.start, place.end, place.rule.id
            if options.wants(place.rule) and key not in found:
                found[key] = _finding(path, place, lines, words.target)
    findings = [found[key] for key in sorted(found)]
    comments = [span for _, reading in seen for span in reading.comments]
    asked = suppressions(raw, comments, lines.starts)
    quiet = [finding for finding in findings if any(covers(each, line, finding) for line, each in asked)]
    hidden = set(quiet)
    return FileResult(
        path,
        raw,
        raw,
        findings=tuple(finding for finding in findings if finding not in hidden),
        error=_error(reading.error for _, reading in seen),
        suppressed=tuple(quiet),
        stale=stale(path, asked, findings, options),
    )


def _finding(path: str, place: Place, lines: Lines, target: str) -> Finding:
    line, column = lines.position(place.start)
    end_line, end_column = lines.position(place.end)
    return Finding(
        rule=place.rule.id,
        kind=place.rule.kind.value,
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        old=place.old,
        new=place.new,
        applicability=Applicability.MANUAL,
        evidence=tuple(dict.fromkeys(place.evidence))[:8],
        message=said(place.rule, place.old, place.new, target, place.message or ""),
        advice=place.rule.advice,
    )


def _error(errors: Iterable[FileError | None]) -> FileError | None:
    return next((error for error in errors if error is not None), None)
