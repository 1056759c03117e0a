"""Bytes from a file or a pipe, unpacked where they are compressed, in blocks."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO, cast

BLOCK = 1 << 18
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class SourceError(OSError):
    """The bytes cannot be read to their end."""


def unpacked(stream: BinaryIO) -> BinaryIO:
    """The stream itself, or what is packed in it. Raises OSError."""
    buffered = stream if isinstance(stream, BufferedReader) else BufferedReader(cast("BufferedReader", stream))
    if buffered.peek(2)[:2] == _GZIP:
        return cast("BinaryIO", gzip.GzipFile(fileobj=buffered))
    return buffered


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, without a byte order mark. Raises SourceError."""
    first = True
    while block := _read(stream):
        yield block.removeprefix(_BOM) if first else block
        first = False


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(BLOCK)
    except (EOFError, zlib.error, OSError) as error:
        raise SourceError(f"it cannot be read to its end: {error}") from error
