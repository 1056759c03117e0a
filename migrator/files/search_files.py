"""Search files for byte strings, reading each file once and keeping those that contain one."""

# The functions of os are several times as fast as pathlib's, and are called for each path.
# ruff: noqa: PTH110, PTH112, PTH113
from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from migrator.files.byte_search import make_finder
from migrator.files.failure import FileFailure, error_reason
from migrator.files.fork_pool import process_count, share_work
from migrator.files.gitignore import Patterns, layers_above, parse_patterns
from migrator.files.python_files import PYTHON
from migrator.files.read import make_reader, read_bytes
from migrator.files.search_state import NamesByFolder, SearchState, contains_name
from migrator.files.settings_files import read_settings_file
from migrator.files.walk import FolderListing, WalkedFolder, split_listings, walk_first, walk_folders

#: Decides from a path and its bytes whether the file is a hit.
ConfirmHit = Callable[[str, bytes], bool]

#: Measured: from about this many files, a second process saves more time than forking and its answer cost.
_MANY_FILES = 1000
#: This many files or folders are listed before the work is shared. More pieces spread it more evenly, but one process
#: lists them. Folders beyond it are walked by all of them; nothing is left out.
_LISTED_FILES = 4000
_LISTED_FOLDERS = 1000


@dataclass(frozen=True, slots=True)
class ExcludePatterns:
    """Patterns in the syntax of a .gitignore file in the folder `base`."""

    base: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of a search, in the order of the paths.

    `hits` maps the files that contain a needle to their bytes; `files` and `count` are of all files that were read.
    `outside` are links that lead out of the given paths: they are not followed, so their targets are unknown.
    """

    hits: dict[str, bytes]
    files: NamesByFolder
    count: int
    failures: tuple[FileFailure, ...]
    outside: tuple[str, ...]

    @property
    def paths(self) -> frozenset[str]:
        """All files that were read."""
        return frozenset(
            folder + name
            for folder, names in self.files.items()
            for name in names.strip("/").replace("//", "/").split("/")
        )

    def read_searched(self, path: str) -> bytes:
        """Return the bytes of a file that was searched, or of a settings file beside it.

        Raises FileNotFoundError for any other path, and OSError.
        """
        if path in self.hits:
            return self.hits[path]
        folder, slash, name = path.rpartition("/")
        if not contains_name(self.files, folder + slash, name):
            return read_settings_file(path, self.files)
        return read_bytes(path)


def search_files(
    paths: Iterable[str],
    needles: Sequence[bytes],
    excludes: Sequence[ExcludePatterns] = (),
    tick: Callable[[int], None] = lambda _: None,
    jobs: int | None = None,
    suffixes: tuple[str, ...] = PYTHON,
    confirm: ConfirmHit | None = None,
) -> SearchResult:
    """Search the given files, whatever their name, and below the given folders those with one of the suffixes.

     A file is read once, however many paths lead to it. `tick` is called from time to time with the number of files.
    Files that cannot be read are listed as failures; nothing is raised. `jobs` is the number of processes, by default
    as many as pay off; the result does not depend on it. `confirm` has the last word on a file that contains a needle.
    """
    read = make_reader(make_finder(needles), max(map(len, needles), default=0))
    search = _TreeSearch(
        partial(_read_confirmed, read, confirm) if confirm else read, process_count(jobs), tick, suffixes
    )
    for path in map(normalize_path, paths):
        if os.path.isfile(path):
            search.found.search_file(path, _real_path(path), search.read)
        elif os.path.exists(path) and not os.path.isdir(path):
            search.found.failures.add((path, "is neither a file nor a folder"))
        else:
            search.search_folder(_root_folder(path, excludes, suffixes, search.found.failures))
    for shown, real in sorted(search.found.links):
        search.follow_link(shown, real)
    return search.collect_result()


@dataclass(slots=True)
class _TreeSearch:
    """A search in progress; `roots` are the resolved folders below which it searches."""

    read: Callable[[str], bytes | None]
    jobs: int
    tick: Callable[[int], None]
    suffixes: tuple[str, ...]
    found: SearchState = field(default_factory=SearchState)
    outside: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)

    def search_folder(self, root: WalkedFolder) -> None:
        """Search every file below a folder; links are kept until all files are known."""
        self.roots.append(root.real)
        listings, folders = walk_first(root, _LISTED_FILES, _LISTED_FOLDERS) if self.jobs > 1 else ([], [root])
        pieces: list[FolderListing | WalkedFolder] = [*split_listings(listings, _MANY_FILES // 8), *folders]
        own = partial(self._search_pieces, root, self.tick)
        pays = self.jobs > 1 and (folders or sum(len(listing.files) for listing in listings) >= _MANY_FILES)
        answers = (
            share_work(pieces, own, partial(self._search_pieces, root, lambda _: None), self.jobs) if pays else None
        )
        for answer in answers or [own(pieces)]:
            self.found.add_plain(answer)
        self.tick(self.found.count)

    def _search_pieces(
        self, root: WalkedFolder, tick: Callable[[int], None], pieces: Iterable[FolderListing | WalkedFolder]
    ) -> tuple[Any, ...]:
        """Search listings, and folders with everything below them, and return the result as plain values."""
        fresh = SearchState()
        for piece in pieces:
            for listing in [piece] if isinstance(piece, FolderListing) else walk_folders(piece, is_root=piece is root):
                fresh.search_listing(listing, self.read, self.found.real)
                tick(self.found.count + fresh.count)
        return fresh.to_plain()

    def follow_link(self, shown: str, link: str) -> None:
        """Search the target of a link if it is a file below one of the searched folders."""
        target = _real_path(link)
        folder, slash, name = target.rpartition("/")
        is_file = os.path.isfile(target) and shown.endswith(self.suffixes)
        if shown.endswith(PYTHON) and not target.endswith(PYTHON):
            others = (path for path in self.found.hits if not path.endswith(PYTHON))
            self.found.rename_hit(shown, next((path for path in others if _real_path(path) == target), None))
        if contains_name(self.found.real, folder + slash, name) or (not is_file and not os.path.isdir(target)):
            return
        if not any(target.startswith(root) for root in self.roots):
            self.outside.append(shown)
        elif is_file and folder + slash in self.found.walked:
            self.found.search_file(shown, target, self.read)

    def collect_result(self) -> SearchResult:
        """Return the result of the search."""
        hits = dict(sorted(self.found.hits.items(), key=lambda hit: hit[0].split("/")))
        failures = tuple(FileFailure(*failure) for failure in sorted(self.found.failures))
        return SearchResult(hits, self.found.shown, self.found.count, failures, tuple(self.outside))


def _read_confirmed(read: Callable[[str], bytes | None], confirm: ConfirmHit, path: str) -> bytes | None:
    data = read(path)
    return data if data is not None and confirm(path, data) else None


def _root_folder(
    path: str, excludes: Sequence[ExcludePatterns], suffixes: tuple[str, ...], failures: set[tuple[str, str]]
) -> WalkedFolder:
    real = _real_path(path)
    try:
        outer = layers_above(real, suffixes)
    except OSError as error:
        failures.add((str(error.filename or path), f"cannot be read: {error_reason(error)}"))
        outer = ()
    excluded: list[Patterns | None] = []
    for exclude in excludes:
        base = _real_path(exclude.base)
        home = base if f"{real}/".startswith(f"{base}/") else real
        excluded.append(parse_patterns(home, exclude.patterns, suffixes))
    shown = "" if path == "." else path.rstrip("/") + "/"
    return WalkedFolder(shown, real.rstrip("/") + "/", outer, tuple(filter(None, excluded)), suffixes)


def _real_path(path: str) -> str:
    return os.path.realpath(path).replace(os.sep, "/")


def normalize_path(path: str) -> str:
    """Return a path as it is displayed: with single slashes and without `.` parts.

    A `..` stays, because the parent of a link's target is not the folder that is written before it.
    """
    path = path.replace(os.sep, "/")
    start = path[: len(path) - len(path.lstrip("/"))]
    return start + "/".join(part for part in path.split("/") if part not in ("", ".")) or "."
