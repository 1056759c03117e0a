"""Find the project that paths belong to."""

# ruff: noqa: PTH110, PTH112, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

#: The folder in which earlier versions recorded their runs: it travels with the project, so it is never read.
_OLD_RECORDS = ".migrator"
_MARKS = (".git", "pyproject.toml")


def project_root(paths: Iterable[str]) -> str:
    """Return the nearest folder with a repository or pyproject.toml, at or above the common folder of the paths.

    If there is none, return that common folder. Raises OSError for paths on different drives.
    """
    try:
        common = os.path.commonpath([real_folder(path) for path in paths])
    except ValueError as error:
        raise OSError(None, "the paths are on different drives; pass those of one drive at a time") from error
    return next(
        (
            folder
            for folder in folders_upwards(common)
            if any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS)
        ),
        common,
    )


def repository_root(folder: str) -> str:
    """Return the nearest folder with a repository at or above a folder, else the folder; links are resolved."""
    real = os.path.realpath(folder)
    return next((up for up in folders_upwards(real) if os.path.exists(os.path.join(up, ".git"))), real)


def find_old_records(path: str) -> str | None:
    """Return the nearest folder of records in a project, at or above a path."""
    found = (os.path.join(up, _OLD_RECORDS) for up in folders_upwards(real_folder(path)))
    return next((folder for folder in found if os.path.isdir(folder)), None)


def folders_upwards(folder: str) -> Iterator[str]:
    """Yield a folder and all its parents."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        yield folder


def real_folder(path: str) -> str:
    """Return the resolved path of a folder, or of the folder that contains a file."""
    real = os.path.realpath(path)
    return real if os.path.isdir(real) else os.path.dirname(real)
