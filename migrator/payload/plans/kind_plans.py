"""The plans for all documents of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.payload.plans.plan import TranslationPlan
from migrator.payload.plans.plan_compiler import PlanCompiler
from migrator.rules.rule import DocumentKind


@dataclass(frozen=True, slots=True)
class KindPlans:
    """Hold a plan for each name that a rule mentions; all other names share `rest`."""

    named: Mapping[str, TranslationPlan]
    rest: TranslationPlan

    def get_plan(self, name: str) -> TranslationPlan:
        """Return the plan for documents of a name."""
        return self.named.get(name, self.rest)


def compile_kind_plans(way: PlanCompiler, kind: DocumentKind) -> KindPlans:
    """Compile all plans for documents of a kind."""
    return KindPlans(
        {name: way.compile_plan(kind, name) for name in way.find_known_names(kind)}, way.compile_plan(kind, None)
    )
