"""Every file of the wanted kind below a folder, but for what git ignores and what is not the user's own work."""

# os.scandir knows what an entry is without asking the disk again.
from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from migrator.files.failure import Failure, reason
from migrator.files.gitignore import EVERY, Patterns, ignored, read_patterns
from migrator.files.python_files import is_python
from migrator.files.read import read_start

#: Folders of other people's code and of what is built from one's own.
FOREIGN = frozenset(
    {"node_modules", "site-packages", "vendor", "_vendor", "third_party", "venv", "build", "dist", "__pycache__"}
)

#: Hidden folders of tools; other hidden ones count where every file is wanted, for they configure what runs.
TOOLS = frozenset(
    {".git", ".hg", ".svn", ".jj", ".migrator", ".venv", ".tox", ".nox", ".eggs", ".cache", ".hypothesis", ".gradle"}
    | {".mypy_cache", ".pytest_cache", ".ruff_cache", ".terraform", ".yarn", ".pnpm-store", ".next", ".nuxt", ".idea"}
)

#: The file that tells a virtual environment, whatever its name.
_ENVIRONMENT = "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of the walk: how it is shown, where it really is, and what outer folders say about its entries.

    Both paths are ready to be joined: they end in a slash, or are empty for the current folder.
    """

    shown: str
    real: str
    outer: tuple[Patterns, ...]
    excluded: tuple[Patterns, ...]
    suffixes: tuple[str, ...]

    def inner(self, name: str) -> Folder:
        """A folder in this one."""
        return Folder(f"{self.shown}{name}/", f"{self.real}{name}/", self.outer, self.excluded, self.suffixes)


@dataclass(frozen=True, slots=True)
class Listing:
    """The names in one folder that count: files, links, and folders to go on with; and what could not be read."""

    folder: Folder
    failures: tuple[Failure, ...] = ()
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def walk(root: Folder, *, is_root: bool = True) -> Iterator[Listing]:
    """One listing for each folder below a folder, itself included. Links to folders are never followed."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        listing = _listing(folder, is_root and folder is root)
        yield listing
        waiting += _below(listing)


def begin(root: Folder, files: int, folders: int) -> tuple[list[Listing], list[Folder]]:
    """Walk from the top until so many files are known, or so many folders are left for others to walk; and those."""
    done: list[Listing] = []
    waiting = deque([root])
    known = 0
    while waiting and known < files and len(waiting) < folders:
        listing = _listing(waiting.popleft(), is_root=not done)
        done.append(listing)
        known += len(listing.files)
        waiting += _below(listing)
    return done, list(waiting)


def split(listings: Iterable[Listing], most: int) -> Iterator[Listing]:
    """The same listings, none with more than so many files."""
    for listing in listings:
        yield replace(listing, files=listing.files[:most])
        for start in range(most, len(listing.files), most):
            yield Listing(listing.folder, files=listing.files[start : start + most])


def _below(listing: Listing) -> list[Folder]:
    return [listing.folder.inner(name) for name in listing.folders]


def _listing(folder: Folder, is_root: bool) -> Listing:
    try:
        with os.scandir(folder.real) as entries:
            found = list(entries)
    except OSError as error:
        return Listing(folder, (Failure(folder.shown.rstrip("/") or ".", f"cannot be read: {reason(error)}"),))
    names = [entry.name for entry in found]
    if _ENVIRONMENT in names and not is_root:
        return Listing(folder)
    listing = _with_patterns(folder) if ".gitignore" in names else Listing(folder)
    layers = (*listing.folder.outer, *folder.excluded)
    suffixes = folder.suffixes
    for entry in found:
        if not entry.is_file(follow_symlinks=False):
            _sort_in(listing, entry, layers)
        elif entry.name.endswith(suffixes) or "." not in entry.name:
            path = folder.real + entry.name
            if not (layers and ignored(layers, path, folder=False)) and _is_wanted(path, entry.name, suffixes):
                listing.files.append(entry.name)
    return listing


def _is_wanted(path: str, name: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a file has one of the suffixes or is, without any, a script in Python."""
    if name.endswith(suffixes):
        return True
    try:
        return is_python(path, read_start(path))
    except OSError:
        return True  # who reads it tells of the error


def _with_patterns(folder: Folder) -> Listing:
    try:
        patterns = read_patterns(folder.real + ".gitignore", folder.real, folder.suffixes)
    except OSError as error:
        return Listing(folder, (Failure(f"{folder.shown}.gitignore", f"cannot be read: {reason(error)}"),))
    return Listing(replace(folder, outer=(*folder.outer, patterns)) if patterns else folder)


def _sort_in(listing: Listing, entry: os.DirEntry[str], layers: tuple[Patterns, ...]) -> None:
    """Add a folder or a link to the names of its sort, unless it does not count."""
    if _is_foreign(entry.name, listing.folder.suffixes) or ignored(
        layers, listing.folder.real + entry.name, folder=True
    ):
        return
    if entry.is_symlink():
        listing.links.append(entry.name)
    elif entry.is_dir():
        listing.folders.append(entry.name)


def _is_foreign(name: str, suffixes: tuple[str, ...]) -> bool:
    hidden = name in TOOLS if suffixes == EVERY else name.startswith(".")
    return hidden or name in FOREIGN or name.endswith(".egg-info")
