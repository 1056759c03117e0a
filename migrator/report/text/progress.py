"""Show progress on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from migrator.report.printable import escape_line

if TYPE_CHECKING:
    from rich.status import Status
    from rich.text import Text


@contextmanager
def show_progress(color: bool = True, patience: float = 0.4) -> Iterator[Callable[[str], None]]:
    """Return a function that shows a message on stderr, once `patience` seconds have passed.

    The function does nothing if stderr is not a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    start = time.monotonic()
    with ExitStack() as stack:
        shown: list[Status] = []

        def show(sentence: str) -> None:
            if not shown and time.monotonic() - start >= patience:
                from rich.console import Console

                shown.append(stack.enter_context(Console(stderr=True, no_color=None if color else True).status("")))
            for status in shown:
                status.update(_as_text(sentence))

        yield show


def _as_text(sentence: str) -> Text:
    """Return the message as text, because rich would interpret markup in a string, such as a file name."""
    from rich.text import Text

    return Text(escape_line(sentence))
