"""Put a changed file in the place of the old one, whole or not at all."""

# The functions of os say which call is atomic and which one follows a link.
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
    """The file is no longer the one that was read."""


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a new file grows: in `folder`, or, on another file system, beside the old one as `prefix`*.tmp."""

    folder: str
    prefix: str


def replace_file(path: str, before: bytes, after: bytes, staging: Staging | None = None) -> None:
    """Write `after` where `before` was read from; a link stays a link, mode bits and (where allowed) the owner stay.

    Raises OSError, and leaves the file as it is, when it cannot be written or no longer holds `before`.
    """
    target = os.path.realpath(path)
    status = os.stat(target)
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(None, "is read-only")
    prefix = staging.prefix if staging else ".migrator-"
    try:
        _swap(target, before, status, new_file(staging.folder if staging else _beside(target), prefix, after))
    except OSError as error:
        if staging is None or error.errno != errno.EXDEV:
            raise
        _swap(target, before, status, new_file(_beside(target), prefix, after))
    sync_folder(_beside(target))


def new_file(folder: str, prefix: str, data: bytes) -> str:
    """The path of a new file that holds `data` on the disk, and that only its owner may read. Raises OSError."""
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
    """Make a new name last; a system or file system without folders that can be synced goes without."""
    with contextlib.suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _beside(target: str) -> str:
    return os.path.dirname(target)


def _swap(target: str, before: bytes, status: os.stat_result, temporary: str) -> None:
    """Put the new file in the place of the old one, or away."""
    try:
        _keep_attributes(target, temporary, status)
        if read_bytes(target) != before:
            raise ChangedMeanwhile(None, "changed since it was read")
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _keep_attributes(target: str, temporary: str, status: os.stat_result) -> None:
    """Give the new file the owner (where allowed), the extended attributes and the mode bits of the old one."""
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(temporary, name, os.getxattr(target, name))
    os.chmod(temporary, stat.S_IMODE(status.st_mode))
