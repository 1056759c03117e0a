"""Find the names that a step leads to no counterpart, although no row says so: only one side knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from migrator.rules.known_names import KnownNames, NameSort, find_known_names
from migrator.rules.rule import DocumentKind, Step
from migrator.rules.table import RuleTable

#: The sort of name that a document of a kind has.
SORTS: Final[Mapping[DocumentKind, NameSort]] = {"webhook": "webhook", "request": "method", "response": "method"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Name the row or list that says where a name is known, and the reason to report."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefusedNames:
    """Hold the names of methods and of webhooks that a step refuses."""

    methods: Mapping[str, Refusal] = field(default_factory=dict)
    webhooks: Mapping[str, Refusal] = field(default_factory=dict)

    def get_names(self, kind: DocumentKind) -> Mapping[str, Refusal]:
        """Return the names that documents of a kind may have."""
        return self.webhooks if kind == "webhook" else self.methods


NOTHING_REFUSED: Final = RefusedNames()


@dataclass(frozen=True, slots=True)
class TableNames:
    """Hold the methods and webhooks that each version of a table knows; None where the table does not list them."""

    methods: KnownNames | None
    webhooks: KnownNames | None

    def get_names(self, kind: DocumentKind) -> KnownNames | None:
        """Return the names that documents of a kind may have."""
        return self.webhooks if kind == "webhook" else self.methods

    def find_refused_names(self, step: Step, up: bool) -> RefusedNames:
        """Return the names that a step refuses in one direction."""
        return RefusedNames(_find_refusals(self.methods, step, up), _find_refusals(self.webhooks, step, up))


def find_table_names(table: RuleTable) -> TableNames:
    """Find the names of each version of a table."""
    return TableNames(find_known_names(table, "method"), find_known_names(table, "webhook"))


def _find_refusals(known: KnownNames | None, step: Step, up: bool) -> Mapping[str, Refusal]:
    if known is None:
        return {}
    target = str(step.target if up else step.source)
    lost = known.find_lost_names(step, up)
    return {name: _explain_refusal(known, name, rule, target) for name, rule in lost.items()}


def _explain_refusal(known: KnownNames, name: str, rule: str, target: str) -> Refusal:
    versions = known.find_versions(name)
    return Refusal(rule, f"{name} has no counterpart in {target}, only in {' and '.join(map(str, versions))}")
