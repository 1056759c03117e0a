"""The compiled plans between two versions."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.payload.plans.directed_step import Terms
from migrator.payload.plans.kind_plans import Plans, plans
from migrator.payload.plans.plan import Plan
from migrator.payload.plans.plan_compiler import way
from migrator.rules.rule import DocumentKind, Kind
from migrator.rules.table import RuleTable


@dataclass(frozen=True, slots=True)
class Route:
    """Hold the plans for every kind of document between two versions; `raised` are the rows that raise the version."""

    source: str
    target: str
    webhooks: Plans
    requests: Plans
    responses: Plans
    raised: tuple[str, ...]

    def plan(self, kind: DocumentKind, name: str) -> Plan:
        """Return the plan for documents of a kind and name."""
        return {"webhook": self.webhooks, "request": self.requests, "response": self.responses}[kind].of(name)


def route(table: RuleTable, source: str, target: str, terms: Terms) -> Route:
    """Compile the route between two versions of a table. Raises UnknownVersion."""
    taken = way(table, source, target, terms)
    raised = (rule.id for leg in taken.legs for rule in leg.rules if rule.kind is Kind.RAISE_VERSION)
    return Route(
        source, target, plans(taken, "webhook"), plans(taken, "request"), plans(taken, "response"), tuple(raised)
    )
