"""Progress on a terminal: what is being done, once a run takes long enough to wonder."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from migrator.report.printable import printable

if TYPE_CHECKING:
    from rich.status import Status
    from rich.text import Text


@contextmanager
def progress(color: bool = True, patience: float = 0.4) -> Iterator[Callable[[str], None]]:
    """A function that shows a sentence on stderr, from the time on that one would wonder (`patience`, in seconds).

    It does nothing where stderr is no terminal.
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
    """The sentence as it is: in a string, such as the name of a file, rich would look for markup."""
    from rich.text import Text

    return Text(printable(sentence))
