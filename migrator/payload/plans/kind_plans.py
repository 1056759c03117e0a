"""The plans for all documents of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.payload.plans.plan import Plan
from migrator.payload.plans.plan_compiler import Way
from migrator.rules.rule import DocumentKind


@dataclass(frozen=True, slots=True)
class Plans:
    """Hold a plan for each name that a rule mentions; all other names share `rest`."""

    named: Mapping[str, Plan]
    rest: Plan

    def of(self, name: str) -> Plan:
        """Return the plan for documents of a name."""
        return self.named.get(name, self.rest)


def plans(way: Way, kind: DocumentKind) -> Plans:
    """Compile all plans for documents of a kind."""
    return Plans({name: way.plan(kind, name) for name in way.known_names(kind)}, way.plan(kind, None))
