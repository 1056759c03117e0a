"""Decide whether to colour text, and colour it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TextIO

import click

#: Colours a text or returns it unchanged: ``paint(text, fg="red", bold=True)``.
Paint = Callable[..., str]


def wants_color(choice: str, stream: TextIO) -> bool:
    """Return whether to colour: as chosen, else on a terminal, unless NO_COLOR is set or the terminal is dumb."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painter(color: bool) -> Paint:
    """Return a function that colours text, or one that returns it unchanged."""
    return click.style if color else _keep_plain


def _keep_plain(text: str, **_styles: object) -> str:
    return text
