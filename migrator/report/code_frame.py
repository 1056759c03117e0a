"""A line of code with the place marked that a finding is about: cut around it, and harmless to print."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from migrator.findings.finding import Finding
from migrator.report.printable import printable

_CUT = "..."
#: How much of the room in front of a place is kept where a line has to be cut.
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before, at and behind a place, made harmless and cut to a width."""

    before: str
    name: str
    after: str

    @property
    def pad(self) -> int:
        """The cells of a terminal that stand before the place."""
        return cells(self.before)

    @property
    def mark(self) -> str:
        """What stands below the place to point at it."""
        return "^" * max(1, cells(self.name))

    def __str__(self) -> str:
        return self.before + self.name + self.after


def frame(line: str, start: int, end: int, width: int) -> Frame:
    """The frame of the characters from `start` up to `end` of a line, without its indentation."""
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    name = _end_cut(_shown(line[start:end]), width)
    room = width - cells(name)
    # Of a long line no more is looked at than can be shown.
    before = _shown(line[:start].lstrip() if start < 4 * width else line[start - 4 * width : start])
    after = _shown(line[end : end + 4 * width].rstrip())
    if cells(before) + cells(after) > room:
        front = max(int(room * _SHARE), room - cells(after))
        before = _start_cut(before, front)
        after = _end_cut(after, room - cells(before))
    return Frame(before, name, after)


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def differing(line: str, finding: Finding, sign: str) -> tuple[int, int]:
    """The characters of a changed line around which it is cut: those of the name, if it holds one."""
    name = (finding.new if sign == "+" else finding.old) or ""
    start = max(line.find(name, max(finding.column - 1 - 4 * len(name), 0)), 0)
    return start, start + len(name)


def shortened(text: str, width: int) -> str:
    """Return the text, cut at the end if it takes more cells of a terminal than `width`."""
    return text if cells(text) <= width else str(frame(text, 0, 0, width))


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _end_cut(text: str, width: int) -> str:
    if cells(text) <= width:
        return text
    cut = _CUT[:width]
    kept = text[: width - len(cut)]
    while cells(kept) > width - len(cut):
        kept = kept[:-1]
    return kept + cut


def _start_cut(text: str, width: int) -> str:
    return text if cells(text) <= width else _end_cut(text[::-1], width)[::-1]
