"""Text as Markdown that shows it as it is."""

from __future__ import annotations

import re

from migrator.report.printable import printable, visible

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_TICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """Text in which nothing is marked up, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", printable(text))


def code(text: str) -> str:
    """Text as a piece of code within a line."""
    shown = printable(text)
    fence = "`" * (_longest(shown) + 1)
    blank = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def block(text: str, language: str) -> str:
    """Text as a block of code."""
    shown = visible(text)
    fence = "`" * max(3, _longest(shown) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
