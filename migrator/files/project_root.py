"""Find the project that paths belong to, and the folder in it that records what was changed."""

# ruff: noqa: PTH110, PTH112, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

#: The folder of a project that contains the originals of changed files.
FOLDER = ".migrator"
_MARKS = (".git", "pyproject.toml")


def project_root(paths: Iterable[str]) -> str:
    """Return the nearest folder with a repository or pyproject.toml, at or above the common folder of the paths.

    If there is none, return that common folder. Raises OSError for paths on different drives.
    """
    try:
        common = os.path.commonpath([_real_folder(path) for path in paths])
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


def recorded_root(path: str) -> str | None:
    """Return the nearest folder, at or above a path, in which a run has been recorded."""
    return next((up for up in folders_upwards(_real_folder(path)) if os.path.isdir(os.path.join(up, FOLDER))), None)


def folders_upwards(folder: str) -> Iterator[str]:
    """Yield a folder and all its parents."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        yield folder


def _real_folder(path: str) -> str:
    real = os.path.realpath(path)
    return real if os.path.isdir(real) else os.path.dirname(real)
