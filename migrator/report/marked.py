"""Text that others chose, made harmless in Markdown as GitHub reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from migrator.report.printable import printable, visible

_SPECIAL = re.compile(r"[\\`*_\[\]#~]|^[-+]")
_TICKS = re.compile("`+")


def plain(text: str) -> str:
    """A text that is shown as it is: no markup, no HTML, nobody mentioned, and no cell of a table ended."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A word joiner keeps GitHub from notifying a person, or linking an issue, of that name.
    return re.sub(r"[@#](?=\w)|(?<=\w)@", lambda found: f"{found[0]}\u2060", _SPECIAL.sub(r"\\\g<0>", text))


def prose(text: str) -> str:
    """A sentence of migrator, in which names stand between backticks: those become code, the rest is plain."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(code(part) if number % 2 else plain(part) for number, part in enumerate(parts))


def code(text: str) -> str:
    """A text as code in a line."""
    text = printable(text)
    if not text.strip():
        return plain(repr(text))
    ticks = _longer(text, "`")
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


def row(cells: Iterable[str]) -> str:
    """A row of a table; a bar ends a cell even in code, so it is escaped there."""
    inner = " | ".join(cell.replace("|", "\\|") for cell in cells)
    return f"| {inner} |\n"


def html(text: str) -> str:
    """A text inside HTML."""
    return escape(printable(text), quote=True)


def fenced(text: str, language: str = "") -> str:
    """Lines as a block of code, whose fence is longer than any in them."""
    fence = _longer(text, "```")
    return f"{fence}{language}\n{visible(text)}\n{fence}\n"


def _longer(text: str, least: str) -> str:
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    return least if longest < len(least) else "`" * (longest + 1)
