"""Migrate code and payloads between versions of a web API, from one table of rules.

Everything that a program needs is imported from here; the adapters for HTTP libraries are modules beside this one:
`migrator.httpx`, `migrator.httpx2`, `migrator.requests`, `migrator.aiohttp`, `migrator.asgi` and `migrator.wsgi`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.findings.finding import FileResult, Finding
    from migrator.matching.selection import Options
    from migrator.payload.adapters.adapter_report import AdapterReport, FollowUpFailure
    from migrator.payload.adapters.usage import Use
    from migrator.payload.adapters.usage_summary import UsageSummary
    from migrator.payload.batch import translate_batch
    from migrator.payload.detection.detect import detect
    from migrator.payload.detection.version_detector import Confidence, Detection
    from migrator.payload.follow_up import FollowUp
    from migrator.payload.loss import Loss, LossExtent, Missing
    from migrator.payload.translation import Translation
    from migrator.payload.translation_errors import (
        AmbiguousVersionError,
        DocumentError,
        LossError,
        NotJsonError,
        TranslationError,
        UnknownNameError,
    )
    from migrator.payload.translator import Translator
    from migrator.python.migrate import migrate_files, migrate_source
    from migrator.rules.load import load_rules
    from migrator.rules.table import Rules, RuleTable, UnknownVersion
    from migrator.rules.table_errors import TableError

    __version__: str

__all__ = [
    "AdapterReport",
    "AmbiguousVersionError",
    "Confidence",
    "Detection",
    "DocumentError",
    "FileResult",
    "Finding",
    "FollowUp",
    "FollowUpFailure",
    "Loss",
    "LossError",
    "LossExtent",
    "Missing",
    "NotJsonError",
    "Options",
    "RuleTable",
    "Rules",
    "TableError",
    "Translation",
    "TranslationError",
    "Translator",
    "UnknownNameError",
    "UnknownVersion",
    "UsageSummary",
    "Use",
    "__version__",
    "detect",
    "load_rules",
    "migrate_files",
    "migrate_source",
    "translate_batch",
]

_HOMES = {
    "migrator.findings.finding": ("FileResult", "Finding"),
    "migrator.matching.selection": ("Options",),
    "migrator.payload.adapters.adapter_report": ("AdapterReport", "FollowUpFailure"),
    "migrator.payload.adapters.usage": ("Use",),
    "migrator.payload.adapters.usage_summary": ("UsageSummary",),
    "migrator.payload.batch": ("translate_batch",),
    "migrator.payload.detection.detect": ("detect",),
    "migrator.payload.detection.version_detector": ("Confidence", "Detection"),
    "migrator.payload.follow_up": ("FollowUp",),
    "migrator.payload.loss": ("Loss", "LossExtent", "Missing"),
    "migrator.payload.translation": ("Translation",),
    "migrator.payload.translation_errors": (
        "AmbiguousVersionError",
        "DocumentError",
        "LossError",
        "NotJsonError",
        "TranslationError",
        "UnknownNameError",
    ),
    "migrator.payload.translator": ("Translator",),
    "migrator.python.migrate": ("migrate_files", "migrate_source"),
    "migrator.rules.load": ("load_rules",),
    "migrator.rules.table": ("RuleTable", "Rules", "UnknownVersion"),
    "migrator.rules.table_errors": ("TableError",),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that no caller pays for the libraries of another."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("livechat-migrator")
        except PackageNotFoundError:
            return "0+unknown"
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(_MODULES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
