"""Check the name of a document against those that the source version knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from migrator.payload.names.refused_names import SORTS
from migrator.payload.translation_errors import UnknownNameError
from migrator.rules.known_names import KnownNames
from migrator.rules.near_names import find_near_names, index_words
from migrator.rules.rule import DocumentKind

#: Names whose check is remembered: more than an API has, few enough to be held for names that a sender invents.
_REMEMBERED = 1024

#: Suggestions for a name, and the versions that know it.
OtherNames = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NameCheck:
    """Check names of documents of a kind in `version`; `find_others` remembers what it found about a name.

    It returns what to suggest, and the versions that know the name: for one of another version, and for a misspelt one.
    """

    kind: DocumentKind
    version: str
    find_others: Callable[[str], OtherNames | None]

    def require_plausible(self, name: str) -> None:
        """Raise UnknownNameError for a name that does not pass."""
        others = self.find_others(name)
        if others is not None:
            raise UnknownNameError(SORTS[self.kind], name, self.version, *others)

    def is_plausible(self, name: str) -> bool:
        """Return whether a name passes."""
        return self.find_others(name) is None


def create_name_check(kind: DocumentKind, version: str, known: KnownNames) -> NameCheck:
    """Create the check for documents of a kind."""
    index = index_words(known.get_names(version))

    def find_others(name: str) -> OtherNames | None:
        if known.is_known_elsewhere(name):
            return known.suggest_names(name, version), tuple(map(str, known.find_versions(name)))
        near = () if name in known.later else find_near_names(name, index)
        return (near, ()) if near else None

    return NameCheck(kind, version, lru_cache(_REMEMBERED)(find_others))
