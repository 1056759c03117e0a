"""The plans for all documents of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.payload.names.name_check import NameCheck, create_name_check
from migrator.payload.plans.fast_path import FastPaths
from migrator.payload.plans.plan import TranslationPlan
from migrator.payload.plans.plan_compiler import PlanCompiler
from migrator.payload.plans.unknown_paths import create_unknown_paths
from migrator.rules.rule import DocumentKind


@dataclass(frozen=True, slots=True)
class KindPlans:
    """Hold a plan for each name that a rule mentions, or that the source version knows; all other names share `rest`.

    `names` checks these other names, if the table lists the names of its versions; `other_paths` does so on the way to
    the fast paths of `rest`.
    """

    named: Mapping[str, TranslationPlan]
    rest: TranslationPlan
    names: NameCheck | None = None
    other_paths: FastPaths | None = None

    def get_plan(self, name: str) -> TranslationPlan:
        """Return the plan for documents of a name. Raises UnknownNameError."""
        plan = self.named.get(name)
        if plan is None:
            if self.names is not None:
                self.names.require_plausible(name)
            return self.rest
        return plan

    def is_unknown(self, name: str) -> bool:
        """Return whether the table lists names, and this is not one of them."""
        return self.names is not None and name not in self.named


def compile_kind_plans(way: PlanCompiler, kind: DocumentKind) -> KindPlans:
    """Compile all plans for documents of a kind."""
    rest = way.compile_plan(kind, None)
    mentioned = way.find_known_names(kind)
    known = way.names.get_names(kind)
    if known is None:
        return KindPlans({name: way.compile_plan(kind, name) for name in mentioned}, rest)
    accepted = known.get_names(way.source)
    refused = [frozenset(leg.refused.get_names(kind)) for leg in way.legs]
    changed = (mentioned.union(*refused) & accepted).union(*refused[:1])
    named = {name: way.compile_plan(kind, name) for name in changed}
    check = create_name_check(kind, way.source, known)
    paths = (
        create_unknown_paths(rest.fast, way.name_key, check.is_plausible)
        if kind == "webhook" and way.name_key
        else None
    )
    return KindPlans({**dict.fromkeys(accepted, rest), **named}, rest, check, paths)
