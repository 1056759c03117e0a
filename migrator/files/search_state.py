"""Collect the results of a search in plain values, which one process can send to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from migrator.files.failure import error_reason
from migrator.files.walk import FolderListing

#: The names of files by folder, as one string with a slash around each name: cheaper to store, send and extend than a
#: set, and few names are ever looked up.
NamesByFolder = dict[str, str]


def contains_name(names: NamesByFolder, folder: str, name: str) -> bool:
    """Return whether a folder's names include the file."""
    return f"/{name}/" in names.get(folder, "")


@dataclass(slots=True)
class SearchState:
    """The files read so far, as names by folder: `real` are resolved paths, `shown` the paths as they are displayed.

    `walked` are resolved folders, including those without a file; `links` are not followed yet; `count` counts files.
    """

    real: NamesByFolder = field(default_factory=dict)
    shown: NamesByFolder = field(default_factory=dict)
    walked: set[str] = field(default_factory=set)
    hits: dict[str, bytes] = field(default_factory=dict)
    failures: set[tuple[str, str]] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    def search_file(self, path: str, real: str, read: Callable[[str], bytes | None]) -> None:
        """Read and search a file, unless it was read before."""
        folder, slash, name = real.rpartition("/")
        if contains_name(self.real, folder + slash, name):
            return
        above, shown_slash, shown_name = path.rpartition("/")
        if self._read_names(above + shown_slash, [shown_name], read):
            _add_names(self.real, folder + slash, f"/{name}/")
            _add_names(self.shown, above + shown_slash, f"/{shown_name}/")

    def search_listing(self, listing: FolderListing, read: Callable[[str], bytes | None], known: NamesByFolder) -> None:
        """Read and search the files of a folder that were not read before."""
        shown, real = listing.folder.shown, listing.folder.real
        self.failures.update((failure.path, failure.message) for failure in listing.failures)
        self.walked.add(real)
        self.links += [(shown + name, real + name) for name in listing.links]
        names = listing.files
        if real in known:
            names = [name for name in names if not contains_name(known, real, name)]
        if known_now := self._read_names(shown, names, read):
            text = f"/{'/'.join(known_now)}/"
            _add_names(self.real, real, text)
            _add_names(self.shown, shown, text)

    def rename_hit(self, path: str, known: str | None) -> None:
        """Take a file that was read under a name without a suffix for what the link to it is named."""
        if known is not None:
            self.hits[path] = self.hits.pop(known)
            folder, slash, name = path.rpartition("/")
            _add_names(self.shown, folder + slash, f"/{name}/")

    def _read_names(self, folder: str, names: Iterable[str], read: Callable[[str], bytes | None]) -> list[str]:
        """Read and search files of one folder; return the names of those that could be read."""
        done: list[str] = []
        for name in names:
            path = folder + name
            try:
                data = read(path)
            except OSError as error:
                self.failures.add((path, f"cannot be read: {error_reason(error)}"))
                continue
            done.append(name)
            if data is not None:
                self.hits[path] = data
        self.count += len(done)
        return done

    def to_plain(self) -> tuple[Any, ...]:
        """Return everything as values that `marshal` can encode."""
        return self.real, self.shown, self.walked, self.hits, self.failures, self.links, self.count

    def add_plain(self, plain: tuple[Any, ...]) -> None:
        """Add the result of another process."""
        real, shown, walked, hits, failures, links, count = plain
        for mine, theirs in ((self.real, real), (self.shown, shown)):
            for folder, names in theirs.items():
                _add_names(mine, folder, names)
        self.walked |= walked
        self.hits |= hits
        self.failures |= failures
        self.links += links
        self.count += count


def _add_names(names: NamesByFolder, folder: str, more: str) -> None:
    names[folder] = names.get(folder, "") + more
