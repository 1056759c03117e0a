"""Resolve how a step changes the names of methods and webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from migrator.payload.plans.change_tree import Condition, NameChange
from migrator.payload.plans.directed_step import DirectedStep
from migrator.rules.json_path import parse_path
from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS, DocumentKind, Kind, Rule

#: The kinds of rows that change the name of a document.
NAMING_KINDS: Final[Mapping[DocumentKind, frozenset[Kind]]] = {
    "webhook": WEBHOOK_KINDS,
    "request": METHOD_KINDS,
    "response": METHOD_KINDS,
}


@dataclass(frozen=True, slots=True)
class StepName:
    """Hold the name of a document in one step: in the older version (None if it has none there), and after the step.

    `move` is None for a name without a rule.
    """

    older: str | None
    after: str | None
    move: NameChange | None


def resolve_name(leg: DirectedStep, kind: DocumentKind, name: str | None) -> StepName:
    """Resolve the method of a request or response, or the webhook, in a step; None is a name without a rule."""
    if name is None:
        return StepName(None, None, None)
    rules = [rule for rule in leg.rules if rule.kind in NAMING_KINDS[kind] and _names_documents(rule, kind)]
    move = map_names(leg, kind, rules).get(name) or map_refused_names(leg, kind).get(name)
    if leg.up:
        return StepName(name, name if move is None else move.new, move)
    if move is not None:
        return StepName(move.new, move.new, move)
    gone = any(rule.old == name for rule in rules)
    return StepName(None if gone else name, name, None)


def map_names(leg: DirectedStep, kind: DocumentKind, rules: Iterable[Rule]) -> Mapping[str, NameChange]:
    """Map each name that the rows rename or remove, all at once, to its change in documents of a kind."""
    if leg.up:
        return {rule.old: _change_upwards(leg, kind, rule) for rule in rules if rule.old}
    found: dict[str, NameChange] = {}
    for rule in rules:
        if rule.new and not leg.is_impossible(rule):
            condition = get_condition(rule, kind)
            found.setdefault(
                rule.new, NameChange(rule.id, rule.old, _explain_refusal(leg, rule.new, condition), condition)
            )
    for rule in rules:
        if rule.new and leg.is_impossible(rule):
            found.setdefault(rule.new, NameChange(rule.id, None, _explain_refusal(leg, rule.new, None)))
    return found


def map_refused_names(leg: DirectedStep, kind: DocumentKind) -> Mapping[str, NameChange]:
    """Map each name of documents of a kind that the step refuses without a row to its change."""
    return {name: NameChange(each.rule, None, each.reason) for name, each in leg.refused.get_names(kind).items()}


def get_condition(rule: Rule, kind: DocumentKind) -> Condition | None:
    """Return the guard of a row, if it is about documents of a kind."""
    if rule.guard is None or rule.guard.document != kind:
        return None
    return Condition(tuple(key for key in parse_path(rule.guard.path) if key), rule.guard.equals)


def _names_documents(rule: Rule, kind: DocumentKind) -> bool:
    """Return whether the rule names whole documents: a webhook may be renamed in registrations alone."""
    return kind != "webhook" or any(place.document == kind for place in rule.where)


def _change_upwards(leg: DirectedStep, kind: DocumentKind, rule: Rule) -> NameChange:
    new = None if leg.is_impossible(rule) else rule.new
    condition = get_condition(rule, kind) if new else None
    reason = _explain_refusal(leg, rule.old or "", condition)
    advice = f": {rule.advice}" if rule.kind is Kind.REMOVE_METHOD else ""
    return NameChange(rule.id, new, reason + advice, condition)


def _explain_refusal(leg: DirectedStep, name: str, condition: Condition | None) -> str:
    only = f" unless {condition.path[-1]} is {json.dumps(condition.equals)}" if condition else ""
    return f"{name} has no counterpart in {leg.target}{only}"
