"""Make the result of a file from what its readers found, with the suppressions in its comments."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from migrator.findings.finding import Applicability, FileError, FileResult, Finding
from migrator.findings.messages import limit_evidence, write_message
from migrator.findings.reading import Reading, TextMatch
from migrator.matching.generated import GENERATED, LARGEST_HEADER, is_generated
from migrator.matching.selection import Options
from migrator.matching.suppressions import suppressions_in_bytes
from migrator.matching.vocabulary import Vocabulary

_FURTHER = re.compile(rb"[\x80-\xbf]")
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class ByteLines:
    """The starts of the lines of a file, and its bytes that start no character: there columns are not bytes."""

    starts: list[int]
    further: list[int]

    def position_of(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a byte, both from 1, the column in characters."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        skipped = bisect_left(self.further, offset) - bisect_left(self.further, start) if self.further else 0
        return line, offset - start - skipped + 1


def index_lines(raw: bytes) -> ByteLines:
    """Return the lines of a file; its byte order mark is no character."""
    further = [] if raw.isascii() else [found.start() for found in _FURTHER.finditer(raw)]
    if raw.startswith(codecs.BOM_UTF8):
        further.insert(0, 0)
    return ByteLines([0, *(found.end() for found in _LINE_END.finditer(raw))], further)


def make_result(
    path: str, raw: bytes, seen: Iterable[tuple[Vocabulary, Reading]], options: Options
) -> FileResult[bytes]:
    """Return the result of a file that is only read: nothing is edited, so it is the same before and after."""
    lines, seen = index_lines(raw), list(seen)
    note = GENERATED if is_generated(raw[:LARGEST_HEADER].decode(errors="replace")) else ""
    found: dict[tuple[int, int, str], Finding] = {}
    for words, reading in seen:
        for place in reading.matches:
            key = place.start, place.end, place.rule.id
            if key not in found and (options.notes or not place.is_note):
                found[key] = _make_finding(path, place, lines, words.target, note)
    findings = [found[key] for key in sorted(found)]
    comments = [span for _, reading in seen for span in reading.comments]
    suppressions = suppressions_in_bytes(raw, comments, lines.starts)
    quiet = [each for each in findings if suppressions.covers(each.rule, each.line, each.end_line)]
    hidden = set(quiet)
    return FileResult(
        path,
        raw,
        raw,
        findings=tuple(finding for finding in findings if finding not in hidden),
        error=_first_error(reading.error for _, reading in seen),
        suppressed=tuple(quiet),
        stale=suppressions.find_unused(path, options.left_out),
    )


def _make_finding(path: str, place: TextMatch, lines: ByteLines, target: str, note: str) -> Finding:
    line, column = lines.position_of(place.start)
    end_line, end_column = lines.position_of(place.end)
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
        evidence=limit_evidence(place.evidence),
        message=write_message(place.rule, place.old, place.new, target, place.message or note),
        advice=place.rule.advice,
        is_note=place.is_note,
    )


def _first_error(errors: Iterable[FileError | None]) -> FileError | None:
    return next((error for error in errors if error is not None), None)
