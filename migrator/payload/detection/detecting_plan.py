"""The fast paths of webhooks whose version is detected: the plan is chosen by the keys of each webhook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrator.payload.detection.version_detector import NameDetector, VersionDetector
from migrator.payload.json_pointer import Json
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.fast_path import FastPaths
from migrator.payload.plans.kind_plans import KindPlans
from migrator.payload.plans.plan import TranslationPlan
from migrator.payload.plans.unknown_paths import create_unknown_paths

FoundKeys = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class DetectingPlan:
    """Translate the usual webhooks of one name from the detected version.

    `plans` holds the plan of each version, None where a version does not know the name; `chosen` memoises the plan for
    each set of keys that were found. Webhooks for which the candidates' plans differ get UNUSUAL, and so the complete
    path, which compares the translations.
    """

    detector: NameDetector
    plans: Mapping[str, TranslationPlan | None]
    chosen: dict[FoundKeys, TranslationPlan | None] = field(default_factory=dict, compare=False)

    def translate_document(self, envelope: Json) -> Json:
        """Return the document alone, or UNUSUAL."""
        plan = self._choose_plan(envelope)
        if plan is None:
            return UNUSUAL
        return envelope if plan.fast.document is None else plan.fast.document(envelope)

    def translate(self, envelope: Json) -> Json:
        """Return the translation of a webhook, or UNUSUAL."""
        plan = self._choose_plan(envelope)
        return UNUSUAL if plan is None else plan.fast.translation(envelope)

    def translate_bytes(self, data: bytes, members: dict[str, Any]) -> Json:
        """Return the translation of a webhook in bytes, or UNUSUAL; its decoded members are modified."""
        plan = self._choose_plan(members)
        return UNUSUAL if plan is None else plan.fast.bytes(data, members)

    def _choose_plan(self, envelope: dict[str, Any]) -> TranslationPlan | None:
        found = self.detector.find_keys(envelope)
        if found not in self.chosen:
            candidates = [self.plans[version] for version in self.detector.get_detection(found).candidates]
            first = candidates[0] if candidates else None
            same = first is not None and all(plan is not None and plan.changes_like(first) for plan in candidates)
            self.chosen[found] = first if same else None
        return self.chosen[found]


def create_detecting_paths(
    detector: VersionDetector, plans: Mapping[str, KindPlans]
) -> tuple[dict[str, FastPaths], FastPaths]:
    """Create the fast paths for each name that a row mentions, and for all others, from the plans of each version."""

    def create_paths(name: str | None) -> FastPaths:
        of_name = {
            version: each.named.get(name or "", None if each.names is not None else each.rest)
            for version, each in plans.items()
        }
        plan = DetectingPlan(detector.compile_name(name), of_name)
        return FastPaths(plan.translate_document, plan.translate, plan.translate_bytes)

    def create_other_paths() -> FastPaths:
        checks = [each.names.is_plausible for each in plans.values() if each.names is not None]
        envelope = detector.table.api.envelope
        if not checks or envelope is None:
            return create_paths(None)
        plan = DetectingPlan(detector.compile_name(None), {version: each.rest for version, each in plans.items()})
        fast = FastPaths(plan.translate_document, plan.translate, plan.translate_bytes)
        return create_unknown_paths(fast, envelope.name, lambda name: all(check(name) for check in checks))

    names = {*detector.names, *(name for each in plans.values() for name in each.named)}
    return {name: create_paths(name) for name in names}, create_other_paths()
