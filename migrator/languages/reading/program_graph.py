"""Link the programs of a tree: a file that imports one that calls the API is near to it."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from migrator.languages.reading.parsed_program import ParsedProgram

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


class ProgramGraph:
    """The programs of a tree, by their paths without the suffix and by their folders.

    `based` is a file that holds the host of the API in whatever language; None where no file does.
    """

    def __init__(self, programs: Mapping[str, ParsedProgram], based: str | None = None) -> None:
        self.programs, self.based = programs, based
        self.stems: dict[str, list[str]] = defaultdict(list)
        self.folders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, program in programs.items():
            program.near = self
            folder, _, name = path.rpartition("/")
            self.stems[_stem_of(name)].append(path)
            self.folders[folder, _suffix_of(path)].append(path)
        self._imported: dict[str, tuple[str, ...]] = {}

    def find_link(self, path: str) -> str | None:
        """Return why a program is near to the API: it imports or names one that calls it, or shares its package."""
        if not self.calling:
            return None
        for other in self.imported_by(path):
            if other in self.calling:
                return f"it imports {other}, which calls the API"
        for other in self._package_mates(path):
            if other in self.calling:
                return f"{other} is of the same package and calls the API"
        for name, other in self.calling_classes.items() if path.endswith(_BY_CLASS) else ():
            if other != path and _may_name(path, other) and self.programs[path].nodes_named(name):
                return f"it names `{name}`, which {other} declares, and that calls the API"
        return None

    def programs_seen_by(self, path: str) -> tuple[ParsedProgram, ...]:
        """Return the programs whose names a program sees: those that it imports, and those of its package."""
        return tuple(
            self.programs[other] for other in dict.fromkeys((*self.imported_by(path), *self._package_mates(path)))
        )

    def users_of(self, path: str) -> tuple[ParsedProgram, ...]:
        """Return the programs that see the names of a program."""
        paths = dict.fromkeys((*self._importers_by_path.get(path, ()), *self._package_mates(path)))
        return tuple(self.programs[other] for other in [*paths][:_MOST])

    def imported_by(self, path: str) -> tuple[str, ...]:
        """Return the programs that a program imports; through an index those that it hands on."""
        if path not in self._imported:
            self._imported[path] = ()
            direct = dict.fromkeys(self._resolve_imports(path))
            handed = (
                inner
                for other in direct
                if _stem_of(_last_segment(other)) == "index"
                for inner in self.imported_by(other)
            )
            self._imported[path] = tuple(other for other in dict.fromkeys((*direct, *handed)) if other != path)[:_MOST]
        return self._imported[path]

    @cached_property
    def calling(self) -> dict[str, str]:
        """The programs that call the API, and why."""
        return {path: program.speaks for path, program in self.programs.items() if program.speaks}

    @cached_property
    def calling_classes(self) -> dict[str, str]:
        """The classes that only one program declares, and that one calls the API."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self.programs if self.calling else ():
            for name in self.programs[path].declared_classes if path.endswith(_BY_CLASS) else ():
                found[name].add(path)
        alone = {name: min(paths) for name, paths in found.items() if len(paths) == 1 and len(name) >= _SHORTEST}
        return {name: path for name, path in alone.items() if path in self.calling}

    @cached_property
    def _importers_by_path(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.programs:
            for other in self.imported_by(path):
                found[other].append(path)
        return found

    def _package_mates(self, path: str) -> Iterable[str]:
        if not path.endswith(_TOGETHER):
            return ()
        mates = self.folders[path.rpartition("/")[0], _suffix_of(path)][:_MOST]
        return (other for other in mates if other != path)

    def _resolve_imports(self, path: str) -> Iterator[str]:
        for _, module in self.programs[path].imports:
            parts = [part for part in _PARTS.split(module) if part not in ("", ".")]
            if parts and path.endswith(".go"):
                yield from self._find_package(parts)
            elif parts:
                yield from self._find_modules(path, module, parts)

    def _find_modules(self, path: str, module: str, parts: list[str]) -> Iterator[str]:
        """Yield the files that a module may be: beside the program, below an alias or a folder, or of a class."""
        last = _stem_of(parts[-1])
        place = _stem_of(posixpath.normpath(posixpath.join(posixpath.dirname(path), module.lstrip("/"))))
        dotted = "\\" in module or re.search(r"\w\.[A-Z]", module) is not None
        for other in self.stems.get(last, ()):
            if (
                _is_class(other, parts)
                if dotted
                else _stem_of(other) == place or _ends_in(_stem_of(other), parts, module)
            ):
                yield other
        for index in self.stems.get("index", ()):
            home = posixpath.dirname(index)
            if home == place or _ends_in(home.removesuffix("/src").removesuffix("/lib"), parts, module):
                yield index

    def _find_package(self, parts: list[str]) -> Iterator[str]:
        """Yield the files of a package of Go: of a folder that is called like it."""
        if len(parts) > 1:
            for folder, suffix in self._by_last.get(parts[-1], ()):
                yield from self.folders[folder, suffix]

    @cached_property
    def _by_last(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for folder, suffix in self.folders:
            if suffix == ".go":
                found[_last_segment(folder)].append((folder, suffix))
        return found


def _may_name(path: str, other: str) -> bool:
    """Return whether a file may name the class of another without an import: in PHP only that of the same folder."""
    same = path.rpartition("/")[0] == other.rpartition("/")[0]
    return _suffix_of(path) == _suffix_of(other) and (same or not path.endswith(".php"))


def _is_class(path: str, parts: list[str]) -> bool:
    """Return whether a file is in the folder of a namespace, or in one of the project if the namespace is its root."""
    folder = posixpath.basename(posixpath.dirname(path)).lower()
    space = parts[-2].rpartition(".")[2].lower() if len(parts) > 1 else folder
    return folder == space or (len(parts) == 2 and folder in ("src", "lib", "app"))


def _ends_in(stem: str, parts: list[str], module: str) -> bool:
    """Return whether a path ends in a module that is named from the root of the project, or of a package."""
    if module.startswith("."):
        return False
    if parts[0] in _ALIASES and len(parts) > 1:
        return f"/{stem}".endswith("/" + "/".join((*parts[1:-1], _stem_of(parts[-1]))))
    if parts[0].startswith("@"):
        return _last_segment(stem) == _stem_of(parts[-1])
    return len(parts) > 1 and f"/{stem}".endswith("/" + "/".join((*parts[:-1], _stem_of(parts[-1]))))


def _stem_of(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.partition(".")[0]


def _last_segment(path: str) -> str:
    return path.rpartition("/")[2]


def _suffix_of(path: str) -> str:
    return path[path.rfind(".") :]
