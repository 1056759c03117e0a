"""Text of tables and of users made harmless in Markdown as GitHub reads it: shown, and nothing in it obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from migrator.report.printable import printable, visible

_BLANKS = re.compile(r"\s+")
_SPAN = re.compile(r"(?<!`)`(\s*[^`\s][^`]*)`(?!`)")
_SPECIAL = re.compile(r"[\\`*\[\]#~]|(?<!\w)_|_(?!\w)|^[-+=]|^\d+[.)]")
_NOTIFIES = re.compile(r"[@#](?=\w)|(?<=\w)@")
_TICKS = re.compile(r"`+")


def plain(text: str) -> str:
    """A text that is shown as it is: no markup, no HTML, and nobody mentioned."""
    text = escape(printable(text), quote=False)
    text = _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
    # A word joiner keeps GitHub from notifying a person, or linking an issue, of that name.
    return _NOTIFIES.sub(lambda found: f"{found[0]}\u2060", text)


def prose(text: str) -> str:
    """A sentence of migrator: what stands between two backticks stays code, everything else is shown as it is."""
    pieces = _SPAN.split(printable(_BLANKS.sub(" ", text).strip()))
    return "".join(code(piece) if number % 2 else plain(piece) for number, piece in enumerate(pieces))


def code(text: str) -> str:
    """A text as code in a line."""
    text = printable(text)
    if not text.strip():
        return plain(repr(text))
    ticks = _longer(text, "`")
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def value(value: object) -> str:
    """A JSON value as code."""
    return code(json.dumps(value))


def row(cells: Iterable[str]) -> str:
    """A row of a table; a bar ends a cell even in code, so it is escaped there."""
    return f"| {' | '.join(map(_cell, cells))} |\n"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, its columns lined up for whoever reads the source."""
    cells = [list(map(_cell, each)) for each in (titles, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    for each in cells:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(each, widths, strict=True))} |\n"


def anchor(heading: str) -> str:
    """The name that GitHub gives to a heading, for a link to it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def html(text: str) -> str:
    """A text inside HTML."""
    return escape(printable(text), quote=True)


def fenced(text: str, language: str = "") -> str:
    """Lines as a block of code, whose fence is longer than any in them."""
    fence = _longer(text, "```")
    return f"{fence}{language}\n{visible(text)}\n{fence}\n"


def _cell(markdown: str) -> str:
    return markdown.replace("|", "\\|")


def _longer(text: str, least: str) -> str:
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    return least if longest < len(least) else "`" * (longest + 1)
