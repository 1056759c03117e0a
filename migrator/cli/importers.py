"""Find the files that import what was found: they hold nothing that is searched for, and yet have a say in it."""

# Paths are compared as they are shown.
# ruff: noqa: PTH110, PTH112, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from migrator.cli.choose import Choice
from migrator.code.parts import imported_as, importers, may_import
from migrator.code.worth import speaks
from migrator.files.scan import Scan, scan

#: What stands in the folder of a project: nothing outside imports its modules by their paths.
_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg")


def with_importers(hits: Mapping[str, bytes], found: Scan, choice: Choice) -> dict[str, bytes]:
    """The files in which something was found, and the Python files of their projects that import one of them."""
    has_a_say = speaks(choice.options)
    wanted = frozenset(path for path, raw in hits.items() if has_a_say(raw))
    packages = frozenset(f"{path.rpartition('/')[0]}/__init__.py".lstrip("/") for path in wanted)
    names = imported_as(wanted | packages)
    roots = frozenset(os.path.normpath(each) for each in (*choice.paths, *choice.evidence) if os.path.isdir(each))
    folders = _outermost(folder for path in wanted if (folder := _project(path, roots)))
    if not names or not folders:
        return dict(hits)
    needles = sorted(written.encode("utf-8", "surrogateescape") for written in _written(wanted | packages))
    near = scan(folders, needles, choice.excludes, jobs=choice.jobs, confirm=may_import(names))
    texts = {path: raw for path, raw in near.hits.items() if path not in found.hits}
    more = set(importers(wanted, texts, found.read))
    # What a package hands on is imported by the name of the package.
    more |= set(importers(packages & more, texts, found.read))
    return {**hits, **{path: raw for path, raw in texts.items() if path in more}}


def _written(paths: Iterable[str]) -> Iterator[str]:
    """How an import of one of the files is written, as far as that is less common than the name alone."""
    yield from ("from . import", "from .. import")
    for path in paths:
        place = PurePosixPath(path.removesuffix("/__init__.py"))
        name, package = place.stem, place.parent.name
        yield from (f"import {name}", f"from {name} import", f".{name} import")
        if package:
            yield from (f"{package}.{name}", f"{package} import")


def _project(path: str, roots: Collection[str]) -> str | None:
    """The folder of the project that a file is of: one with a mark, at most one of the given folders; else none."""
    folder = os.path.normpath(os.path.dirname(path) or os.curdir)
    if not any(root == folder or _is_above(root, folder) for root in roots):
        return None
    while folder not in roots and not any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS):
        folder = os.path.dirname(folder) or os.curdir
    return folder


def _outermost(folders: Iterable[str]) -> list[str]:
    """The folders that lie in no other one of them."""
    known = sorted(set(folders))
    return [folder for folder in known if not any(_is_above(other, folder) for other in known)]


def _is_above(outer: str, inner: str) -> bool:
    return outer != inner and (outer == os.curdir or inner.startswith(outer.rstrip(os.sep) + os.sep))
