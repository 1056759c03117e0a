"""The compiled plans between two versions."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.payload.plans.directed_step import Declarations
from migrator.payload.plans.kind_plans import KindPlans, compile_kind_plans
from migrator.payload.plans.plan import TranslationPlan
from migrator.payload.plans.plan_compiler import create_compiler
from migrator.rules.rule import DocumentKind, Kind
from migrator.rules.table import RuleTable


@dataclass(frozen=True, slots=True)
class Route:
    """Hold the plans for every kind of document between two versions; `raised` are the rows that raise the version."""

    source: str
    target: str
    webhooks: KindPlans
    requests: KindPlans
    responses: KindPlans
    raised: tuple[str, ...]

    def get_plans(self, kind: DocumentKind) -> KindPlans:
        """Return the plans for documents of a kind."""
        return self.webhooks if kind == "webhook" else self.requests if kind == "request" else self.responses

    def get_plan(self, kind: DocumentKind, name: str) -> TranslationPlan:
        """Return the plan for documents of a kind and name. Raises UnknownNameError."""
        return self.get_plans(kind).get_plan(name)


def compile_route(table: RuleTable, source: str, target: str, terms: Declarations) -> Route:
    """Compile the route between two versions of a table. Raises UnknownVersion."""
    taken = create_compiler(table, source, target, terms)
    raised = (rule.id for leg in taken.legs for rule in leg.rules if rule.kind is Kind.RAISE_VERSION)
    return Route(
        source,
        target,
        compile_kind_plans(taken, "webhook"),
        compile_kind_plans(taken, "request"),
        compile_kind_plans(taken, "response"),
        tuple(raised),
    )
