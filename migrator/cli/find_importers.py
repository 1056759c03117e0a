"""Find files that import those with an old name: they contain none themselves, but decide what the names mean."""

# Paths are compared as they are displayed.
# ruff: noqa: PTH110, PTH112, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from migrator.cli.run_settings import RunSettings
from migrator.files.byte_search import make_finder
from migrator.files.search_files import ConfirmHit, SearchResult, search_files
from migrator.python.prefilter.import_components import find_files_between, find_importers, may_import
from migrator.python.prefilter.relevant import build_evidence_test, build_name_test
from migrator.python.source.import_paths import is_settings_path

#: Files that mark the root of a project: no file outside imports its modules by their paths.
_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg")


def add_importers(hits: Mapping[str, bytes], found: SearchResult, choice: RunSettings) -> dict[str, bytes]:
    """Return the hits and the files of their projects that import one of them or connect two of them."""
    has_a_say, has_a_name = build_evidence_test(choice.options), build_name_test(choice.options)
    wanted = {path: raw for path, raw in hits.items() if has_a_say(raw)}
    packages = frozenset(f"{path.rpartition('/')[0]}/__init__.py".lstrip("/") for path in wanted)
    roots = frozenset(os.path.normpath(each) for each in (*choice.paths, *choice.evidence) if os.path.isdir(each))
    folders = _outermost_folders(folder for path in wanted if (folder := _project_folder(path, roots)))
    if not folders:
        return dict(hits)
    places = [_ImportSpellings.of_file(path) for path in sorted(packages.union(wanted))]
    if any(is_settings_path(path) for path in wanted):
        places.append(_SETTINGS)
    needles = [b"from . import", b"from .. import", *(form for place in places for form in (*place.near, *place.far))]
    confirm = _confirm_import(places, packages.union(wanted))
    near = search_files(folders, needles, choice.excludes, jobs=choice.jobs, confirm=confirm)
    texts = {path: raw for path, raw in near.hits.items() if path not in found.hits}
    more = set(find_importers(wanted, texts, found.read_searched))
    # A name that a package re-exports is imported by the name of the package.
    more |= set(find_importers(packages & more, texts, found.read_searched))
    named = frozenset(path for path, raw in wanted.items() if has_a_name(raw))
    more |= find_files_between(
        (*named, *find_importers(named, {path: texts[path] for path in more}, found.read_searched)),
        wanted,
        found.read_searched,
    )
    further = {path: _read_text(path, texts, found) for path in sorted(more.difference(hits))}
    return {**hits, **{path: raw for path, raw in further.items() if raw is not None}}


def _read_text(path: str, texts: Mapping[str, bytes], found: SearchResult) -> bytes | None:
    """Return a file's bytes, from the searched files or from disk; None if it was deleted meanwhile."""
    with suppress(OSError):
        return texts[path] if path in texts else found.read_searched(path)
    return None


@dataclass(frozen=True, slots=True)
class _ImportSpellings:
    """The ways to write an import of a module that are rarer than its bare name.

    `near` are the spellings for files below `home`, the folder from which the bare name, or one with dots, leads to the
    module; `far` are those for all other files.
    """

    home: str
    name: bytes
    near: tuple[bytes, ...]
    far: tuple[bytes, ...]

    @classmethod
    def of_file(cls, path: str) -> _ImportSpellings:
        """Return the spellings of an import of a file."""
        module = path.removesuffix("/__init__.py")
        folder, _, last = module.rpartition("/")
        name = last.partition(".")[0].encode("utf-8", "surrogateescape")
        package = folder.rpartition("/")[2].encode("utf-8", "surrogateescape")
        home = folder.removesuffix("src").rstrip("/") if package == b"src" else folder
        near = (b"import " + name, b"from " + name + b" import", b"." + name + b" import")
        far = (package + b"." + name, package + b" import") if package else ()
        return cls(f"{home}/" if home else "", name, near, far)


#: Django projects import their settings by this path, whatever the module is called.
_SETTINGS = _ImportSpellings.of_file("django/conf/settings.py")


def _confirm_import(places: Collection[_ImportSpellings], wanted: frozenset[str]) -> ConfirmHit:
    """Return a function that confirms files which import a wanted one; cheap substring searches run first."""
    homes: dict[str, list[bytes]] = {}
    for place in places:
        homes.setdefault(place.home, []).append(place.name)
    far = make_finder([form for place in places for form in place.far])
    imports = may_import(wanted)

    @cache
    def near(folder: str) -> list[bytes]:
        return [name for home, found in homes.items() if folder.startswith(home) for name in found]

    def confirm(path: str, text: bytes) -> bool:
        known = near(path[: path.rfind("/") + 1])
        return bool(any(name in text for name in known) or far(text)) and imports(path, text)

    return confirm


def _project_folder(path: str, roots: Collection[str]) -> str | None:
    """Return the project folder of a file: the nearest with a marker, at most one of `roots`; None outside of them."""
    folder = os.path.normpath(os.path.dirname(path) or os.curdir)
    if not any(root == folder or _is_above(root, folder) for root in roots):
        return None
    while folder not in roots and not any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS):
        folder = os.path.dirname(folder) or os.curdir
    return folder


def _outermost_folders(folders: Iterable[str]) -> list[str]:
    """Return the folders that are inside no other one."""
    known = sorted(set(folders))
    return [folder for folder in known if not any(_is_above(other, folder) for other in known)]


def _is_above(outer: str, inner: str) -> bool:
    return outer != inner and (outer == os.curdir or inner.startswith(outer.rstrip(os.sep) + os.sep))
