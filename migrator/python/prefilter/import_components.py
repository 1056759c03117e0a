"""Partition files into connected components of the import graph, so that they can be analysed in parallel.

Imports are read from the text, not from the syntax: a false match makes a component larger, never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import AnyStr

from migrator.matching.selection import FileReader, Options
from migrator.python.prefilter.relevant import build_relevance_test
from migrator.python.source.import_paths import DJANGO_SETTINGS, candidate_paths, is_settings_path

_NAME = rb"[\w.\x80-\xff]"
#: The bounds of repetition keep the search linear on hostile input; no import has more blanks or longer names.
_GAP = rb"[ \t\\\r\n]{0,99}"
#: In parentheses, up to what they cannot contain: an opening one, or a line that is an import of its own.
_LIST = rb"\((?>(?:#[^\n]*+|[^()\n#]|\n(?![ \t]*+(?:from|import)[ \t]))*)\)"
_LINE = rb"(?>(?:[^\r\n\\]|\\\s)*)"
_IMPORT = re.compile(
    rb"\bfrom%b(?P<home>%b{1,300})%bimport\b%b(?P<names>%b|%b)" % (_GAP, _NAME, _GAP, _GAP, _LIST, _LINE)
    + rb"|\bimport\b%b(?P<modules>%b(?>(?:[^\r\n;#\\]|\\\s)*))" % (_GAP, _NAME)
)
#: Names that tests patch are dotted strings.
_PATCHED = re.compile(rb"['\"](\w++(?>(?:\.\w++)+))['\"]")
#: ``importlib.import_module("conf")`` and ``__import__("conf")``; a name that is computed is not followed.
_CALLED = re.compile(rb"\b(?:import_module|__import__)\(\s{0,99}['\"](%b{1,300})['\"]" % _NAME)
_WORD = re.compile(rb"%b+" % _NAME)
_ATTRIBUTE = re.compile(rb"([\w\x80-\xff]++)\.(?=([\w\x80-\xff]++))")
_ALIAS = re.compile(rb"\bas[ \t]++([\w\x80-\xff]++)")
#: Imports are followed over four files from one that contains a name to one that it reaches, and only if that adds at
#: most 200 files: more would cost the time of a whole project. What is further away is not read, and is no evidence.
_MOST_HOPS = 4
_MOST_FILES = 200
#: A setting with its continuation lines.
_SETTING = re.compile(rb"^([A-Z]\w*)\b.*(?:\n(?=[ \t)\]}]).*)*", re.MULTILINE)


def find_relevant_components(
    files: Mapping[str, bytes], options: Options, reader: FileReader | None
) -> list[list[str]]:
    """Return the components that can contain a finding."""
    is_worth = build_relevance_test(options)
    worth = {path for path, raw in files.items() if is_worth(raw)}
    if not worth:
        return []
    tree = _ImportGraph(files, reader)
    concerned = worth
    while more := _find_neighbours(tree, files, concerned):
        concerned = concerned | more
    return [part for part in _group_components(tree, [path for path in files if path in concerned]) if worth & {*part}]


def find_components(files: Mapping[str, AnyStr], reader: FileReader | None) -> list[list[str]]:
    """Return the components of the import graph: files that import each other or the same file, or via packages."""
    return [list(files)] if len(files) < 2 else _group_components(_ImportGraph(files, reader), list(files))


def _find_neighbours(tree: _ImportGraph, files: Iterable[str], known: set[str]) -> set[str]:
    """Return the other files that import a known one, or one that a known one imports, or that are imported by one."""
    reached = known.union(*(tree.find_imported(path) for path in known))
    names = import_names(reached)
    others = (path for path in files if path not in known)
    return {path for path in others if path in reached or not reached.isdisjoint(tree.find_imported(path, names))}


def _group_components(tree: _ImportGraph, files: list[str]) -> list[list[str]]:
    todo = list(files)
    for path in todo:
        for near in tree.find_imported(path):
            # A package may re-export names of further files; of other files it matters only who imports the same one.
            if near not in tree.joined and near.endswith("__init__.py"):
                todo.append(near)
            tree.join_components(path, near)
    found: dict[str, list[str]] = {}
    for path in files:
        found.setdefault(tree.find_root(path), []).append(path)
    return list(found.values())


def import_names(paths: Iterable[str]) -> frozenset[str]:
    """Return the last names under which files are imported: their own, and that of their package."""
    steps = [path.replace("\\", "/").rpartition(".")[0].split("/") for path in paths]
    packages = (names[-2] for names in steps if len(names) > 1)
    return frozenset(packages) | {names[-1] for names in steps if names[-1] != "__init__"}


def may_import(wanted: frozenset[str]) -> Callable[[str, bytes], bool]:
    """Return a test of a path and its text: whether the file seems to import one of the wanted files."""
    names, settings = import_names(wanted), any(map(is_settings_path, wanted))

    def seems_to_import(path: str, text: bytes) -> bool:
        folder = _folder_of(path)
        asked = [(dotted, level) for dotted, level in _find_imports(text) if dotted.rpartition(".")[2] in names]
        if settings and (DJANGO_SETTINGS, 0) in asked:
            return True
        return any(not wanted.isdisjoint(candidate_paths(folder, dotted, level)) for dotted, level in asked)

    return seems_to_import


def find_importers(
    wanted: Collection[str], texts: Mapping[str, bytes], reader: FileReader | None = None
) -> Iterator[str]:
    """Yield the paths of the texts that import one of the wanted files."""
    tree, names = _ImportGraph(texts, reader), import_names(wanted)
    return (path for path in texts if any(near in wanted for near in tree.find_imported(path, names)))


def find_files_between(starts: Collection[str], wanted: Mapping[str, bytes], reader: FileReader) -> set[str]:
    """Return the further files on the way from a starting file to a wanted one, if there are not too many."""
    tree, few = _ImportGraph(wanted, reader), set[str]()
    imported = cache(lambda path: tuple(dict.fromkeys(tree.find_imported(path))))
    for far in range(1, _MOST_HOPS + 1):
        found = _find_on_the_way(starts, wanted, imported, far).difference(wanted)
        if len(found) > _MOST_FILES:
            break
        few = found
    return few


def _find_on_the_way(
    starts: Iterable[str], wanted: Collection[str], imported: Callable[[str], tuple[str, ...]], far: int
) -> set[str]:
    found = set[str]()

    @cache
    def leads_to_wanted(path: str, steps: int) -> bool:
        on = [near for near in imported(path) if near in wanted or (steps and leads_to_wanted(near, steps - 1))]
        found.update(on)
        return bool(on)

    for path in starts:
        leads_to_wanted(path, far)
    return found


class _ImportGraph:
    """A union-find structure over files: each is joined to another one of its component, or to itself."""

    def __init__(self, files: Mapping[str, AnyStr], reader: FileReader | None) -> None:
        self.joined = {path: path for path in files}
        self._texts: dict[str, bytes | None] = {}
        self._files: Mapping[str, bytes | str] = files
        self._reader = reader
        self._meant = cache(self._find_meant)
        self._addresses = cache(self._find_url_settings)
        self._settings = [path for path in files if is_settings_path(path)]

    def find_imported(self, path: str, names: Collection[str] | None = None) -> Iterator[str]:
        """Yield the files that a file seems to import, or those of them that are known by one of `names`."""
        text = self._text_of(path) or b""
        # Fixtures of a conftest are not imported: tests use them by the names of their parameters.
        asked = dict.fromkeys((*_find_imports(text), ("conftest", 0)))
        for dotted, level in asked:
            if dotted == DJANGO_SETTINGS:
                yield from (path for path in self._settings if any(name in text for name in self._addresses(path)))
            if names is not None and dotted.rpartition(".")[2] not in names:
                continue
            for near in self._meant(_folder_of(path), dotted, level):
                yield near
                if near.endswith("__init__.py"):
                    for name in _read_attributes(text, near):
                        yield from self._meant(_folder_of(near), *_split_dots(b"." + name))

    def _find_url_settings(self, path: str) -> list[bytes]:
        """Return the settings that contain a URL; a file that reads other settings is not related."""
        return [setting[1] for setting in _SETTING.finditer(self._text_of(path) or b"") if b"://" in setting[0]]

    def join_components(self, one: str, other: str) -> None:
        """Join the components of two files."""
        self.joined.setdefault(other, other)
        self.joined[self.find_root(other)] = self.find_root(one)

    def find_root(self, path: str) -> str:
        """Return the file that represents a component."""
        while (above := self.joined[path]) != path:
            self.joined[path] = path = self.joined[above]
        return path

    def _find_meant(self, folder: str, dotted: str, level: int) -> list[str]:
        found = (path for path in candidate_paths(folder, dotted, level) if self._text_of(path) is not None)
        # A name that means more than two files is not more precise with the others: one pair is enough to join them.
        return [path for path, _ in zip(found, range(2), strict=False)]

    def _text_of(self, path: str) -> bytes | None:
        if path not in self._texts:
            self._texts[path] = self._read_file(path)
        return self._texts[path]

    def _read_file(self, path: str) -> bytes | None:
        if path in self._files:
            text = self._files[path]
            return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        try:
            return self._reader(path) if self._reader else None
        except OSError:
            return None


def _read_attributes(text: bytes, package: str) -> set[bytes]:
    """Return the attributes that a text reads of a package, under its name or an alias."""
    known = {_folder_of(package).rstrip("/").rpartition("/")[2].encode("utf-8", "surrogateescape")}
    known.update(_ALIAS.findall(text))
    return {name for owner, name in _ATTRIBUTE.findall(text) if owner in known}


def _folder_of(path: str) -> str:
    path = path.replace("\\", "/")
    return path[: path.rfind("/") + 1]


def _find_imports(text: bytes) -> Iterator[tuple[str, int]]:
    """Yield the dotted names that a text imports, each with the number of its leading dots."""
    end = 0
    while (at := text.find(b"import", end)) >= 0:
        match = _IMPORT.search(text, max(end, _line_start(text, at)))
        if match is None:
            break
        yield from _names_in_import(match)
        end = match.end()
    if b"import_module" in text or b"__import__" in text:
        yield from map(_split_dots, _CALLED.findall(text))
    if b"patch" in text or b"setattr" in text:
        for name in _PATCHED.findall(text):
            yield from _dotted_prefixes(name)


def _line_start(text: bytes, at: int) -> int:
    """Return the start of a logical line, with the lines before it that end in a backslash."""
    start = text.rfind(b"\n", 0, at) + 1
    while text[max(0, start - 3) : start].rstrip(b"\r\n").endswith(b"\\"):
        start = text.rfind(b"\n", 0, start - 1) + 1
    return start


def _names_in_import(match: re.Match[bytes]) -> Iterator[tuple[str, int]]:
    home = match["home"]
    if home is None:
        names = (name for module in match["modules"].split(b",") if (name := _WORD.search(module)))
        yield from (prefix for name in names for prefix in _dotted_prefixes(name[0]))
        return
    yield _split_dots(home)
    for name in _WORD.findall(match["names"]):
        yield _split_dots(home + name if home.endswith(b".") else home + b"." + name)


def _dotted_prefixes(name: bytes) -> Iterator[tuple[str, int]]:
    steps = name.split(b".")
    return (_split_dots(b".".join(steps[:end])) for end in range(1, len(steps) + 1))


def _split_dots(name: bytes) -> tuple[str, int]:
    inner = name.lstrip(b".")
    return inner.decode("utf-8", "surrogateescape"), len(name) - len(inner)
