"""Read the files that set environment variables and settings, beside the files that were searched or above them."""

# Paths are compared as they are displayed.
# ruff: noqa: PTH110, PTH113
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from migrator.files.read import read_bytes

_STAGES = ("local", "dev", "development", "test", "testing", "ci", "staging", "prod", "production", "docker", "default")
_SAMPLES = ("example", "sample", "template", "dist")
_COMPOSE = tuple(
    f"{base}{part}"
    for base in ("docker-compose", "compose")
    for part in ("", *(f".{stage}" for stage in ("override", *_STAGES)), "-dev", "-prod", "-test")
)
_CONFIG = ("config", "settings", "app", "env", "configmap", "values")
#: Manifests of Kubernetes, by the names of their kinds, and the folders in which they are kept beside the code.
_MANIFESTS = ("deployment", "configmap", "cronjob", "job", "statefulset")
_DEPLOYED = ("", "k8s/", "kubernetes/", "deploy/", "manifests/")
_WORKFLOWS = ("ci", "cd", "main", "build", "test", "tests", "deploy", "release", "python-app", "python-package")
#: Files are asked for by their paths, since a reader lists no folders: the names that tools read by default. A setting
#: in a file of another name is not seen.
SETTINGS_FILES = tuple(
    dict.fromkeys(
        (
            ".env",
            *(f".env.{stage}" for stage in (*_STAGES, *_SAMPLES)),
            *(f".env.{stage}.local" for stage in _STAGES if stage != "local"),
            ".flaskenv",
            ".envrc",
            "Dockerfile",
            *(f"{name}.{end}" for name in _COMPOSE for end in ("yml", "yaml")),
            *(f"{name}.{end}" for name in _CONFIG for end in ("toml", "yml", "yaml", "json", "ini")),
            *(f"{folder}{name}.{end}" for folder in _DEPLOYED for name in _MANIFESTS for end in ("yml", "yaml")),
            ".gitlab-ci.yml",
            *(f".github/workflows/{name}.{end}" for name in _WORKFLOWS for end in ("yml", "yaml")),
            "pyproject.toml",
            "setup.cfg",
            "tox.ini",
            "pytest.ini",
        )
    )
)
_NAMES = frozenset(SETTINGS_FILES)
#: Parts of the longest of these names: a file in `.github/workflows`.
_LONGEST_NAME = 3
#: Files that mark the root of a project: settings above it belong to others.
_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg")
#: Settings are written by hand; a larger file is data and is not read.
_LARGEST = 1024 * 1024


def is_sample(name: str) -> bool:
    """Return whether a file of this name shows how to set variables, and sets none."""
    return name.rpartition(".")[2] in _SAMPLES


def find_parent_folders(path: str) -> Iterator[str]:
    """Yield the folder of a file, and those above it, nearest first; each is empty or ends in a slash."""
    folder = path[: path.rfind("/") + 1]
    yield folder
    while inner := folder.rstrip("/"):
        folder = inner[: inner.rfind("/") + 1]
        yield folder


def read_settings_file(path: str, searched: Iterable[str]) -> bytes:
    """Return the bytes of a settings file that belongs to one of the searched folders. Raise OSError for any other."""
    searched, folders = tuple(searched), _find_bases(path)
    # Most names that are asked for do not exist: that costs one call, the search for the project one for each folder.
    exists = bool(folders) and os.path.isfile(path)
    if not exists or not any(_is_within_project(folder, inner) for folder in folders for inner in searched):
        raise FileNotFoundError(None, "is not among the given files", path)
    raw = read_bytes(path)
    if len(raw) > _LARGEST:
        raise FileNotFoundError(None, "is too large for a file of settings", path)
    return raw


def _find_bases(path: str) -> list[str]:
    """Return the folders below which a path is the name of a settings file; each is empty or ends in a slash."""
    parts = path.split("/")
    names = ("/".join(parts[-count:]) for count in range(1, min(_LONGEST_NAME, len(parts)) + 1))
    return [path.removesuffix(name) for name in names if name in _NAMES]


def _is_within_project(folder: str, searched: str) -> bool:
    """Return whether a folder is a searched one, or above it and in the same project."""
    for above in find_parent_folders(searched):
        if above.removeprefix("./") == folder.removeprefix("./"):
            return True
        if any(os.path.exists(above + mark) for mark in _MARKS):
            return False
    return False
