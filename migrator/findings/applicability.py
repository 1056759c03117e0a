"""How far an edit can be trusted."""

from __future__ import annotations

from enum import StrEnum


class Applicability(StrEnum):
    """How far an edit can be trusted: `safe` is applied, `unsafe` on request, `manual` is for a person."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"
