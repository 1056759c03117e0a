"""Decide which files and folders .gitignore files and `exclude` ignore, by git's own rules."""

# Paths are compared as text, thousands of times.
# ruff: noqa: PTH110, PTH112, PTH113, PTH118, PTH120
from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from migrator.files.gitignore_patterns import PatternGroup, compile_patterns, parse_line
from migrator.files.regular_file import IGNORE_LIMIT, read_regular

#: The suffix of every file name, for searches that are not limited to Python.
EVERY = ("",)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The lines of one ignore file, which apply below `base`: a real path that ends in a slash.

    `files` are the lines that can match a file with one of the suffixes: most lines cannot match a Python file.
    `bare` are those that can match a file whose name has no dot.
    """

    base: str
    folders: tuple[PatternGroup, ...]
    files: tuple[PatternGroup, ...]
    bare: tuple[PatternGroup, ...]

    def verdict(self, path: str, folder: bool) -> bool | None:
        """Return whether the last line that matches a real path ignores it; None when no line matches."""
        inner = path[len(self.base) :]
        name = inner[inner.rfind("/") + 1 :]
        for lines in self.folders if folder else self.files if "." in name else self.bare:
            if lines.match(inner, name):
                return lines.ignores
        return None


def parse_patterns(base: str, lines: Iterable[str], suffixes: tuple[str, ...]) -> Patterns | None:
    """Return the patterns of an ignore file, or None without any. Lines that are no patterns are skipped."""
    patterns = [pattern for line in lines if (pattern := parse_line(line))]
    if not patterns:
        return None
    files = compile_patterns(pattern for pattern in patterns if pattern.can_end_in(suffixes))
    bare = compile_patterns(pattern for pattern in patterns if pattern.can_end_in(EVERY))
    return Patterns(base.rstrip("/") + "/", compile_patterns(patterns), files, bare)


def read_patterns(file: str, base: str, suffixes: tuple[str, ...]) -> Patterns | None:
    """Read the patterns of an ignore file. Raises OSError."""
    text = (
        read_regular(file, IGNORE_LIMIT, follow=True).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    )
    return parse_patterns(base, (line.removesuffix("\r") for line in text.split("\n")), suffixes)


def is_ignored(layers: tuple[Patterns, ...], path: str, folder: bool) -> bool:
    """Return whether the innermost layer with a verdict on a real path ignores it."""
    for patterns in reversed(layers):
        verdict = patterns.verdict(path, folder)
        if verdict is not None:
            return verdict
    return False


def layers_above(folder: str, suffixes: tuple[str, ...]) -> tuple[Patterns, ...]:
    """Read the patterns above a real folder: .git/info/exclude, then each .gitignore from the root down.

    Empty outside of a repository, and when they ignore the folder itself, which was named explicitly. Raises OSError.
    """
    root = _find_repository(folder)
    if root is None:
        return ()
    parts = PurePosixPath(folder).relative_to(root).parts
    above = [str(PurePosixPath(root, *parts[:depth])) for depth in range(len(parts))]
    found = [_read_if_there(_exclude_file(root), root, suffixes)]
    found += [_read_if_there(parent.rstrip("/") + "/.gitignore", parent, suffixes) for parent in above]
    layers = tuple(patterns for patterns in found if patterns)
    return () if any(is_ignored(layers, path, folder=True) for path in [*above, folder][1:]) else layers


def _find_repository(folder: str) -> str | None:
    while not os.path.exists(folder.rstrip("/") + "/.git"):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def _exclude_file(root: str) -> str:
    """Return the path of a repository's own patterns; a linked work tree shares those of the main one."""
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
