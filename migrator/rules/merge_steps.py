"""Merge the files that extend a step into it: they add rows, override rows by id, and drop rows by id.

A file extends a step if it is in a folder that is loaded after that of the step, and has its API and its two versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from migrator.rules.build_rows import TomlData
from migrator.rules.table_errors import FILE_HEAD, TableProblem, format_row_title


@dataclass(frozen=True, slots=True)
class TableFile:
    """Hold the data of a file, and the number of the folder, in the order of loading, that it was found in."""

    path: str
    folder: int
    data: TomlData


@dataclass(frozen=True, slots=True)
class RowOrigin:
    """Name the file of a row and its position there."""

    file: str
    index: int


@dataclass(slots=True)
class MergedStep:
    """Hold the data of a step with that of the files that extend it; `origins` are those of its rows."""

    file: str
    folder: int
    data: dict[str, Any]
    origins: list[RowOrigin]

    def extend(self, extension: TableFile) -> Iterator[TableProblem]:
        """Add, override and drop rows; yield what cannot be done."""
        self.folder = extension.folder
        yield from self._drop_rows(extension)
        yield from self._add_places(extension)
        for index, row in enumerate(extension.data.get("rule", ())):
            title, origin = format_row_title(index, row["id"]), RowOrigin(extension.path, index)
            at = self._find_row(row["id"])
            if at is None and row.get("override", False):
                hint = f"remove `override` to add the row{_suggest(row['id'], self._list_ids())}"
                message = f"{self.file} has no row {row['id']!r} to override"
                yield TableProblem(extension.path, title, "override", message, hint)
            elif at is None or self.origins[at].file == extension.path:
                self.data["rule"].append(row)
                self.origins.append(origin)
            elif row.get("override", False):
                self.data["rule"][at], self.origins[at] = row, origin
            else:
                hint = "set override = true to replace that row, or give this one another id"
                message = f"the id {row['id']!r} is used twice, also in {self.origins[at].file}"
                yield TableProblem(extension.path, title, "id", message, hint)

    def _drop_rows(self, extension: TableFile) -> Iterator[TableProblem]:
        for name in extension.data.get("drop", ()):
            at = self._find_row(name)
            if at is None:
                hint = f"name a row of the step that is loaded before{_suggest(name, self._list_ids())}"
                yield TableProblem(extension.path, FILE_HEAD, "drop", f"{self.file} has no row {name!r}", hint)
            else:
                del self.data["rule"][at], self.origins[at]

    def _add_places(self, extension: TableFile) -> Iterator[TableProblem]:
        places = self.data.setdefault("places", {})
        for name, listed in extension.data.get("places", {}).items():
            if places.setdefault(name, listed) != listed:
                message = f"{self.file} has another list {name!r}"
                yield TableProblem(extension.path, "[places]", name, message, "give the list another name")

    def _find_row(self, name: str) -> int | None:
        return next((at for at, row in enumerate(self.data["rule"]) if row["id"] == name), None)

    def _list_ids(self) -> list[str]:
        return [row["id"] for row in self.data["rule"]]


def merge_steps(files: Iterable[TableFile]) -> tuple[list[MergedStep], list[TableProblem]]:
    """Merge the checked files of steps, in the order of loading; return the steps, and what cannot be merged."""
    steps: list[MergedStep] = []
    problems: list[TableProblem] = []
    for file in files:
        base = next((step for step in steps if step.folder < file.folder and _is_same_step(step.data, file.data)), None)
        if base is not None:
            problems += base.extend(file)
            continue
        problems += _find_misplaced_keys(file)
        rows = [*file.data.get("rule", ())]
        origins = [RowOrigin(file.path, index) for index in range(len(rows))]
        steps.append(MergedStep(file.path, file.folder, {**file.data, "rule": rows}, origins))
        steps[-1].data["places"] = dict(file.data.get("places", {}))
    problems += [
        TableProblem(step.file, FILE_HEAD, "drop", "no row of the step is left", "keep one row, or leave the table out")
        for step in steps
        if not step.data["rule"]
    ]
    return steps, problems


def _find_misplaced_keys(file: TableFile) -> Iterator[TableProblem]:
    """Yield the keys that a step may have only if it extends another."""
    start, end = file.data["from"], file.data["to"]
    message = f"no step of {file.data['api']} from {start} to {end} is loaded before this file"
    hint = "load the folder of that step first, or correct `api`, `from` and `to`"
    if "drop" in file.data:
        yield TableProblem(file.path, FILE_HEAD, "drop", message, hint)
    for index, row in enumerate(file.data.get("rule", ())):
        if row.get("override", False):
            yield TableProblem(file.path, format_row_title(index, row["id"]), "override", message, hint)


def _is_same_step(one: TomlData, other: TomlData) -> bool:
    return all(one[key] == other[key] for key in ("api", "from", "to"))


def _suggest(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
