"""Check the name of a document against those that the source version knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from migrator.payload.names.refused_names import SORTS
from migrator.payload.translation_errors import UnknownNameError
from migrator.rules.known_names import KnownNames
from migrator.rules.rule import DocumentKind

#: Names whose check is remembered: more than an API has, few enough to be held for names that a sender invents.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class NameCheck:
    """Check names of documents of a kind in `version`; `require_plausible` remembers the names that pass."""

    kind: DocumentKind
    version: str
    known: KnownNames
    require_plausible: Callable[[str], None]


def create_name_check(kind: DocumentKind, version: str, known: KnownNames) -> NameCheck:
    """Create the check for documents of a kind."""

    def require_plausible(name: str) -> None:
        """Raise UnknownNameError for a name of another version in the table, and for a misspelt one."""
        if known.is_known_elsewhere(name):
            others = tuple(map(str, known.find_versions(name)))
            raise UnknownNameError(SORTS[kind], name, version, known.suggest_names(name, version), others)
        near = () if name in known.later else known.find_near_names(name, version)
        if near:
            raise UnknownNameError(SORTS[kind], name, version, near)

    return NameCheck(kind, version, known, lru_cache(_REMEMBERED)(require_plausible))
