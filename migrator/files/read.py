"""Read files with as few system calls as possible, because most are read once and forgotten."""

# pathlib costs several times as much as os, and these functions are called for every file of a tree.
from __future__ import annotations

import os
from collections.abc import Callable

from migrator.files.byte_search import FindBytes

#: Larger than most source files, so that one system call reads them.
_CHUNK = 1 << 16
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)

#: Larger files are only searched, in pieces, so that memory stays bounded; one that contains a needle is a failure.
LIMIT = 1 << 28


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
    contains a needle.
    """

    def read(path: str) -> bytes | None:
        file = os.open(path, _FLAGS)
        try:
            data = os.read(file, _CHUNK)
            if len(data) == _CHUNK:
                if os.fstat(file).st_size > limit:
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
