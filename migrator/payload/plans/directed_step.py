"""One step in one direction, with the rows that apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrator.payload.names.refused_names import NOTHING_REFUSED, RefusedNames
from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS, Kind, Rule, Step

_SORTS = {**dict.fromkeys(METHOD_KINDS, "method"), **dict.fromkeys(WEBHOOK_KINDS, "webhook")}


@dataclass(frozen=True, slots=True)
class Declarations:
    """Hold what the user declared: values by name, and the rows of origin `reference` to apply."""

    context: Mapping[str, Any]
    reference: frozenset[str]

    def is_enabled(self, rule: Rule) -> bool:
        """Return whether a row changes documents: rows of the changelog do, and those that the user asked for."""
        asked = rule.id in self.reference or (rule.kind is Kind.ADD_KEY and rule.context in self.context)
        return rule.active or asked


@dataclass(frozen=True, slots=True)
class DirectedStep:
    """Take a step in one direction. `rules` are the rows that apply, in the order of the table.

    A row that adds a key applies on every way up, because undeclared values are reported as missing. `refused` are the
    names that the step's target does not know although no row says so.
    """

    up: bool
    step: Step
    rules: tuple[Rule, ...]
    terms: Declarations
    refused: RefusedNames = NOTHING_REFUSED

    @property
    def target(self) -> str:
        """Return the version that the step leads to."""
        return str(self.step.target if self.up else self.step.source)

    def is_impossible(self, rule: Rule) -> bool:
        """Return whether the table says that a row has no counterpart in this direction."""
        return (rule.forward if self.up else rule.back) == "impossible"


def direct_step(step: Step, up: bool, terms: Declarations, refused: RefusedNames = NOTHING_REFUSED) -> DirectedStep:
    """Return a step with the rows that apply; a row that the user asked for replaces the others of its subject."""
    asked = {subject for rule in step.rules if rule.id in terms.reference for subject in _find_subjects(rule)}
    rules = tuple(
        rule
        for rule in step.rules
        if (terms.is_enabled(rule) and (rule.id in terms.reference or asked.isdisjoint(_find_subjects(rule))))
        or (up and rule.kind is Kind.ADD_KEY)
    )
    return DirectedStep(up, step, rules, terms, refused)


def _find_subjects(rule: Rule) -> set[tuple[str | None, ...]]:
    """Return the subjects of a row: two rows with one subject would contradict each other."""
    if rule.kind in _SORTS:
        return {(_SORTS[rule.kind], rule.old)}
    if rule.kind in {Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.UNNEST}:
        return {(place.document, place.name, place.path) for place in rule.where}
    return set()
