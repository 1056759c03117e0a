"""Read a file's bytes, at the least cost for the many files that are read once and forgotten."""

# A call through pathlib costs several times as much, and these are made for every file of a tree.
from __future__ import annotations

import os

#: Larger than most source files, so that one call reads them.
_CHUNK = 1 << 16
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file. Raises OSError."""
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, _CHUNK)
        if len(data) < _CHUNK:
            return data
        chunks = [data]
        while data := os.read(file, _CHUNK):
            chunks.append(data)
        return b"".join(chunks)
    finally:
        os.close(file)
