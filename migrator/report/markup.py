"""Markdown that shows what it is given: text of tables and of users with everything escaped that would be obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from migrator.report.printable import printable

_BLANKS = re.compile(r"\s+")
_SPAN = re.compile(r"(?<!`)`(\s*[^`\s][^`]*)`(?!`)")
_OBEYED = re.compile(r"[\\`*\[\]<>&|~]|(?<!\w)_|_(?!\w)|^[#+=-]|^\d+[.)]")
_TICKS = re.compile(r"`+")


def prose(text: str) -> str:
    """A sentence as Markdown: what stands between two backticks stays code, everything else is shown as it is."""
    pieces = _SPAN.split(printable(_BLANKS.sub(" ", text).strip()))
    return "".join(code(piece) if index % 2 else _plain(piece) for index, piece in enumerate(pieces))


def code(text: str) -> str:
    """A name or a value as code, on one line."""
    text = printable(text)
    ticks = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def value(value: object) -> str:
    """A JSON value as code."""
    return code(json.dumps(value))


def anchor(heading: str) -> str:
    """The name that GitHub gives to a heading, for a link to it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of Markdown cells, its columns lined up for whoever reads the source."""
    cells = [list(titles), *([_cell(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(titles))]
    for number, row in enumerate(cells):
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |\n"
        if number == 0:
            yield f"| {' | '.join('-' * width for width in widths)} |\n"


def _cell(markdown: str) -> str:
    """A bar ends a cell even inside of code; the escaped bars of prose stay what they are."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", markdown)


def _plain(text: str) -> str:
    return _OBEYED.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", text)
