"""What a search has found so far, in plain values that one process can hand to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from migrator.files.failure import reason
from migrator.files.read import read_bytes
from migrator.files.walk import Listing


@dataclass(slots=True)
class Found:
    """Files that were read, as names by folder: where they really are, and how they are shown.

    `walked` are real folders, also those without a file; `links` wait to be followed; `count` is of the files.
    """

    real: dict[str, set[str]] = field(default_factory=dict)
    shown: dict[str, set[str]] = field(default_factory=dict)
    walked: set[str] = field(default_factory=set)
    hits: dict[str, bytes] = field(default_factory=dict)
    failures: set[tuple[str, str]] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    def look(self, path: str, real: str, test: Callable[[bytes], bool]) -> None:
        """Read a file and search it, unless that was done already."""
        folder, slash, name = real.rpartition("/")
        if name in self.real.get(folder + slash, ()):
            return
        try:
            data = read_bytes(path)
        except OSError as error:
            self.failures.add((path, f"cannot be read: {reason(error)}"))
            return
        self.count += 1
        self.real.setdefault(folder + slash, set()).add(name)
        folder, slash, name = path.rpartition("/")
        self.shown.setdefault(folder + slash, set()).add(name)
        if test(data):
            self.hits[path] = data

    def look_through(self, listing: Listing, test: Callable[[bytes], bool], known: Found) -> None:
        """Read and search the files of a folder that are not known yet."""
        shown, real = listing.folder.shown, listing.folder.real
        self.failures.update((failure.path, failure.message) for failure in listing.failures)
        self.walked.add(real)
        self.links += [(shown + name, real + name) for name in listing.links]
        names = _without(listing.files, known.real.get(real))
        for name in names:
            try:
                data = read_bytes(shown + name)
            except OSError as error:
                self.failures.add((shown + name, f"cannot be read: {reason(error)}"))
                names = _without(names, {name})
                continue
            if test(data):
                self.hits[shown + name] = data
        if names:
            self.count += len(names)
            self.real.setdefault(real, set()).update(names)
            self.shown.setdefault(shown, set()).update(names)

    def plain(self) -> tuple[Any, ...]:
        """All of it as values that `marshal` carries."""
        return self.real, self.shown, self.walked, self.hits, self.failures, self.links, self.count

    def add(self, plain: tuple[Any, ...]) -> None:
        """Take what another process found."""
        real, shown, walked, hits, failures, links, count = plain
        for mine, theirs in ((self.real, real), (self.shown, shown)):
            for folder, names in theirs.items():
                mine.setdefault(folder, set()).update(names)
        self.walked |= walked
        self.hits |= hits
        self.failures |= failures
        self.links += links
        self.count += count


def _without(names: Iterable[str], known: set[str] | None) -> list[str]:
    return [name for name in names if name not in known] if known else list(names)
