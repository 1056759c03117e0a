"""Shorten a line of code around its marked parts, with invisible characters shown."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.report.page.html_escape import show_invisible
from migrator.report.source_lines import utf16_length

#: Characters shown of a line, two of a usual width, and how many of them before the first span; `…` marks a cut.
WIDEST = 240
_BEFORE = 80
_CUT = "…"

#: The start and end of a part of a line, in characters.
Span = tuple[int, int]


def clip_line(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return a line and its spans in UTF-16 code units, shortened around the first span."""
    if not spans and len(text) <= WIDEST:
        return show_invisible(text), []
    first = max(0, spans[0][0] - _BEFORE) if len(text) > WIDEST and spans and spans[0][1] > WIDEST else 0
    last = first + WIDEST
    shown, marks, done = (_CUT if first else ""), list[Span](), first
    for start, end in spans:
        if done <= start < last:
            shown += show_invisible(text[done:start])
            marked = show_invisible(text[start : min(end, last)])
            marks.append((utf16_length(shown), utf16_length(shown) + utf16_length(marked)))
            shown, done = shown + marked, min(end, last)
    return shown + show_invisible(text[done:last]) + (_CUT if len(text) > last else ""), marks
