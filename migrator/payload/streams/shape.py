"""Tell by looking whether bytes hold one document, an array of documents, or one document on each line."""

from __future__ import annotations

from enum import Enum
from typing import Final

import msgspec

_check: Final = msgspec.json.Decoder(msgspec.Raw).decode


class Shape(Enum):
    """How documents are laid out."""

    DOCUMENT = "a document"
    ARRAY = "an array"
    LINES = "JSON Lines"


def shape_of(head: bytes, complete: bool) -> Shape:
    """The shape of what begins with `head`: at least one whole line, or everything when `complete`."""
    lines = [line for line in head.split(b"\n") if line.strip()]
    if not lines:
        return Shape.LINES
    single = Shape.ARRAY if lines[0].lstrip().startswith(b"[") else Shape.DOCUMENT
    if is_json(lines[0]):
        return single if complete and len(lines) == 1 else Shape.LINES
    if complete and is_json(head):
        return single
    whole = lines[1:] if complete else lines[1:-1]
    return Shape.LINES if any(_is_a_document(line) for line in whole) else single


def is_json(data: bytes) -> bool:
    """Whether bytes are one JSON value and nothing else."""
    try:
        _check(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_a_document(line: bytes) -> bool:
    return line[:1] in (b"{", b"[") and is_json(line)
