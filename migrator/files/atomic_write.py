"""Replace a file with its new contents, whole or not at all."""

# The functions of os, unlike pathlib's, show which call is atomic and which one follows a link.
# ruff: noqa: PTH101, PTH105, PTH108, PTH116, PTH118, PTH120
from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from migrator.files.read import read_bytes
from migrator.files.regular_file import close_file

#: The prefix of new files, which grow beside their targets: a rename is atomic within one file system only.
PREFIX = ".migrator-"
#: The flags that create a file, and fail if its name exists, even as a link.
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class ChangedMeanwhile(OSError):
    """The file has changed since it was read."""


def replace_file(path: str, before: bytes, after: bytes, prefix: str = PREFIX) -> None:
    """Write `after` to the path that `before` was read from, keeping links, mode bits and (where allowed) the owner.

    The new file is called `prefix`*.tmp until it takes the place of the old one. Raises OSError, and leaves the file
    unchanged, when it cannot be written or no longer contains `before`.
    """
    target = os.path.realpath(path)
    status = os.stat(target)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(None, "is not a regular file")
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(None, "is read-only")
    folder = os.path.dirname(target)
    temporary = new_file(folder, prefix, after)
    try:
        _keep_attributes(target, temporary, status)
        if read_bytes(target) != before:
            raise ChangedMeanwhile(None, "changed since it was read")
        _move_file(temporary, target, after)
    except BaseException:
        remove_temporary(temporary)
        raise
    sync_folder(folder)


def new_file(folder: str, prefix: str, data: bytes) -> str:
    """Create a file with `data`, flushed to disk and private to its owner, and return its path. Raises OSError."""
    file, path = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=folder)
    _fill_file(file, path, data)
    return path


def create_file(path: str, data: bytes) -> None:
    """Create a file with `data`, flushed to disk and private to its owner. Raises OSError, also if it exists."""
    _fill_file(os.open(path, NEW_FILE, 0o600), path, data)


def remove_temporary(path: str) -> None:
    """Delete a file of our own; one that cannot be deleted now is swept by the next run."""
    # An error here must not take the place of the one that is being handled, least of all of an interrupt.
    with contextlib.suppress(OSError):
        os.unlink(path)


def sync_file(path: str) -> None:
    """Flush a file's data to disk. Raises OSError."""
    file = os.open(path, os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        close_file(file)


def sync_folder(folder: str) -> None:
    """Flush a folder's entries to disk, so that a new name survives a crash; ignored where folders cannot be synced."""
    with contextlib.suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            close_file(file)


def is_below(root: str, path: str) -> bool:
    """Return whether a path leads to something below a folder, after following links."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(root), ""))


def _fill_file(file: int, path: str, data: bytes) -> None:
    """Write all bytes to a new file and close it; delete it if that fails."""
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    except BaseException:
        remove_temporary(path)
        raise
    finally:
        close_file(file)


def _move_file(temporary: str, target: str, after: bytes) -> None:
    """Rename the new file to the old one's name. Raises OSError if the file was not replaced."""
    try:
        os.replace(temporary, target)
    except OSError:
        # A server may have renamed the file and lost the answer: what the folder contains is the truth.
        if os.path.lexists(temporary) or read_bytes(target) != after:
            raise


def _keep_attributes(target: str, temporary: str, status: os.stat_result) -> None:
    """Give the new file the owner (where allowed), extended attributes and mode bits of the old one."""
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(temporary, name, os.getxattr(target, name))
    os.chmod(temporary, stat.S_IMODE(status.st_mode))
