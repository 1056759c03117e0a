"""Read the files that set environment variables and settings, beside the files that were searched or above them."""

# Paths are compared as they are displayed.
# ruff: noqa: PTH110
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from migrator.files.read import read_bytes

_STAGES = ("local", "dev", "development", "test", "staging", "prod", "production", "example", "sample", "template")
_COMPOSE = ("docker-compose", "docker-compose.override", "docker-compose.prod", "docker-compose.dev", "compose")
_CONFIG = ("config", "settings", "app", "env", "configmap", "values")
#: Files are asked for by their paths, since a reader lists no folders: the names that tools read by default. A setting
#: in a file of another name is not seen.
SETTINGS_FILES = (
    ".env",
    *(f".env.{stage}" for stage in _STAGES),
    ".flaskenv",
    ".envrc",
    "Dockerfile",
    *(f"{name}.{end}" for name in _COMPOSE for end in ("yml", "yaml")),
    *(f"{name}.{end}" for name in _CONFIG for end in ("toml", "yml", "yaml", "json", "ini")),
    "pyproject.toml",
    "setup.cfg",
    "tox.ini",
    "pytest.ini",
)
_NAMES = frozenset(SETTINGS_FILES)
#: Files that mark the root of a project: settings above it belong to others.
_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg")
#: Settings are written by hand; a larger file is data and is not read.
_LARGEST = 1024 * 1024


def find_parent_folders(path: str) -> Iterator[str]:
    """Yield the folder of a file, and those above it, nearest first; each is empty or ends in a slash."""
    folder = path[: path.rfind("/") + 1]
    yield folder
    while inner := folder.rstrip("/"):
        folder = inner[: inner.rfind("/") + 1]
        yield folder


def read_settings_file(path: str, searched: Iterable[str]) -> bytes:
    """Return the bytes of a settings file that belongs to one of the searched folders. Raise OSError for any other."""
    folder, slash, name = path.rpartition("/")
    if name not in _NAMES or not any(_is_within_project(folder + slash, inner) for inner in searched):
        raise FileNotFoundError(None, "is not among the given files", path)
    raw = read_bytes(path)
    if len(raw) > _LARGEST:
        raise FileNotFoundError(None, "is too large for a file of settings", path)
    return raw


def _is_within_project(folder: str, searched: str) -> bool:
    """Return whether a folder is a searched one, or above it and in the same project."""
    for above in find_parent_folders(searched):
        if above.removeprefix("./") == folder.removeprefix("./"):
            return True
        if any(os.path.exists(above + mark) for mark in _MARKS):
            return False
    return False
