"""Carry every document of a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

import msgspec

from migrator.payload.errors import DocumentError, LossError, TranslationError
from migrator.payload.streams.shape import Shape, shape_of
from migrator.payload.streams.source import BLOCK
from migrator.payload.streams.tally import Tally, Where
from migrator.payload.translation import Translation

#: Carries one document, in bytes. Raises TranslationError.
Carry = Callable[[bytes], Translation[bytes]]


class StoppedError(Exception):
    """A document has lost something and the caller wants an error: where it stood, and what is lost."""

    def __init__(self, where: Where, error: LossError) -> None:
        super().__init__(str(error))
        self.where = where


def carry_stream(blocks: Iterator[bytes], carry: Carry, takes_array: bool, out: BinaryIO, tally: Tally) -> Shape:
    """Carry the documents of a stream to another, and tell the shape. Raises OSError, StoppedError.

    With `takes_array` a document is an array itself. Of lines, only some are in memory at a time.
    """
    head, complete = _head(blocks)
    shape = shape_of(head, complete)
    rest = chain([head], blocks)
    if shape is Shape.LINES:
        _lines(rest, carry, out, tally)
        return shape
    data = b"".join(rest).strip()
    indent = b"\n" in data
    if shape is Shape.ARRAY and not (takes_array and not _holds_arrays(data)):
        written = _array(data, carry, tally)
    else:
        written = _one({}, data, carry, tally)
    if written is not None:
        out.write((msgspec.json.format(written, indent=2) if indent else written) + b"\n")
    return shape


def _head(blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The first blocks, with a whole line at least, and whether that is all."""
    head = b""
    for block in blocks:
        head += block
        if len(head) >= BLOCK and b"\n" in head.lstrip():
            return head, False
    return head, True


def _lines(blocks: Iterator[bytes], carry: Carry, out: BinaryIO, tally: Tally) -> None:
    number = 0
    for lines in _whole_lines(blocks):
        written = []
        for line in map(bytes.strip, lines):
            number += 1
            if not line:
                continue
            document = _one({"line": number}, line, carry, tally)
            if document is not None:
                written.append(document)
        if written:
            out.write(b"\n".join((*written, b"")))


def _whole_lines(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    parts: list[bytes] = []
    for block in blocks:
        start, newline, end = block.rpartition(b"\n")
        if newline:
            yield b"".join((*parts, start)).split(b"\n")
            parts.clear()
        parts.append(end)
    yield b"".join(parts).split(b"\n")


def _array(data: bytes, carry: Carry, tally: Tally) -> bytes | None:
    try:
        items = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (ValueError, RecursionError) as error:
        tally.reject({}, data, DocumentError("", f"it is not JSON in UTF-8: {error}"))
        return None
    carried = (_one({"index": index}, bytes(item), carry, tally) for index, item in enumerate(items))
    return b"[" + b",".join(document for document in carried if document is not None) + b"]"


def _holds_arrays(data: bytes) -> bool:
    return data[1:].lstrip()[:1] == b"["


def _one(where: Where, data: bytes, carry: Carry, tally: Tally) -> bytes | None:
    try:
        translation = carry(data)
    except LossError as error:
        raise StoppedError(where, error) from error
    except TranslationError as error:
        tally.reject(where, data, error)
        return None
    tally.documents += 1
    if translation.losses or translation.follow_ups:
        tally.say(where, data, translation)
    if translation.missing:
        tally.lack(translation.missing)
    if translation.document is not data and translation.document is not None:
        tally.changed += 1
    return translation.document
