"""Tell the user about a `.migrator` folder in the project, which earlier versions used and which is ignored now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.files.project_root import find_old_records
from migrator.report.printable import escape_line


def remark_old_records(paths: Iterable[str]) -> Iterator[str]:
    """Yield a remark if there is a folder of records at or above one of the paths."""
    for folder in sorted({found for path in paths if (found := find_old_records(path))})[:1]:
        yield f"{escape_line(folder)} is ignored: runs are recorded in your state folder, not in the project; delete it"
