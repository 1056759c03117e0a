"""Applicability of edits: which are applied, and which only on request."""

from __future__ import annotations

from enum import StrEnum


class Applicability(StrEnum):
    """Applicability of an edit: `safe` is applied, `unsafe` on request, `manual` is never applied."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"
