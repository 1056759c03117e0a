"""Link the programs of a tree: a file that imports one that calls the API is near to it."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from migrator.languages.reading.parsed_program import Program

#: Files of these languages see the names of their folder.
_TOGETHER = (".go", ".java", ".kt", ".cs")
#: Files of these languages name a class without an import.
_BY_CLASS = (".rb", ".java", ".kt", ".cs", ".php")
#: Aliases of bundlers for the source folder of the project.
_ALIASES = frozenset({"@", "~", "#", "@@", "src"})
#: Links of one file that are followed, so that a file that everything imports does not make the run quadratic; and the
#: length from which the name of a class is specific enough to be recognised without an import.
_MOST = 100
_SHORTEST = 6
_PARTS = re.compile(r"[/\\]|(?<=\w)\.(?=[A-Z])")


class Near:
    """The programs of a tree, by their paths without the suffix and by their folders.

    `based` is a file that holds the host of the API in whatever language; None where no file does.
    """

    def __init__(self, programs: Mapping[str, Program], based: str | None = None) -> None:
        self.programs, self.based = programs, based
        self.stems: dict[str, list[str]] = defaultdict(list)
        self.folders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, program in programs.items():
            program.near = self
            folder, _, name = path.rpartition("/")
            self.stems[_stem(name)].append(path)
            self.folders[folder, _suffix(path)].append(path)
        self._imported: dict[str, tuple[str, ...]] = {}

    def why(self, path: str) -> str | None:
        """Return why a program is near to the API: it imports or names one that calls it, or shares its package."""
        if not self.speaking:
            return None
        for other in self.imported(path):
            if other in self.speaking:
                return f"it imports {other}, which calls the API"
        for other in self._mates(path):
            if other in self.speaking:
                return f"{other} is of the same package and calls the API"
        for name, other in self.classes.items() if path.endswith(_BY_CLASS) else ():
            if other != path and _may_name(path, other) and self.programs[path].occurring(name):
                return f"it names `{name}`, which {other} declares, and that calls the API"
        return None

    def seen(self, path: str) -> tuple[Program, ...]:
        """Return the programs whose names a program sees: those that it imports, and those of its package."""
        return tuple(self.programs[other] for other in dict.fromkeys((*self.imported(path), *self._mates(path))))

    def users(self, path: str) -> tuple[Program, ...]:
        """Return the programs that see the names of a program."""
        paths = dict.fromkeys((*self._importers.get(path, ()), *self._mates(path)))
        return tuple(self.programs[other] for other in [*paths][:_MOST])

    def imported(self, path: str) -> tuple[str, ...]:
        """Return the programs that a program imports; through an index those that it hands on."""
        if path not in self._imported:
            self._imported[path] = ()
            direct = dict.fromkeys(self._imports(path))
            handed = (inner for other in direct if _stem(_name(other)) == "index" for inner in self.imported(other))
            self._imported[path] = tuple(other for other in dict.fromkeys((*direct, *handed)) if other != path)[:_MOST]
        return self._imported[path]

    @cached_property
    def speaking(self) -> dict[str, str]:
        """The programs that call the API, and why."""
        return {path: program.speaks for path, program in self.programs.items() if program.speaks}

    @cached_property
    def classes(self) -> dict[str, str]:
        """The classes that only one program declares, and that one calls the API."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self.programs if self.speaking else ():
            for name in self.programs[path].declared if path.endswith(_BY_CLASS) else ():
                found[name].add(path)
        alone = {name: min(paths) for name, paths in found.items() if len(paths) == 1 and len(name) >= _SHORTEST}
        return {name: path for name, path in alone.items() if path in self.speaking}

    @cached_property
    def _importers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.programs:
            for other in self.imported(path):
                found[other].append(path)
        return found

    def _mates(self, path: str) -> Iterable[str]:
        if not path.endswith(_TOGETHER):
            return ()
        mates = self.folders[path.rpartition("/")[0], _suffix(path)][:_MOST]
        return (other for other in mates if other != path)

    def _imports(self, path: str) -> Iterator[str]:
        for _, module in self.programs[path].imports:
            parts = [part for part in _PARTS.split(module) if part not in ("", ".")]
            if parts and path.endswith(".go"):
                yield from self._package(parts)
            elif parts:
                yield from self._modules(path, module, parts)

    def _modules(self, path: str, module: str, parts: list[str]) -> Iterator[str]:
        """Yield the files that a module may be: beside the program, below an alias or a folder, or of a class."""
        last = _stem(parts[-1])
        place = _stem(posixpath.normpath(posixpath.join(posixpath.dirname(path), module.lstrip("/"))))
        dotted = "\\" in module or re.search(r"\w\.[A-Z]", module) is not None
        for other in self.stems.get(last, ()):
            if _is_class(other, parts) if dotted else _stem(other) == place or _ends(_stem(other), parts, module):
                yield other
        for index in self.stems.get("index", ()):
            home = posixpath.dirname(index)
            if home == place or _ends(home.removesuffix("/src").removesuffix("/lib"), parts, module):
                yield index

    def _package(self, parts: list[str]) -> Iterator[str]:
        """Yield the files of a package of Go: of a folder that is called like it."""
        if len(parts) > 1:
            for folder, suffix in self._by_last.get(parts[-1], ()):
                yield from self.folders[folder, suffix]

    @cached_property
    def _by_last(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for folder, suffix in self.folders:
            if suffix == ".go":
                found[_name(folder)].append((folder, suffix))
        return found


def _may_name(path: str, other: str) -> bool:
    """Return whether a file may name the class of another without an import: in PHP only that of the same folder."""
    same = path.rpartition("/")[0] == other.rpartition("/")[0]
    return _suffix(path) == _suffix(other) and (same or not path.endswith(".php"))


def _is_class(path: str, parts: list[str]) -> bool:
    """Return whether a file is in the folder of a namespace, or in one of the project if the namespace is its root."""
    folder = posixpath.basename(posixpath.dirname(path)).lower()
    space = parts[-2].rpartition(".")[2].lower() if len(parts) > 1 else folder
    return folder == space or (len(parts) == 2 and folder in ("src", "lib", "app"))


def _ends(stem: str, parts: list[str], module: str) -> bool:
    """Return whether a path ends in a module that is named from the root of the project, or of a package."""
    if module.startswith("."):
        return False
    if parts[0] in _ALIASES and len(parts) > 1:
        return f"/{stem}".endswith("/" + "/".join((*parts[1:-1], _stem(parts[-1]))))
    if parts[0].startswith("@"):
        return _name(stem) == _stem(parts[-1])
    return len(parts) > 1 and f"/{stem}".endswith("/" + "/".join((*parts[:-1], _stem(parts[-1]))))


def _stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.partition(".")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _suffix(path: str) -> str:
    return path[path.rfind(".") :]
