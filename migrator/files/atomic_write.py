"""Replace a file with its new contents, whole or not at all."""

# The functions of os, unlike pathlib's, show which call is atomic and which one follows a link.
# ruff: noqa: PTH101, PTH105, PTH108, PTH116, PTH120
from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from dataclasses import dataclass

from migrator.files.read import read_bytes


class ChangedMeanwhile(OSError):
    """The file has changed since it was read."""


@dataclass(frozen=True, slots=True)
class StagingArea:
    """The location of new files: `folder`, or the target's folder, as `prefix`*.tmp, on another file system."""

    folder: str
    prefix: str


def replace_file(path: str, before: bytes, after: bytes, staging: StagingArea | None = None) -> None:
    """Write `after` to the path that `before` was read from, keeping links, mode bits and (where allowed) the owner.

    Raises OSError, and leaves the file unchanged, when it cannot be written or no longer contains `before`.
    """
    target = os.path.realpath(path)
    status = os.stat(target)
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(None, "is read-only")
    prefix = staging.prefix if staging else ".migrator-"
    try:
        _swap_files(
            target, before, status, new_file(staging.folder if staging else _parent_folder(target), prefix, after)
        )
    except OSError as error:
        if staging is None or error.errno != errno.EXDEV:
            raise
        _swap_files(target, before, status, new_file(_parent_folder(target), prefix, after))
    sync_folder(_parent_folder(target))


def new_file(folder: str, prefix: str, data: bytes) -> str:
    """Create a file with `data`, flushed to disk and private to its owner, and return its path. Raises OSError."""
    file, path = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=folder)
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        os.unlink(path)
        raise
    return path


def sync_folder(folder: str) -> None:
    """Flush a folder's entries to disk, so that a new name survives a crash; ignored where folders cannot be synced."""
    with contextlib.suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _parent_folder(target: str) -> str:
    return os.path.dirname(target)


def _swap_files(target: str, before: bytes, status: os.stat_result, temporary: str) -> None:
    """Move the new file over the old one, or delete the new one if that fails."""
    try:
        _keep_attributes(target, temporary, status)
        if read_bytes(target) != before:
            raise ChangedMeanwhile(None, "changed since it was read")
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
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
