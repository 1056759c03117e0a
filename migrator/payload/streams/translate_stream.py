"""Translate every document of a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from migrator.payload.batch import translate_each
from migrator.payload.json_text import split_array
from migrator.payload.streams.byte_source import ByteSource
from migrator.payload.streams.stream_shape import StreamShape, detect_shape
from migrator.payload.streams.stream_stats import StreamPosition, StreamStats
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError

#: Translates one document, in bytes. Raises TranslationError.
TranslateBytes = Callable[[bytes], Translation[bytes]]


class StoppedError(Exception):
    """Report that a document lost something and the caller asked for an error: its position, and what is lost."""

    def __init__(self, where: StreamPosition, error: LossError) -> None:
        super().__init__(str(error))
        self.where = where


def translate_stream(
    given: ByteSource, carry: TranslateBytes, takes_array: bool, out: BinaryIO, tally: StreamStats
) -> Iterator[int]:
    """Translate the documents of a stream; yield the number of bytes read so far, now and then.

    With `takes_array` a document is itself an array. Only some lines are in memory at a time.
    Raises OSError, StoppedError.
    """
    out.write(given.mark)
    shape = detect_shape(given.head, given.complete)
    if shape is StreamShape.LINES:
        for lines in given.read_batches():
            out.write(b"".join(_translate_lines(lines, carry, tally)))
            yield sum(map(len, lines))
        return
    data = given.read_all()
    yield len(data)
    if shape is StreamShape.ARRAY and not (takes_array and not _contains_arrays(data)):
        written = _translate_array(data, carry, tally)
    else:
        written = _translate_one({}, data, carry, tally)
    if written is not None:
        out.write(written)


def _translate_lines(lines: list[bytes], carry: TranslateBytes, tally: StreamStats) -> list[bytes]:
    """Return the bytes to write for some lines. This loop is the hot path of a stream: a document costs a few calls."""
    written: list[bytes] = []
    start = tally.lines + 1
    tally.lines += len(lines)
    for number, (line, translation) in enumerate(zip(lines, translate_each(carry, lines), strict=True), start):
        if isinstance(translation, TranslationError):
            if not line.isspace():
                _record_failure({"line": number}, line, translation, tally)
            continue
        tally.documents += 1
        document = translation.document
        if document is line:
            written.append(line)
        elif document is not None:
            tally.changed += 1
            written.append(document)
        if (
            translation.losses
            or translation.follow_ups
            or translation.missing is not tally.missing
            or translation.unknown_name is not None
        ):
            tally.record_translation({"line": number}, line, translation)
    return written


def _translate_array(data: bytes, carry: TranslateBytes, tally: StreamStats) -> bytes | None:
    """Return the array with its translated documents, each with the layout that stood before it."""
    try:
        spans = split_array(data)
    except DocumentError as error:
        tally.reject_document({}, data, error)
        return None
    parts: list[bytes] = []
    behind = opening = spans[0][0] if spans else 0
    for index, (start, end) in enumerate(spans):
        document = _translate_one({"index": index}, data[start:end], carry, tally)
        if document is not None:
            parts += (data[behind:start] if parts else b"", document)
        behind = end
    return data[:opening] + b"".join(parts) + data[behind:]


def _contains_arrays(data: bytes) -> bool:
    return data.lstrip()[1:].lstrip()[:1] == b"["


def _translate_one(where: StreamPosition, data: bytes, carry: TranslateBytes, tally: StreamStats) -> bytes | None:
    try:
        translation = carry(data)
    except TranslationError as error:
        _record_failure(where, data, error, tally)
        return None
    tally.documents += 1
    tally.changed += translation.document is not data and translation.document is not None
    tally.record_translation(where, data, translation)
    return translation.document


def _record_failure(where: StreamPosition, data: bytes, error: TranslationError, tally: StreamStats) -> None:
    if isinstance(error, LossError):
        raise StoppedError(where, error) from error
    tally.reject_document(where, data, error)
