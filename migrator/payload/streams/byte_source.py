"""Read bytes from a file or a pipe, decompressed: whole, or in batches of lines."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeVar, cast

from migrator.payload.json_text import BOM

#: Bytes in a batch: large enough that the cost of a batch does not count, small enough that memory stays flat.
BLOCK_SIZE = 1 << 18
_GZIP = b"\x1f\x8b"
_T = TypeVar("_T")


class SourceError(OSError):
    """Report bytes that cannot be read to their end."""


@dataclass(frozen=True, slots=True)
class ByteSource:
    """Hold a stream after its byte order mark, and its `head`: whole lines, or everything when `complete`."""

    mark: bytes
    head: bytes
    complete: bool
    stream: BinaryIO

    def read_all(self) -> bytes:
        """Read all bytes. Raises SourceError."""
        return self.head + _read_or_raise(self.stream.read)

    def read_batches(self) -> Iterator[list[bytes]]:
        """Yield batches of lines, each with its end. Raises SourceError."""
        batch = io.BytesIO(self.head).readlines()
        while batch:
            following = _read_or_raise(lambda: self.stream.readlines(BLOCK_SIZE))
            yield batch
            batch = following


def open_source(stream: BinaryIO) -> ByteSource:
    """Read the beginning of a stream, which is decompressed if it is compressed. Raises SourceError."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    packed = _read_or_raise(lambda: buffered.peek(2)[:2] == _GZIP)
    unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=buffered)) if packed else cast("BinaryIO", buffered)
    begin = _read_or_raise(lambda: unpacked.read(BLOCK_SIZE) + unpacked.readline())
    head = begin.removeprefix(BOM)
    mark = begin[: len(begin) - len(head)]
    while not head.strip() and (more := _read_or_raise(unpacked.readline)):
        head += more
    return ByteSource(mark, head, not _read_or_raise(lambda: _peek_byte(unpacked)), unpacked)


def _peek_byte(stream: BinaryIO) -> bytes:
    return cast("io.BufferedReader", stream).peek(1)


def _read_or_raise(read: Callable[[], _T]) -> _T:
    try:
        return read()
    except (EOFError, zlib.error, OSError) as error:
        raise SourceError(f"cannot be read to its end: {error}") from error
