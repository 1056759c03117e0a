"""Cut a line of code to a width around the characters that a finding is about, safe to print."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from migrator.findings.finding import Finding
from migrator.report.printable import printable

_CUT = "..."
#: The share of a cut line that is left for the code before the finding: it usually says more than the code after it.
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a line before, at and after a finding, safe to print and cut to a width."""

    before: str
    name: str
    after: str

    @property
    def pad(self) -> int:
        """The width of the part before the finding, in terminal cells."""
        return cells(self.before)

    @property
    def mark(self) -> str:
        """The carets to print below the finding."""
        return "^" * max(1, cells(self.name))

    def __str__(self) -> str:
        return self.before + self.name + self.after


def frame(line: str, start: int, end: int, width: int) -> Frame:
    """Return the frame of the characters from `start` to `end` of a line, without its indentation."""
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    name = _end_cut(_shown(line[start:end]), width)
    room = width - cells(name)
    # Of a line of megabytes, only the characters that can be shown are escaped and measured.
    before = _shown(line[:start].lstrip() if start < 4 * width else line[start - 4 * width : start])
    after = _shown(line[end : end + 4 * width].rstrip())
    if cells(before) + cells(after) > room:
        front = max(int(room * _SHARE), room - cells(after))
        before = _start_cut(before, front)
        after = _end_cut(after, room - cells(before))
    return Frame(before, name, after)


def cells(text: str) -> int:
    """Return the width of a text in terminal cells."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def differing(line: str, finding: Finding, sign: str) -> tuple[int, int]:
    """Return the characters of a changed line to cut it around: those of the name, if the line contains it."""
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
