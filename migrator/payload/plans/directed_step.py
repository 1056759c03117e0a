"""One step, taken up or down, and the rows that take part in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from migrator.rules.rule import Kind, Rule, Step

_SORTS = {Kind.RENAME_METHOD: "method", Kind.RENAME_WEBHOOK: "webhook", Kind.REMOVE_WEBHOOK: "webhook"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user declared: values by name, and the rows of origin `reference` that shall take part."""

    context: Mapping[str, Any]
    reference: frozenset[str]

    def acts(self, rule: Rule) -> bool:
        """Whether a row changes documents: those of the changelog do, and those that the user has asked for."""
        asked = rule.id in self.reference or (rule.kind is Kind.ADD_KEY and rule.context in self.context)
        return rule.active or asked


@dataclass(frozen=True, slots=True)
class Leg:
    """A step in one direction. `rules` are the rows that take part, in the order of the table.

    A row that adds a key takes part on every way up: what nobody declared is reported as missing.
    """

    up: bool
    step: Step
    rules: tuple[Rule, ...]
    terms: Terms

    @property
    def target(self) -> str:
        """The version that is reached."""
        return str(self.step.target if self.up else self.step.source)

    def impossible(self, rule: Rule) -> bool:
        """Whether the table says that a row cannot be carried in this direction."""
        return (rule.forward if self.up else rule.back) == "impossible"


def leg(step: Step, up: bool, terms: Terms) -> Leg:
    """A step with the rows that take part; a row that the user asked for takes the place of its like."""
    asked = {subject for rule in step.rules if rule.id in terms.reference for subject in _subjects(rule)}
    rules = tuple(
        rule
        for rule in step.rules
        if (terms.acts(rule) and (rule.id in terms.reference or asked.isdisjoint(_subjects(rule))))
        or (up and rule.kind is Kind.ADD_KEY)
    )
    return Leg(up, step, rules, terms)


def unknown_references(steps: Iterable[Step], reference: frozenset[str]) -> list[str]:
    """The ids that name no row of origin `reference`."""
    return sorted(reference - {rule.id for step in steps for rule in step.rules if not rule.active})


def _subjects(rule: Rule) -> set[tuple[str | None, ...]]:
    """What a row is about: two rows with one subject would say two things of it."""
    if rule.kind in _SORTS:
        return {(_SORTS[rule.kind], rule.old)}
    if rule.kind in {Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.UNNEST}:
        return {(place.document, place.name, place.path) for place in rule.where}
    return set()
