"""Colour for terminals, and none for anything else."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TextIO

import click

#: Colours a text, or leaves it as it is: ``paint(text, fg="red", bold=True)``.
Paint = Callable[..., str]


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to colour: as chosen, else on a terminal unless NO_COLOR (or a dumb terminal) asks for none."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painter(color: bool) -> Paint:
    """The function that colours; it keeps the text when there is to be no colour."""
    return click.style if color else _plain


def _plain(text: str, **_styles: object) -> str:
    return text
