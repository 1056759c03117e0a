"""Migrate code and payloads between versions of a web API, from one table of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.payload.detection.detect import detect
    from migrator.payload.translator import Translator
    from migrator.python.migrate import migrate_source
    from migrator.rules.load import load_rules

__all__ = ["Translator", "detect", "load_rules", "migrate_source"]

_HOMES = {
    "Translator": "migrator.payload.translator",
    "detect": "migrator.payload.detection.detect",
    "load_rules": "migrator.rules.load",
    "migrate_source": "migrator.python.migrate",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that no caller pays for the libraries of another."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(_HOMES[name]), name)
    return found
