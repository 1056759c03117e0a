"""Walk a folder for the user's own files of the wanted kind, skipping ignored files and other people's code."""

# os.scandir reports the type of an entry without another system call.
from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from migrator.files.failure import FileFailure, error_reason
from migrator.files.gitignore import EVERY, Patterns, is_ignored, read_patterns
from migrator.files.python_files import is_python
from migrator.files.read import read_start

#: Folders with other people's code or build output.
FOREIGN = frozenset(
    {"node_modules", "site-packages", "vendor", "_vendor", "third_party", "venv", "build", "dist", "__pycache__"}
)

#: Hidden folders of tools. Other hidden folders are searched when all files are wanted: they configure what runs (CI).
TOOLS = frozenset(
    {".git", ".hg", ".svn", ".jj", ".migrator", ".venv", ".tox", ".nox", ".eggs", ".cache", ".hypothesis", ".gradle"}
    | {".mypy_cache", ".pytest_cache", ".ruff_cache", ".terraform", ".yarn", ".pnpm-store", ".next", ".nuxt", ".idea"}
)

#: The file that marks a virtual environment, whatever its folder is called.
_ENVIRONMENT = "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class WalkedFolder:
    """A folder of the walk: its displayed and its resolved path, and the ignore patterns of outer folders.

    Both paths end in a slash, so that names can be appended, or are empty for the current folder.
    """

    shown: str
    real: str
    outer: tuple[Patterns, ...]
    excluded: tuple[Patterns, ...]
    suffixes: tuple[str, ...]

    def subfolder(self, name: str) -> WalkedFolder:
        """Return a subfolder."""
        return WalkedFolder(f"{self.shown}{name}/", f"{self.real}{name}/", self.outer, self.excluded, self.suffixes)


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The relevant names in one folder: files, links and subfolders; and what could not be read."""

    folder: WalkedFolder
    failures: tuple[FileFailure, ...] = ()
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def walk_folders(root: WalkedFolder, *, is_root: bool = True) -> Iterator[FolderListing]:
    """Yield a listing for the folder and each folder below it. Links to folders are not followed."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        listing = _list_folder(folder, is_root and folder is root)
        yield listing
        waiting += _subfolders(listing)


def walk_first(root: WalkedFolder, files: int, folders: int) -> tuple[list[FolderListing], list[WalkedFolder]]:
    """Walk from the top until so many files, or waiting folders, are known; return the listings and those folders."""
    done: list[FolderListing] = []
    waiting = deque([root])
    known = 0
    while waiting and known < files and len(waiting) < folders:
        listing = _list_folder(waiting.popleft(), is_root=not done)
        done.append(listing)
        known += len(listing.files)
        waiting += _subfolders(listing)
    return done, list(waiting)


def split_listings(listings: Iterable[FolderListing], most: int) -> Iterator[FolderListing]:
    """Split the listings so that none has more than `most` files."""
    for listing in listings:
        yield replace(listing, files=listing.files[:most])
        for start in range(most, len(listing.files), most):
            yield FolderListing(listing.folder, files=listing.files[start : start + most])


def _subfolders(listing: FolderListing) -> list[WalkedFolder]:
    return [listing.folder.subfolder(name) for name in listing.folders]


def _list_folder(folder: WalkedFolder, is_root: bool) -> FolderListing:
    try:
        with os.scandir(folder.real) as entries:
            found = list(entries)
    except OSError as error:
        return FolderListing(
            folder, (FileFailure(folder.shown.rstrip("/") or ".", f"cannot be read: {error_reason(error)}"),)
        )
    names = [entry.name for entry in found]
    if _ENVIRONMENT in names and not is_root:
        return FolderListing(folder)
    listing = _with_patterns(folder) if ".gitignore" in names else FolderListing(folder)
    layers = (*listing.folder.outer, *folder.excluded)
    suffixes = folder.suffixes
    for entry in found:
        if not entry.is_file(follow_symlinks=False):
            _sort_in(listing, entry, layers)
        elif entry.name.endswith(suffixes) or "." not in entry.name:
            path = folder.real + entry.name
            if not (layers and is_ignored(layers, path, folder=False)) and _is_wanted(path, entry.name, suffixes):
                listing.files.append(entry.name)
    return listing


def _is_wanted(path: str, name: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether a file has one of the suffixes or is a Python script without a suffix."""
    if name.endswith(suffixes):
        return True
    try:
        return is_python(path, read_start(path))
    except OSError:
        return True  # reading it later reports the error


def _with_patterns(folder: WalkedFolder) -> FolderListing:
    try:
        patterns = read_patterns(folder.real + ".gitignore", folder.real, folder.suffixes)
    except OSError as error:
        return FolderListing(
            folder, (FileFailure(f"{folder.shown}.gitignore", f"cannot be read: {error_reason(error)}"),)
        )
    return FolderListing(replace(folder, outer=(*folder.outer, patterns)) if patterns else folder)


def _sort_in(listing: FolderListing, entry: os.DirEntry[str], layers: tuple[Patterns, ...]) -> None:
    """Add a folder or a link to the listing, unless it is ignored."""
    if _is_foreign(entry.name, listing.folder.suffixes) or is_ignored(
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
