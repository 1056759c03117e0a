"""Format the closing list of a run for a pull request comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.findings.open_task import OpenTask
from migrator.report.markdown.escape import escape_prose, inline_code

#: Lines named for each task: the folds below have all of them.
_SHOWN = 5


def task_items(tasks: Sequence[OpenTask]) -> Iterator[str]:
    """Yield the tasks as a list of boxes to tick, the most harmful first."""
    if tasks:
        yield "\n#### Before you deploy\n\n"
    for task in tasks:
        more = len(task.places) - _SHOWN
        named = ", ".join(inline_code(str(place)) for place in task.places[:_SHOWN])
        named += f", and {more:,} alike" if more > 0 else ""
        until = escape_prose(f"Until then: {task.until}.")
        yield f"- [ ] {escape_prose(task.action)} {until} {inline_code(task.rule)}: {named}\n"
