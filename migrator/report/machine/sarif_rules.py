"""Describe the rules of a run for SARIF, with the help text of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.report.machine.severity import NAME_ID, STALE_ID
from migrator.report.phrases import change, place_name
from migrator.report.run_result import Run
from migrator.rules.rule import Rule

_OWN = {
    STALE_ID: "A suppression comment or a baseline entry matches no finding.",
    NAME_ID: "An old name without evidence that it is the API's, or that it is not.",
}


def descriptors(run: Run) -> list[dict[str, Any]]:
    """Return a descriptor for each rule of the run, in the order of the table, and for results without a rule."""
    own = ({"id": name, "shortDescription": {"text": text}} for name, text in _OWN.items())
    return [*map(_descriptor, run.rules.values()), *own]


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": change(rule)},
        "fullDescription": {"text": rule.advice},
        "help": {"text": "\n".join(_help(rule))},
        "properties": {"kind": rule.kind.value, "origin": rule.origin.value, "tags": ["api-migration"]},
    }


def _help(rule: Rule) -> Iterator[str]:
    """Yield the advice, where the rule applies, and where it is documented."""
    yield f"{rule.kind.replace('_', ' ').capitalize()}: {change(rule)}."
    yield rule.advice
    for place in rule.where:
        yield f"Where: {place_name(place)}."
    if rule.guard is not None:
        yield f"Only if `{rule.guard.path}` of the {rule.guard.document} is {rule.guard.equals!r}."
    if rule.follow_up is not None:
        yield f"Then call `{rule.follow_up.method}` of the {rule.follow_up.api} API: {rule.follow_up.url}"
    yield f"Source: {rule.source.document} of {rule.source.version}, {rule.source.item}."
