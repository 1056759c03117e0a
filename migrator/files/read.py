"""Read a file's bytes, at the least cost for the many files that are read once and forgotten."""

# A call through pathlib costs several times as much, and these are made for every file of a tree.
from __future__ import annotations

import os
from collections.abc import Callable

#: Larger than most source files, so that one call reads them.
_CHUNK = 1 << 16
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)

#: Looks for something in the bytes of a file: what it found, or something empty.
Find = Callable[[bytes], object]


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file. Raises OSError."""
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, _CHUNK)
        return data if len(data) < _CHUNK else data + _rest(file)
    finally:
        os.close(file)


def reader_of_hits(find: Find) -> Callable[[str], bytes | None]:
    """Reads the files in which something is found: a path to its bytes, None for the others. Raises OSError."""
    return lambda path: data if find(data := read_bytes(path)) else None


def _rest(file: int) -> bytes:
    return b"".join(iter(lambda: os.read(file, _CHUNK), b""))
