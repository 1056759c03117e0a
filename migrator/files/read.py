"""Read files with as few system calls as possible, because most are read once and forgotten."""

# pathlib costs several times as much as os, and these functions are called for every file of a tree.
from __future__ import annotations

import os
import stat
from collections.abc import Callable

from migrator.files.byte_search import FindBytes

#: Larger than most source files, so that one system call reads them.
_CHUNK = 1 << 16
#: A file that became a pipe since it was listed must not wait for a writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)

#: Larger files are only searched, in pieces, so that memory stays bounded; one that contains a needle is a failure.
LIMIT = 1 << 28
#: Searching four gigabytes takes a few seconds. A larger file is a failure: a sparse one may have no end worth reading.
SEARCH_LIMIT = 1 << 32


def read_bytes(path: str) -> bytes:
    """Return the bytes of a regular file. Raises OSError."""
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, _CHUNK)
        return data if len(data) < _CHUNK else data + _read_rest(file)
    finally:
        os.close(file)


def read_start(path: str) -> bytes:
    """Return the first bytes of a regular file, enough for the first line of a script. Raises OSError."""
    file = os.open(path, _FLAGS)
    try:
        return os.read(file, 200)
    finally:
        os.close(file)


def make_reader(find: FindBytes, longest: int, limit: int = LIMIT) -> Callable[[str], bytes | None]:
    """Return a function that reads a file and returns its bytes if it contains what `find` looks for, else None.

    Needles are at most `longest` bytes. The function raises OSError, also for a file of more than `limit` bytes that
    contains a needle, and for one that is too large to be searched.
    """

    def read(path: str) -> bytes | None:
        file = os.open(path, _FLAGS)
        try:
            data = os.read(file, _CHUNK)
            if len(data) == _CHUNK:
                status = os.fstat(file)
                if not stat.S_ISREG(status.st_mode):
                    raise OSError(None, "is not a regular file")
                if status.st_size > SEARCH_LIMIT:
                    raise OSError(None, f"is larger than {SEARCH_LIMIT >> 30} GiB, so it was not searched")
                if status.st_size > limit:
                    _refuse_if_found(file, data, find, longest)
                    return None
                data += _read_rest(file)
        finally:
            os.close(file)
        return data if find(data) else None

    return read


def _refuse_if_found(file: int, data: bytes, find: FindBytes, longest: int) -> None:
    while data:
        if find(data):
            raise OSError(None, "is too large to read, and contains an old name; split it")
        rest = os.read(file, _CHUNK)
        data = rest and data[-longest:] + rest


def _read_rest(file: int) -> bytes:
    return b"".join(iter(lambda: os.read(file, _CHUNK), b""))
