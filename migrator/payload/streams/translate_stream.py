"""Translate every document of a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from migrator.payload.streams.byte_source import Source
from migrator.payload.streams.stream_shape import Shape, shape_of
from migrator.payload.streams.stream_stats import Tally, Where
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError

#: Translates one document, in bytes. Raises TranslationError.
Carry = Callable[[bytes], Translation[bytes]]


class StoppedError(Exception):
    """Report that a document lost something and the caller asked for an error: its position, and what is lost."""

    def __init__(self, where: Where, error: LossError) -> None:
        super().__init__(str(error))
        self.where = where


def carry_stream(given: Source, carry: Carry, takes_array: bool, out: BinaryIO, tally: Tally) -> Iterator[int]:
    """Translate the documents of a stream; yield the number of bytes read so far, now and then.

    With `takes_array` a document is itself an array. Only some lines are in memory at a time.
    Raises OSError, StoppedError.
    """
    shape = shape_of(given.head, given.complete)
    if shape is Shape.LINES:
        for lines in given.batches():
            out.write(b"".join(_lines(lines, carry, tally)))
            yield sum(map(len, lines))
        return
    data = given.whole()
    yield len(data)
    if shape is Shape.ARRAY and not (takes_array and not _holds_arrays(data)):
        written = _array(data, carry, tally)
    else:
        written = _one({}, data, carry, tally)
    if written is not None:
        indented = msgspec.json.format(written, indent=2) if b"\n" in data.strip() else written
        out.write(indented.rstrip() + b"\n")


def _lines(lines: list[bytes], carry: Carry, tally: Tally) -> list[bytes]:
    """Return the bytes to write for some lines. This loop is the hot path of a stream: a document costs a few calls."""
    written: list[bytes] = []
    start = tally.lines + 1
    tally.lines += len(lines)
    for number, line in enumerate(lines, start):
        try:
            translation = carry(line)
        except TranslationError as error:
            if not line.isspace():
                _failed({"line": number}, line, error, tally)
            continue
        tally.documents += 1
        document = translation.document
        if document is line:
            written.append(line)
        elif document is not None:
            tally.changed += 1
            written += (document, b"\n")
        if translation.losses or translation.follow_ups or translation.missing is not tally.missing:
            tally.say({"line": number}, line, translation)
    return written


def _array(data: bytes, carry: Carry, tally: Tally) -> bytes | None:
    try:
        items = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (ValueError, RecursionError) as error:
        tally.reject({}, data, DocumentError("", f"not JSON in UTF-8: {error}"))
        return None
    carried = (_one({"index": index}, bytes(item), carry, tally) for index, item in enumerate(items))
    return b"[" + b",".join(document for document in carried if document is not None) + b"]"


def _holds_arrays(data: bytes) -> bool:
    return data.lstrip()[1:].lstrip()[:1] == b"["


def _one(where: Where, data: bytes, carry: Carry, tally: Tally) -> bytes | None:
    try:
        translation = carry(data)
    except TranslationError as error:
        _failed(where, data, error, tally)
        return None
    tally.documents += 1
    tally.changed += translation.document is not data and translation.document is not None
    tally.say(where, data, translation)
    return translation.document


def _failed(where: Where, data: bytes, error: TranslationError, tally: Tally) -> None:
    if isinstance(error, LossError):
        raise StoppedError(where, error) from error
    tally.reject(where, data, error)
