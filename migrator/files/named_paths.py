"""Find the projects of the named paths: a path decides what is reported and edited, its project what is known."""

# Paths are compared as they are displayed.
# ruff: noqa: PTH100, PTH110, PTH112, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from migrator.files.project_root import folders_upwards
from migrator.files.search_files import normalize_path

#: Files that mark the root of a project.
_MARKS = ("pyproject.toml", ".git")


@dataclass(frozen=True, slots=True)
class NamedPath:
    """A path as it was typed, and as a search of its project displays it, so that imports are found by their paths."""

    typed: str
    shown: str
    root: str


def locate_paths(paths: Iterable[str], root: str | None = None) -> tuple[NamedPath, ...]:
    """Return the paths with the projects that contain them; `root` is the project of all, if given."""
    return tuple(_locate_path(path, root) for path in paths)


def list_searched(named: Iterable[NamedPath], evidence: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the paths to search: the named ones first, then their projects and further evidence."""
    named = tuple(named)
    return tuple(dict.fromkeys((*(each.shown for each in named), *(each.root for each in named), *evidence)))


def _locate_path(path: str, asked: str | None) -> NamedPath:
    """Return a path with its project: the nearest marked folder, else its own."""
    path = normalize_path(path)
    whole = os.path.realpath(path) if os.pardir in path.split("/") else os.path.abspath(path)
    folder = whole if os.path.isdir(whole) else os.path.dirname(whole)
    root = asked and os.path.abspath(asked)
    root = root or next((up for up in folders_upwards(folder) if _is_marked(up)), None)
    if root is None and (whole == folder or _is_shared(folder)):
        return NamedPath(path, path, path)
    root = root or folder
    if Path(path).is_absolute():
        return NamedPath(path, whole, root)
    try:
        shown = os.path.relpath(root)
    except ValueError:  # on another drive
        return NamedPath(path, whole, root)
    return NamedPath(path, os.path.normpath(os.path.join(shown, os.path.relpath(whole, root))), shown)


def _is_marked(folder: str) -> bool:
    return any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS)


def _is_shared(folder: str) -> bool:
    """Return whether a folder without a mark holds much that belongs to no project: a home or temporary folder."""
    shared = (os.path.expanduser("~"), os.path.abspath(os.sep), os.environ.get("TMPDIR") or "/tmp")  # noqa: PTH111
    return folder in {os.path.abspath(each) for each in shared}
