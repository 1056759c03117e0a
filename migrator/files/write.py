"""Put a changed file in the place of the old one, whole or not at all."""

# The functions of os say which call is atomic and which one follows a link.
# ruff: noqa: PTH101, PTH105, PTH108, PTH116, PTH120
from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from migrator.files.read import read_bytes


class ChangedMeanwhile(OSError):
    """The file is no longer the one that was read."""


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Write `after` where `before` was read from; a link stays a link, mode bits and (where allowed) the owner stay.

    Raises OSError, and leaves the file as it is, when it cannot be written or no longer holds `before`.
    """
    target = os.path.realpath(path)
    status = os.stat(target)
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(None, "is read-only")
    temporary = _written_beside(target, after, status)
    try:
        if read_bytes(target) != before:
            raise ChangedMeanwhile(None, "changed since it was read")
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync_folder(os.path.dirname(target))


def _written_beside(target: str, data: bytes, status: os.stat_result) -> str:
    """The path of a file in the folder of `target` that holds `data` on the disk, with the target's owner and mode."""
    file, path = tempfile.mkstemp(prefix=".migrator-", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _keep_owner(path, status)
        os.chmod(path, stat.S_IMODE(status.st_mode))
    except BaseException:
        os.unlink(path)
        raise
    return path


def _keep_owner(path: str, status: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(path, status.st_uid, status.st_gid)


def _sync_folder(folder: str) -> None:
    """Make the new name last; a system or file system without folders that can be synced goes without."""
    with contextlib.suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
