"""One process at a time: a lock that the system takes back from a process that is killed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: What the system says when another process holds the lock.
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class Busy(OSError):
    """Another process holds the lock."""


@contextmanager
def exclusive(path: str) -> Iterator[None]:
    """Hold the lock on a file, which is made if it is missing. Raises Busy, OSError if it cannot be made."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(file)
        except OSError as error:
            # A file system without locks goes without: each file is still compared before it is replaced.
            if error.errno in _HELD:
                raise Busy(None, "another run of migrator is at work in this project") from error
        yield
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
