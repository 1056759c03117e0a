"""Partition files into connected components of the import graph, so that they can be analysed in parallel.

Imports are read from the text, not from the syntax: a false match makes a component larger, never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import AnyStr

from migrator.matching.selection import Options, Reader
from migrator.python.analysis.project import SETTINGS, is_settings, meant
from migrator.python.prefilter.relevant import worth_of

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
_WORD = re.compile(rb"%b+" % _NAME)
_ATTRIBUTE = re.compile(rb"([\w\x80-\xff]++)\.(?=([\w\x80-\xff]++))")
_ALIAS = re.compile(rb"\bas[ \t]++([\w\x80-\xff]++)")
#: Imports are followed over four files from one that contains a name to one that it reaches, and only if that adds at
#: most 200 files: more would cost the time of a whole project. What is further away is not read, and is no evidence.
_FAR = 4
_MANY = 200
#: A setting with its continuation lines.
_SETTING = re.compile(rb"^([A-Z]\w*)\b.*(?:\n(?=[ \t)\]}]).*)*", re.MULTILINE)


def parts_worth(files: Mapping[str, bytes], options: Options, reader: Reader | None) -> list[list[str]]:
    """Return the components that can contain a finding."""
    is_worth = worth_of(options)
    worth = {path for path, raw in files.items() if is_worth(raw)}
    if not worth:
        return []
    tree = _Tree(files, reader)
    concerned = worth
    while more := _more(tree, files, concerned):
        concerned = concerned | more
    return [part for part in _together(tree, [path for path in files if path in concerned]) if worth & {*part}]


def parts(files: Mapping[str, AnyStr], reader: Reader | None) -> list[list[str]]:
    """Return the components of the import graph: files that import each other or the same file, or via packages."""
    return [list(files)] if len(files) < 2 else _together(_Tree(files, reader), list(files))


def _more(tree: _Tree, files: Iterable[str], known: set[str]) -> set[str]:
    """Return the other files that import a known one, or one that a known one imports, or that are imported by one."""
    reached = known.union(*(tree.imported(path) for path in known))
    names = imported_as(reached)
    others = (path for path in files if path not in known)
    return {path for path in others if path in reached or not reached.isdisjoint(tree.imported(path, names))}


def _together(tree: _Tree, files: list[str]) -> list[list[str]]:
    todo = list(files)
    for path in todo:
        for near in tree.imported(path):
            # A package may re-export names of further files; of other files it matters only who imports the same one.
            if near not in tree.joined and near.endswith("__init__.py"):
                todo.append(near)
            tree.join(path, near)
    found: dict[str, list[str]] = {}
    for path in files:
        found.setdefault(tree.root(path), []).append(path)
    return list(found.values())


def imported_as(paths: Iterable[str]) -> frozenset[str]:
    """Return the last names under which files are imported: their own, and that of their package."""
    steps = [path.replace("\\", "/").rpartition(".")[0].split("/") for path in paths]
    packages = (names[-2] for names in steps if len(names) > 1)
    return frozenset(packages) | {names[-1] for names in steps if names[-1] != "__init__"}


def may_import(wanted: frozenset[str]) -> Callable[[str, bytes], bool]:
    """Return a test of a path and its text: whether the file seems to import one of the wanted files."""
    names, settings = imported_as(wanted), any(map(is_settings, wanted))

    def seems_to_import(path: str, text: bytes) -> bool:
        folder = _folder(path)
        asked = [(dotted, level) for dotted, level in _imports(text) if dotted.rpartition(".")[2] in names]
        if settings and (SETTINGS, 0) in asked:
            return True
        return any(not wanted.isdisjoint(meant(folder, dotted, level)) for dotted, level in asked)

    return seems_to_import


def importers(wanted: Collection[str], texts: Mapping[str, bytes], reader: Reader | None = None) -> Iterator[str]:
    """Yield the paths of the texts that import one of the wanted files."""
    tree, names = _Tree(texts, reader), imported_as(wanted)
    return (path for path in texts if any(near in wanted for near in tree.imported(path, names)))


def between(starts: Collection[str], wanted: Mapping[str, bytes], reader: Reader) -> set[str]:
    """Return the further files on the way from a starting file to a wanted one, if there are not too many."""
    tree, few = _Tree(wanted, reader), set[str]()
    imported = cache(lambda path: tuple(dict.fromkeys(tree.imported(path))))
    for far in range(1, _FAR + 1):
        found = _on_the_way(starts, wanted, imported, far).difference(wanted)
        if len(found) > _MANY:
            break
        few = found
    return few


def _on_the_way(
    starts: Iterable[str], wanted: Collection[str], imported: Callable[[str], tuple[str, ...]], far: int
) -> set[str]:
    found = set[str]()

    @cache
    def leads(path: str, steps: int) -> bool:
        on = [near for near in imported(path) if near in wanted or (steps and leads(near, steps - 1))]
        found.update(on)
        return bool(on)

    for path in starts:
        leads(path, far)
    return found


class _Tree:
    """A union-find structure over files: each is joined to another one of its component, or to itself."""

    def __init__(self, files: Mapping[str, AnyStr], reader: Reader | None) -> None:
        self.joined = {path: path for path in files}
        self._texts: dict[str, bytes | None] = {}
        self._files: Mapping[str, bytes | str] = files
        self._reader = reader
        self._meant = cache(self._find)
        self._addresses = cache(self._addresses_in)
        self._settings = [path for path in files if is_settings(path)]

    def imported(self, path: str, names: Collection[str] | None = None) -> Iterator[str]:
        """Yield the files that a file seems to import, or those of them that are known by one of `names`."""
        text = self._text(path) or b""
        # Fixtures of a conftest are not imported: tests use them by the names of their parameters.
        asked = dict.fromkeys((*_imports(text), ("conftest", 0)))
        for dotted, level in asked:
            if dotted == SETTINGS:
                yield from (path for path in self._settings if any(name in text for name in self._addresses(path)))
            if names is not None and dotted.rpartition(".")[2] not in names:
                continue
            for near in self._meant(_folder(path), dotted, level):
                yield near
                if near.endswith("__init__.py"):
                    for name in _attributes_of(text, near):
                        yield from self._meant(_folder(near), *_dotted(b"." + name))

    def _addresses_in(self, path: str) -> list[bytes]:
        """Return the settings that contain a URL; a file that reads other settings is not related."""
        return [setting[1] for setting in _SETTING.finditer(self._text(path) or b"") if b"://" in setting[0]]

    def join(self, one: str, other: str) -> None:
        """Join the components of two files."""
        self.joined.setdefault(other, other)
        self.joined[self.root(other)] = self.root(one)

    def root(self, path: str) -> str:
        """Return the file that represents a component."""
        while (above := self.joined[path]) != path:
            self.joined[path] = path = self.joined[above]
        return path

    def _find(self, folder: str, dotted: str, level: int) -> list[str]:
        found = (path for path in meant(folder, dotted, level) if self._text(path) is not None)
        # A name that means more than two files is not more precise with the others: one pair is enough to join them.
        return [path for path, _ in zip(found, range(2), strict=False)]

    def _text(self, path: str) -> bytes | None:
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _read(self, path: str) -> bytes | None:
        if path in self._files:
            text = self._files[path]
            return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        try:
            return self._reader(path) if self._reader else None
        except OSError:
            return None


def _attributes_of(text: bytes, package: str) -> set[bytes]:
    """Return the attributes that a text reads of a package, under its name or an alias."""
    known = {_folder(package).rstrip("/").rpartition("/")[2].encode("utf-8", "surrogateescape")}
    known.update(_ALIAS.findall(text))
    return {name for owner, name in _ATTRIBUTE.findall(text) if owner in known}


def _folder(path: str) -> str:
    path = path.replace("\\", "/")
    return path[: path.rfind("/") + 1]


def _imports(text: bytes) -> Iterator[tuple[str, int]]:
    """Yield the dotted names that a text imports, each with the number of its leading dots."""
    end = 0
    while (at := text.find(b"import", end)) >= 0:
        match = _IMPORT.search(text, max(end, _line_start(text, at)))
        if match is None:
            break
        yield from _imported_by(match)
        end = match.end()
    if b"patch" in text or b"setattr" in text:
        for name in _PATCHED.findall(text):
            yield from _prefixes(name)


def _line_start(text: bytes, at: int) -> int:
    """Return the start of a logical line, with the lines before it that end in a backslash."""
    start = text.rfind(b"\n", 0, at) + 1
    while text[max(0, start - 3) : start].rstrip(b"\r\n").endswith(b"\\"):
        start = text.rfind(b"\n", 0, start - 1) + 1
    return start


def _imported_by(match: re.Match[bytes]) -> Iterator[tuple[str, int]]:
    home = match["home"]
    if home is None:
        names = (name for module in match["modules"].split(b",") if (name := _WORD.search(module)))
        yield from (prefix for name in names for prefix in _prefixes(name[0]))
        return
    yield _dotted(home)
    for name in _WORD.findall(match["names"]):
        yield _dotted(home + name if home.endswith(b".") else home + b"." + name)


def _prefixes(name: bytes) -> Iterator[tuple[str, int]]:
    steps = name.split(b".")
    return (_dotted(b".".join(steps[:end])) for end in range(1, len(steps) + 1))


def _dotted(name: bytes) -> tuple[str, int]:
    inner = name.lstrip(b".")
    return inner.decode("utf-8", "surrogateescape"), len(name) - len(inner)
