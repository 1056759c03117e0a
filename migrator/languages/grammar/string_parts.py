"""The parts of a string, and where they are written."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.matching.urls import GAP


@dataclass(frozen=True, slots=True)
class StringPart:
    """Characters of a string, and the byte of a file at which they are written; None for unknown ones."""

    text: str
    start: int | None
    path: str = ""


StringParts = tuple[StringPart, ...]
UNKNOWN: tuple[StringParts, ...] = ((StringPart(GAP, None),),)


def show_parts(shape: StringParts) -> str:
    """Return a string with each part that is not known made one character."""
    return "".join(piece.text for piece in shape)


def locate_range(shape: StringParts, start: int, end: int) -> StringPart | None:
    """Return the piece of a file behind a range of a string; None where it is not written in one piece."""
    at = 0
    for piece in shape:
        if at <= start and end <= at + len(piece.text):
            return None if piece.start is None else cut_part(piece, start - at, end - at)
        at += len(piece.text)
    return None


def cut_part(piece: StringPart, start: int, end: int) -> StringPart:
    """Return a range of a part."""
    return StringPart(piece.text[start:end], None if piece.start is None else piece.start + start, piece.path)
