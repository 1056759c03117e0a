"""What could not be read, understood or written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A path that the result says nothing about, why, and the line if one is known."""

    path: str
    message: str
    line: int | None = None


def reason(error: OSError) -> str:
    """What the operating system says, without the path, which is named beside it."""
    return error.strerror or type(error).__name__
