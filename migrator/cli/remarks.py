"""Remarks of commands that change files: folders of old records that are ignored, and files with several names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from migrator.files.project_root import find_old_records
from migrator.report.printable import escape_line
from migrator.report.run_result import RunResult


def remark_old_records(paths: Iterable[str]) -> Iterator[str]:
    """Yield a remark if a `.migrator` folder, where earlier versions kept records, is at or above one of the paths."""
    for folder in sorted({found for path in paths if (found := find_old_records(path))})[:1]:
        yield f"{escape_line(folder)} is ignored: runs are recorded in your state folder, not in the project; delete it"


def count_names(run: RunResult) -> dict[str, int]:
    """Return the number of names of each file that is about to change and has more than one (hard links)."""
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
