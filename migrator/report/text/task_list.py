"""Format the closing list of a run as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.findings.open_task import OpenTask
from migrator.report.printable import escape_line, escape_line_start
from migrator.report.text.colors import Paint

TITLE = "Before you deploy"
#: Lines named for each task: the list of findings above has all of them.
_SHOWN = 5


def task_lines(tasks: Sequence[OpenTask], paint: Paint) -> Iterator[str]:
    """Yield each task with what fails until it is done, the most harmful first."""
    if not tasks:
        return
    yield paint(f"\n{TITLE} ({len(tasks):,})", bold=True) + "\n"
    for number, task in enumerate(tasks, start=1):
        more = len(task.places) - _SHOWN
        named = ", ".join(escape_line(str(place)) for place in task.places[:_SHOWN])
        named += f", and {more:,} alike" if more > 0 else ""
        yield f"  {number:,}. {escape_line(task.action)}\n"
        yield f"     {escape_line_start(named)} ({escape_line(task.rule)})\n"
        yield f"     Until then: {escape_line(task.until)}.\n"
