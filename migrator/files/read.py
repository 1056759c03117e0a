"""Read a file's bytes, at the least cost for the many files that are read once and forgotten."""

# A call through pathlib costs several times as much, and these are made for every file of a tree.
from __future__ import annotations

import os
from collections.abc import Callable

from migrator.files.byte_search import Find

#: Larger than most source files, so that one call reads them.
_CHUNK = 1 << 16
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)

#: Beyond this size a file is only searched, piece by piece, and never held as a whole.
LIMIT = 1 << 28


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file. Raises OSError."""
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, _CHUNK)
        return data if len(data) < _CHUNK else data + _rest(file)
    finally:
        os.close(file)


def read_start(path: str) -> bytes:
    """The first bytes of a regular file: enough for the first line of a script. Raises OSError."""
    file = os.open(path, _FLAGS)
    try:
        return os.read(file, 200)
    finally:
        os.close(file)


def reader_of_hits(find: Find, longest: int, limit: int = LIMIT) -> Callable[[str], bytes | None]:
    """Reads the files that hold what is looked for, at most `longest` bytes: a path to its bytes, else None.

    Raises OSError, also for a file of more than `limit` bytes in which something is found.
    """

    def read(path: str) -> bytes | None:
        file = os.open(path, _FLAGS)
        try:
            data = os.read(file, _CHUNK)
            if len(data) == _CHUNK:
                if os.fstat(file).st_size > limit:
                    _refuse_if_found(file, data, find, longest)
                    return None
                data += _rest(file)
        finally:
            os.close(file)
        return data if find(data) else None

    return read


def _refuse_if_found(file: int, data: bytes, find: Find, longest: int) -> None:
    while data:
        if find(data):
            raise OSError(None, "is too large, and holds what is searched for; look at it in pieces")
        rest = os.read(file, _CHUNK)
        data = rest and data[-longest:] + rest


def _rest(file: int) -> bytes:
    return b"".join(iter(lambda: os.read(file, _CHUNK), b""))
