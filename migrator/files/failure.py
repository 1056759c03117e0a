"""Failures: paths that could not be read, understood or written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class FileFailure:
    """A path that the result does not cover, the reason, and the line if one is known.

    `is_part` says that only a part of the file was not read.
    """

    path: str
    message: str
    line: int | None = None
    is_part: bool = False


def error_reason(error: OSError) -> str:
    """Return the operating system's message without the path, which is printed beside it."""
    return error.strerror or type(error).__name__
