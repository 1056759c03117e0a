"""Search files for byte strings, each file read once, and keep those in which one occurs."""

# See migrator.files.read.
# ruff: noqa: PTH110, PTH112, PTH113
from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from migrator.files.failure import Failure, reason
from migrator.files.ignore import SUFFIXES, Patterns, layers_above, parse_patterns
from migrator.files.read import read_bytes
from migrator.files.walk import Folder, walk


@dataclass(frozen=True, slots=True)
class Exclude:
    """Patterns as in a .gitignore file that stands in the folder `base`."""

    base: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What a search found, in the order of the paths.

    `hits` are the bytes of the files that hold a needle; `paths` are all files that were read. `outside` are links that
    lead out of the given paths: they are not followed, so nothing is known of what they point to.
    """

    hits: dict[str, bytes]
    paths: frozenset[str]
    failures: tuple[Failure, ...]
    outside: tuple[str, ...]

    def read(self, path: str) -> bytes:
        """The bytes of one of the files that were read. Raises FileNotFoundError for any other path, OSError."""
        if path in self.hits:
            return self.hits[path]
        if path not in self.paths:
            raise FileNotFoundError(None, "is not among the given files", path)
        return read_bytes(path)


def scan(
    paths: Iterable[str],
    needles: Sequence[bytes],
    excludes: Sequence[Exclude] = (),
    tick: Callable[[int], None] = lambda _: None,
) -> Scan:
    """Search the given files, whatever their name, and the Python files below the given folders.

    A file is read once, however many of the paths lead to it. `tick` is told now and then how many were read. What
    cannot be read is among the failures; nothing is raised.
    """
    search = _Search(_holds_one_of(needles))
    for path in map(_shown, paths):
        if os.path.isfile(path):
            search.look(path, _real(path))
        elif os.path.exists(path) and not os.path.isdir(path):
            search.failures.add(Failure(path, "is neither a file nor a folder"))
        else:
            search.descend(_root(path, excludes, search.failures), tick)
    for shown, real in sorted(search.links):
        search.follow(shown, real)
    return search.result()


@dataclass(slots=True)
class _Search:
    """A search under way; the keys of `shown` are real paths."""

    test: Callable[[bytes], bool]
    shown: dict[str, str] = field(default_factory=dict)
    hits: dict[str, bytes] = field(default_factory=dict)
    failures: set[Failure] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)

    def look(self, shown: str, real: str) -> None:
        """Read a file and search it, unless that was done already."""
        if real in self.shown:
            return
        try:
            data = read_bytes(shown)
        except OSError as error:
            self.failures.add(Failure(shown, f"cannot be read: {reason(error)}"))
            return
        self.shown[real] = shown
        if self.test(data):
            self.hits[shown] = data

    def descend(self, root: Folder, tick: Callable[[int], None]) -> None:
        """Look at every file below a folder; links wait until all files are known."""
        self.roots.append(root.real)
        for listing in walk(root):
            shown, real = listing.folder.shown, listing.folder.real
            self.failures.update(listing.failures)
            self.folders.add(real)
            self.links += [(shown + name, real + name) for name in listing.links]
            for name in listing.files:
                self.look(shown + name, real + name)
            tick(len(self.shown))

    def follow(self, shown: str, link: str) -> None:
        """Look at the Python file that a link leads to, if it lies in a folder that was walked."""
        target = _real(link)
        is_file = os.path.isfile(target) and shown.endswith(SUFFIXES)
        if target in self.shown or (not is_file and not os.path.isdir(target)):
            return
        if not any(target.startswith(root) for root in self.roots):
            self.outside.append(shown)
        elif is_file and target[: target.rindex("/") + 1] in self.folders:
            self.look(shown, target)

    def result(self) -> Scan:
        """What was found."""
        hits = dict(sorted(self.hits.items(), key=lambda hit: hit[0].split("/")))
        return Scan(hits, frozenset(self.shown.values()), tuple(sorted(self.failures)), tuple(self.outside))


def _holds_one_of(needles: Sequence[bytes]) -> Callable[[bytes], bool]:
    if not needles:
        return lambda _: False
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    # This match kind is the one that searches with SIMD: eight times as fast as the default.
    find = BytesAhoCorasick(list(needles), matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes
    return lambda data: bool(find(data))


def _root(path: str, excludes: Sequence[Exclude], failures: set[Failure]) -> Folder:
    real = _real(path)
    try:
        outer = layers_above(real)
    except OSError as error:
        failures.add(Failure(str(error.filename or path), f"cannot be read: {reason(error)}"))
        outer = ()
    excluded: list[Patterns | None] = []
    for exclude in excludes:
        base = _real(exclude.base)
        excluded.append(parse_patterns(base if f"{real}/".startswith(f"{base}/") else real, exclude.patterns))
    shown = "" if path == "." else path.rstrip("/") + "/"
    return Folder(shown, real.rstrip("/") + "/", outer, tuple(patterns for patterns in excluded if patterns))


def _real(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")


def _shown(path: str) -> str:
    """A path as it is shown: with slashes, and no more of them than it takes.

    A `..` stays: what lies above the target of a link is not what is written before it.
    """
    path = path.replace(os.sep, "/")
    start = path[: len(path) - len(path.lstrip("/"))]
    return start + "/".join(part for part in path.split("/") if part not in ("", ".")) or "."
