"""Cut the code around an entry, and the lines that its edits change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrator.findings.finding import Edit
from migrator.report.page.clip_line import Span, clip_line
from migrator.report.redact import redact_secrets
from migrator.report.source_lines import SourceLines

AROUND = 3
#: Lines of one excerpt, and excerpts of one finding, shown at most: about one screen. The edit itself is not shortened.
_LONGEST, _MOST = 12, 6
#: Bytes decoded before and after the edits of a line: more than is shown of it, and little in a file of one line.
_REACH = 2_000
_PART = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class EntryRange:
    """The location of an entry: lines and columns from 1, the end exclusive; `old` is the name to mark in it."""

    line: int
    column: int
    end_line: int
    end_column: int
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Hunk:
    """The lines from `first` to `last`, and their replacement, each with the spans that are new.

    For an insertion, `last` is the line above and `first` the one below.
    """

    first: int
    last: int
    new: tuple[tuple[str, list[Span]], ...]


def mark_spans(code: SourceLines, place: EntryRange) -> Iterator[tuple[int, list[Span]]]:
    """Yield the spans to mark in each line of an entry: the old name if it occurs, else the whole range."""
    for line in range(place.line, min(place.end_line, place.line + _LONGEST - 1, code.count) + 1):
        text = code.shown_line(line)
        start = place.column - 1 if line == place.line else len(text) - len(text.lstrip())
        end = min(place.end_column - 1, len(text)) if line == place.end_line else len(text)
        named = list(_find_name(text, place.old, start, end)) if place.old else []
        if named or (line == place.line and start < end) or (not place.old and start < end):
            yield line, named or [(start, end)]


def excerpt_ranges(place: EntryRange, hunks: Sequence[Hunk], lines: int) -> list[tuple[int, int]]:
    """Return the first and last line of each part of a file to show for an entry, its own part first."""
    first, last = place.line, min(place.end_line, place.line + _LONGEST - 1)
    near = [h for h in hunks if h.first - AROUND <= last + AROUND and h.last + AROUND >= first - AROUND]
    near = [hunk for hunk in near if hunk.last - hunk.first < _LONGEST]
    found = [(min([first, *(h.first for h in near)]) - AROUND, max([last, *(h.last for h in near)]) + AROUND)]
    found += [(hunk.first - 1, min(hunk.last, hunk.first + _LONGEST) + 1) for hunk in hunks if hunk not in near]
    return [(max(1, start), min(lines, end)) for start, end in found[:_MOST] if start <= lines]


def edit_hunks(code: SourceLines, edits: Iterable[Edit]) -> list[Hunk]:
    """Return the lines that edits touch, before and after; adjacent lines are one hunk."""
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(set(edits)):
        first, last = code.line_number(edit.start), code.line_number(max(edit.start, edit.end - 1))
        if groups and first <= groups[-1][1] + 1:
            groups[-1] = (groups[-1][0], max(last, groups[-1][1]), [*groups[-1][2], edit])
        else:
            groups.append((first, last, [edit]))
    return [hunk for group in groups for hunk in _make_hunk(code, *group)]


def _make_hunk(code: SourceLines, first: int, last: int, edits: list[Edit]) -> Iterator[Hunk]:
    """Yield the hunk of some edits; nothing if they are too far apart to show."""
    start, end = code.line_span(first, last)
    done, stop = max(start, edits[0].start - _REACH), min(end, max(edit.end for edit in edits) + _REACH)
    if stop - done > _REACH * 10:
        return
    pieces, decoded, raw = list[tuple[str, bool]](), code.decode_bytes, code.raw
    for edit in edits:
        pieces += (decoded(raw[done : edit.start]), False), (decoded(edit.replacement), True)
        done = edit.end
    pieces.append((decoded(raw[done:stop]), False))
    after = "".join(text for text, _ in pieces)
    if after and stop == end and last < code.count and not after.endswith(("\r", "\n")):
        yield from _make_hunk(code, first, last + 1, edits)
        return
    new = [(redact_secrets(text), spans) for text, spans in _split_lines(pieces)]
    while new and first <= last and new[-1] == (code.shown_line(last), []):
        last -= new.pop() is not None
    while new and first <= last and new[0] == (code.shown_line(first), []):
        first += new.pop(0) is not None
    yield Hunk(first, last, tuple(clip_line(text, spans) for text, spans in new[: _LONGEST * 2]))


def _split_lines(pieces: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, list[Span]]]:
    """Yield the lines of a text in pieces, each with the spans of the new pieces."""
    line, spans = "", list[Span]()
    for piece, is_new in pieces:
        for part in _PART.findall(piece.replace("\r\n", "\n").replace("\r", "\n")):
            text = part.removesuffix("\n")
            if is_new and text.strip():
                spans.append((len(line), len(line) + len(text)))
            line += text
            if part.endswith("\n"):
                yield line, spans
                line, spans = "", []
    if line:
        yield line, spans


def _find_name(text: str, name: str, start: int, end: int) -> Iterator[Span]:
    at = text.find(name, start, end)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name), end)
