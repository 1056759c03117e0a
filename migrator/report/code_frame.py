"""Cut a line of code to a width around the characters that a finding is about, safe to print."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from migrator.findings.finding import Finding
from migrator.report.printable import escape_line

_CUT = "..."
#: The share of a cut line that is left for the code before the finding: it usually says more than the code after it.
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class CodeFrame:
    """The parts of a line before, at and after a finding, safe to print and cut to a width."""

    before: str
    name: str
    after: str

    @property
    def left_width(self) -> int:
        """The width of the part before the finding, in terminal cells."""
        return cell_width(self.before)

    @property
    def caret_line(self) -> str:
        """The carets to print below the finding."""
        return "^" * max(1, cell_width(self.name))

    def __str__(self) -> str:
        return self.before + self.name + self.after


def cut_frame(line: str, start: int, end: int, width: int) -> CodeFrame:
    """Return the frame of the characters from `start` to `end` of a line, without its indentation."""
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    name = _cut_end(_escape_code(line[start:end]), width)
    room = width - cell_width(name)
    # Of a line of megabytes, only the characters that can be shown are escaped and measured.
    before = _escape_code(line[:start].lstrip() if start < 4 * width else line[start - 4 * width : start])
    after = _escape_code(line[end : end + 4 * width].rstrip())
    if cell_width(before) + cell_width(after) > room:
        front = max(int(room * _SHARE), room - cell_width(after))
        before = _cut_start(before, front)
        after = _cut_end(after, room - cell_width(before))
    return CodeFrame(before, name, after)


def cell_width(text: str) -> int:
    """Return the width of a text in terminal cells."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def changed_span(line: str, finding: Finding, sign: str) -> tuple[int, int]:
    """Return the characters of a changed line to cut it around: those of the name, if the line contains it."""
    name = (finding.new if sign == "+" else finding.old) or ""
    start = max(line.find(name, max(finding.column - 1 - 4 * len(name), 0)), 0)
    return start, start + len(name)


def shorten(text: str, width: int) -> str:
    """Return the text, cut at the end if it takes more cells of a terminal than `width`."""
    return text if cell_width(text) <= width else str(cut_frame(text, 0, 0, width))


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape_code(text: str) -> str:
    return escape_line(text.replace("\t", " "))


def _cut_end(text: str, width: int) -> str:
    if cell_width(text) <= width:
        return text
    cut = _CUT[:width]
    kept = text[: width - len(cut)]
    while cell_width(kept) > width - len(cut):
        kept = kept[:-1]
    return kept + cut


def _cut_start(text: str, width: int) -> str:
    return text if cell_width(text) <= width else _cut_end(text[::-1], width)[::-1]
