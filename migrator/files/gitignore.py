"""Which files and folders the patterns of .gitignore files and of `exclude` leave out, by git's own rules."""

# Paths are compared as text, thousands of times.
# ruff: noqa: PTH110, PTH112, PTH113, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from migrator.files.gitignore_patterns import Lines, compiled, parse_line
from migrator.files.regular_file import IGNORE_LIMIT, read_regular

#: The end of the name of every file, where every file is looked for and not just Python.
EVERY = ("",)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The lines of one ignore file, which speak of what lies below `base`: a real path that ends in a slash.

    `files` are those lines alone that can name a file with one of the suffixes: of Python files most lines cannot.
    `bare` are those that can name a file whose name has no dot.
    """

    base: str
    folders: tuple[Lines, ...]
    files: tuple[Lines, ...]
    bare: tuple[Lines, ...]

    def verdict(self, path: str, folder: bool) -> bool | None:
        """Whether the last line that matches a real path leaves it out; None when no line does."""
        inner = path[len(self.base) :]
        name = inner[inner.rfind("/") + 1 :]
        for lines in self.folders if folder else self.files if "." in name else self.bare:
            if lines.match(inner, name):
                return lines.leaves_out
        return None


def parse_patterns(base: str, lines: Iterable[str], suffixes: tuple[str, ...]) -> Patterns | None:
    """The patterns of an ignore file; None when there is none. A line that is no pattern counts for nothing."""
    patterns = [pattern for line in lines if (pattern := parse_line(line))]
    if not patterns:
        return None
    files = compiled(pattern for pattern in patterns if pattern.can_end_in(suffixes))
    bare = compiled(pattern for pattern in patterns if pattern.can_end_in(EVERY))
    return Patterns(base.rstrip("/") + "/", compiled(patterns), files, bare)


def read_patterns(file: str, base: str, suffixes: tuple[str, ...]) -> Patterns | None:
    """The patterns of an ignore file. Raises OSError."""
    text = (
        read_regular(file, IGNORE_LIMIT, follow=True).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    )
    return parse_patterns(base, (line.removesuffix("\r") for line in text.split("\n")), suffixes)


def ignored(layers: tuple[Patterns, ...], path: str, folder: bool) -> bool:
    """Whether the innermost layer that has a verdict on a real path leaves it out."""
    for patterns in reversed(layers):
        verdict = patterns.verdict(path, folder)
        if verdict is not None:
            return verdict
    return False


def layers_above(folder: str, suffixes: tuple[str, ...]) -> tuple[Patterns, ...]:
    """The patterns that hold in a real folder from outside: .git/info/exclude, then .gitignore from the root down.

    Empty outside of a repository, and when they leave out the folder itself: who names it wants it. Raises OSError.
    """
    root = _repository(folder)
    if root is None:
        return ()
    parts = PurePosixPath(folder).relative_to(root).parts
    above = [str(PurePosixPath(root, *parts[:depth])) for depth in range(len(parts))]
    found = [_read_if_there(_exclude_file(root), root, suffixes)]
    found += [_read_if_there(parent.rstrip("/") + "/.gitignore", parent, suffixes) for parent in above]
    layers = tuple(patterns for patterns in found if patterns)
    return () if any(ignored(layers, path, folder=True) for path in [*above, folder][1:]) else layers


def _repository(folder: str) -> str | None:
    while not os.path.exists(folder.rstrip("/") + "/.git"):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def _exclude_file(root: str) -> str:
    """Where a repository keeps its own patterns; a linked work tree shares those of the main one."""
    store = root.rstrip("/") + "/.git"
    if os.path.isfile(store):
        store = os.path.join(root, _read_pointer(store).removeprefix("gitdir:").strip())
        if os.path.isfile(store + "/commondir"):
            store = os.path.join(store, _read_pointer(store + "/commondir").strip())
    return store + "/info/exclude"


def _read_pointer(file: str) -> str:
    return os.fsdecode(read_regular(file, IGNORE_LIMIT, follow=True))


def _read_if_there(file: str, base: str, suffixes: tuple[str, ...]) -> Patterns | None:
    return read_patterns(file, base, suffixes) if os.path.exists(file) and not os.path.isdir(file) else None
