"""Report files with several names (hard links): replacing one name leaves the others with the old contents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from migrator.report.printable import escape_line
from migrator.report.run_result import RunResult


def count_names(run: RunResult) -> dict[str, int]:
    """Return the number of names of each file that is about to change and has more than one."""
    names: dict[str, int] = {}
    for result in run.changed:
        with suppress(OSError):  # writing it reports the error
            number = os.stat(result.path).st_nlink  # noqa: PTH116
            if number > 1:
                names[result.path] = number
    return names


def remark_names(run: RunResult, names: Mapping[str, int]) -> tuple[str, ...]:
    """Return a remark for each written file that had more than one name."""
    return tuple(
        f"{escape_line(path)} had {names[path]:,} names (hard links); only this one was changed"
        for path in run.written or ()
        if path in names
    )
