"""Describe the rules of a run for SARIF, with the help text of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.report.machine.severity import NAME_ID, STALE_ID
from migrator.report.phrases import describe_change, location_name
from migrator.report.run_result import RunResult
from migrator.rules.rule import Rule

_RULELESS = {
    STALE_ID: "A suppression comment or a baseline entry matches no finding.",
    NAME_ID: "An old name without evidence that it is the API's, or that it is not.",
}


def rule_descriptors(run: RunResult) -> list[dict[str, Any]]:
    """Return a descriptor for each rule of the run, in the order of the table, and for results without a rule."""
    own = ({"id": name, "shortDescription": {"text": text}} for name, text in _RULELESS.items())
    return [*map(_rule_descriptor, run.rules.values()), *own]


def _rule_descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": describe_change(rule)},
        "fullDescription": {"text": rule.advice},
        "help": {"text": "\n".join(_help_lines(rule))},
        "properties": {"kind": rule.kind.value, "origin": rule.origin.value, "tags": ["api-migration"]},
    }


def _help_lines(rule: Rule) -> Iterator[str]:
    """Yield the advice, where the rule applies, and where it is documented."""
    yield f"{rule.kind.replace('_', ' ').capitalize()}: {describe_change(rule)}."
    yield rule.advice
    for place in rule.where:
        yield f"Where: {location_name(place)}."
    if rule.guard is not None:
        yield f"Only if `{rule.guard.path}` of the {rule.guard.document} is {rule.guard.equals!r}."
    if rule.follow_up is not None:
        yield f"Then call `{rule.follow_up.method}` of the {rule.follow_up.api} API: {rule.follow_up.url}"
    yield f"Source: {rule.source.document} of {rule.source.version}, {rule.source.item}."
