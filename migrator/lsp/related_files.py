"""Find the files that a change of one file is likely to affect, by the import statements of all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

#: Names in brackets are limited in length, so that a missing bracket does not make the search quadratic. A longer
#: import is not followed by the quick analysis; the full one does.
_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]{0,5000}\)|[^\r\n#;]+)|import[ \t]+([\w., \t]+))",
    re.MULTILINE,
)
_WORD = re.compile(rb"\w+")
#: The parts of a module's dotted name, and whether it is complete, as in a relative import.
_Name = tuple[tuple[str, ...], bool]
_Step = Callable[[str], Iterable[str]]


def find_related(files: Mapping[str, bytes], paths: Iterable[str]) -> dict[str, bytes]:
    """Return the files that the paths import, directly or not, and those that import them.

    Modules match by the end of their dotted names, so the result may contain unrelated files.
    """
    wanted = set(paths)
    parts = {path: _module_parts(path) for path in files}
    homes: dict[str, list[str]] = {}
    for path, name in parts.items():
        homes.setdefault(name[-1] if name else "", []).append(path)
    imports: dict[str, set[str]] = {}
    users: dict[str, set[str]] = {}
    for path, raw in files.items():
        names = _imported_modules(path, raw)
        imports[path] = {
            home for name in names for home in homes.get(name[0][-1], ()) if _matches_module(parts[home], name)
        }
        for home in imports[path]:
            users.setdefault(home, set()).add(path)
    found = _transitive_closure(wanted, lambda path: imports.get(path, ())) | _transitive_closure(
        wanted, lambda path: users.get(path, ())
    )
    return {path: raw for path, raw in files.items() if path in found}


def _transitive_closure(paths: Iterable[str], step: _Step) -> set[str]:
    found = set(paths)
    todo = list(found)
    while todo:
        fresh = [path for path in step(todo.pop()) if path not in found]
        found.update(fresh)
        todo += fresh
    return found


def _imported_modules(path: str, raw: bytes) -> set[_Name]:
    """Return the modules that a file may import; a name imported from one may be a module itself."""
    found: set[_Name] = set()
    folders = PurePosixPath(path).parent.parts
    for home, names, modules in _IMPORT.findall(raw):
        for part in modules.split(b","):
            dotted = part.split()[0].decode().split(".") if part.split() else []
            found.update((tuple(dotted[: end + 1]), False) for end in range(len(dotted)))
        level = len(home) - len(home.lstrip(b"."))
        above = folders[: len(folders) - level + 1] if level else ()
        base = (*above, *(part for part in home.decode().split(".") if part))
        if home:
            found.update({(base, level > 0), *(((*base, word.decode()), level > 0) for word in _WORD.findall(names))})
    return {name for name in found if name[0]}


def _matches_module(parts: tuple[str, ...], name: _Name) -> bool:
    dotted, whole = name
    return parts == dotted if whole else parts[-len(dotted) :] == dotted


def _module_parts(path: str) -> tuple[str, ...]:
    """Return the parts of a module's name by its path; a package has the name of its folder."""
    pure = PurePosixPath(path)
    return pure.parent.parts if pure.stem == "__init__" else (*pure.parent.parts, pure.stem)
