"""Detect whether bytes contain one document, an array of documents, or one document on each line."""

from __future__ import annotations

from enum import Enum

from migrator.payload.byte_documents import check_json
from migrator.payload.json_text import parse_json
from migrator.payload.translation_errors import DocumentError


class StreamShape(Enum):
    """Enumerate how documents are laid out."""

    DOCUMENT = "a document"
    ARRAY = "an array"
    LINES = "JSON Lines"


def detect_shape(head: bytes, complete: bool) -> StreamShape:
    """Return the shape of what begins with `head`: at least one whole line, or everything when `complete`."""
    lines = [line.strip(b" \t\r") for line in head.split(b"\n")]
    whole = [line for line in (lines if complete else lines[:-1]) if line] or lines
    first, *others = whole
    single = StreamShape.ARRAY if first.startswith(b"[") else StreamShape.DOCUMENT
    if is_json(first):
        return single if complete and not others else StreamShape.LINES
    if first in (b"[", b"{") or (complete and is_json(head)):
        return single
    return StreamShape.LINES if not first or any(_is_a_document(line) for line in others) else single


def is_json(data: bytes) -> bool:
    """Return whether bytes are one JSON value and nothing else."""
    try:
        check_json(data)
    except (ValueError, RecursionError):
        return _is_other_json(data)
    return True


def _is_other_json(data: bytes) -> bool:
    """Return whether bytes are JSON that only the complete parser reads: with half a surrogate pair, say."""
    try:
        parse_json(data)
    except DocumentError:
        return False
    return True


def _is_a_document(line: bytes) -> bool:
    return line[:1] in (b"{", b"[") and is_json(line)
