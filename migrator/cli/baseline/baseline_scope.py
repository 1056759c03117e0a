"""Decide which entries of a baseline a run covers, by file and rule."""

# ruff: noqa: PTH118, PTH120
from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from migrator.files.search_state import NamesByFolder, contains_name
from migrator.matching.selection import Options
from migrator.report.baseline.known_findings import BaselineEntry, FileNamer
from migrator.report.run_result import RunResult


@dataclass(frozen=True, slots=True)
class BaselineScope:
    """The names of files in a baseline, and which of its entries the run covers."""

    file_name: FileNamer
    covers_entry: Callable[[BaselineEntry], bool]
    is_deleted: Callable[[BaselineEntry], bool]


def scope_of(run: RunResult, options: Options, paths: Iterable[str], baseline: str) -> BaselineScope:
    """Return the scope of a run over `paths` for a baseline file. Raises ValueError for files on another drive."""
    home = os.path.realpath(os.path.dirname(baseline) or os.curdir)
    name = file_namer(home)
    rules = {rule.id for chain in options.selected for rule in chain.rules()}
    unread = {name(result.path) for result in run.results if result.error is not None and result.error.unread}
    roots = [os.path.realpath(path) for path in paths]
    searched = _searched_files(run.files, name)

    def is_gone(row: BaselineEntry) -> bool:
        return not os.path.lexists(os.path.join(home, row.path))

    def judges(row: BaselineEntry) -> bool:
        if row.rule not in rules or row.path in unread:
            return False
        return _is_below(os.path.join(home, row.path), roots) and (searched(row.path) or is_gone(row))

    return BaselineScope(name, judges, is_gone)


def file_namer(home: str) -> FileNamer:
    """Return a function that names files relative to a resolved folder; a file that is a link keeps its name."""

    @cache
    def folder(path: str) -> str:
        way = os.path.relpath(os.path.realpath(path), home).replace(os.sep, "/")
        return "" if way == "." else f"{way}/"

    def name(path: str) -> str:
        above, _, last = path.replace(os.sep, "/").rpartition("/")
        return folder(above or ("/" if path.startswith("/") else os.curdir)) + last

    return name


def _searched_files(files: NamesByFolder, name: FileNamer) -> Callable[[str], bool]:
    """Return a function that reports whether a file was searched, by its name in the baseline."""
    shown: dict[str, list[str]] = defaultdict(list)
    for folder in files:
        shown[name(f"{folder}x")[:-1]].append(folder)

    def searched(path: str) -> bool:
        above, slash, last = path.rpartition("/")
        return any(contains_name(files, folder, last) for folder in shown.get(above + slash, ()))

    return searched


def _is_below(path: str, roots: Iterable[str]) -> bool:
    above, name = os.path.split(path)
    real = os.path.join(os.path.realpath(above), name)
    return any(real == root or real.startswith(os.path.join(root, "")) for root in roots)
