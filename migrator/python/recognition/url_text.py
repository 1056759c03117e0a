"""Convert between the texts of the evaluator and the plain shapes that `matching` recognises URLs in."""

from __future__ import annotations

from migrator.matching.urls import GAP, Range
from migrator.python.analysis.values import LiteralPart, StringValue, UnknownPart


def shape_of(text: StringValue) -> str:
    """Return a text with `GAP` for each part that is not known."""
    return "".join(part.text if isinstance(part, LiteralPart) else GAP for part in text.parts)


def located(text: StringValue, where: Range) -> tuple[LiteralPart, int, int] | None:
    """Return the part of a text that contains a range of its shape, with the range inside that part.

    Return None when the range spans several parts.
    """
    at = 0
    for part in text.parts:
        length = 1 if isinstance(part, UnknownPart) else len(part.text)
        if isinstance(part, LiteralPart) and at <= where[0] and where[1] <= at + length:
            return part, where[0] - at, where[1] - at
        at += length
    return None
