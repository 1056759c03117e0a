"""Allow one process at a time, by a lock that the operating system releases when a process is killed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from migrator.files.regular_file import close_file, open_regular

#: The errors that mean that another process has locked the file.
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class LockBusy(OSError):
    """Another process has locked the file."""


@contextmanager
def hold_lock(path: str) -> Iterator[None]:
    """Lock a file, which is created if it is missing, for the length of the context. Raises LockBusy or OSError."""
    file = open_regular(path, os.O_RDWR | os.O_CREAT)
    try:
        try:
            _lock(file)
        except OSError as error:
            # On a file system without locks, each file is still compared before it is replaced.
            if error.errno in _HELD:
                raise LockBusy(None, "another migrator process is running in this project") from error
        yield
    finally:
        close_file(file)


def try_lock(file: int) -> bool:
    """Lock an open file until it is closed, and return whether that was possible."""
    try:
        _lock(file)
    except OSError:
        return False
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
