"""Escape text from users and tables for GitHub's Markdown, so that it is displayed and never interpreted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from migrator.report.printable import escape_controls, escape_line

_BLANKS = re.compile(r"\s+")
_SPAN = re.compile(r"(?<!`)`(\s*[^`\s][^`]*)`(?!`)")
_SPECIAL = re.compile(r"[\\`*\[\]#~]|(?<!\w)_|_(?!\w)|^[-+=]|^\d+[.)]")
_NOTIFIES = re.compile(r"[@#](?=\w)|(?<=\w)@")
_TICKS = re.compile(r"`+")


def escape_text(text: str) -> str:
    """Return text without markup, HTML or mentions."""
    text = escape(escape_line(text), quote=False)
    text = _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
    # A word joiner keeps GitHub from notifying a user, or linking an issue, of that name.
    return _NOTIFIES.sub(lambda found: f"{found[0]}\u2060", text)


def escape_prose(text: str) -> str:
    """Return a sentence of migrator, with the parts between backticks as code and the rest escaped."""
    pieces = _SPAN.split(escape_line(_BLANKS.sub(" ", text).strip()))
    return "".join(inline_code(piece) if number % 2 else escape_text(piece) for number, piece in enumerate(pieces))


def inline_code(text: str) -> str:
    """Return text as inline code."""
    text = escape_line(text)
    if not text.strip():
        return escape_text(repr(text))
    ticks = _longer_fence(text, "`")
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def json_code(value: object) -> str:
    """Return a JSON value as inline code."""
    return inline_code(json.dumps(value))


def table_row(cells: Iterable[str]) -> str:
    """Return a table row; vertical bars are escaped, because they end a cell even in code."""
    return f"| {' | '.join(map(_escape_cell, cells))} |\n"


def aligned_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table with its columns aligned in the source."""
    cells = [list(map(_escape_cell, each)) for each in (titles, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    for each in cells:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(each, widths, strict=True))} |\n"


def heading_anchor(heading: str) -> str:
    """Return the name that GitHub gives a heading, to link to it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def escape_html(text: str) -> str:
    """Escape text for HTML."""
    return escape(escape_line(text), quote=True)


def fence_code(text: str, language: str = "") -> str:
    """Return a code block whose fence is longer than any in the text."""
    fence = _longer_fence(text, "```")
    return f"{fence}{language}\n{escape_controls(text)}\n{fence}\n"


def _escape_cell(markdown: str) -> str:
    return markdown.replace("|", "\\|")


def _longer_fence(text: str, least: str) -> str:
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    return least if longest < len(least) else "`" * (longest + 1)
