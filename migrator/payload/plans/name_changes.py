"""Resolve how a step changes the names of methods and webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from migrator.payload.plans.change_tree import Condition, Move
from migrator.payload.plans.directed_step import Leg
from migrator.rules.json_path import parse_path
from migrator.rules.rule import DocumentKind, Kind, Rule

#: The kinds of rows that change the name of a document.
NAMING: Final[Mapping[DocumentKind, frozenset[Kind]]] = {
    "webhook": frozenset({Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK}),
    "request": frozenset({Kind.RENAME_METHOD}),
    "response": frozenset({Kind.RENAME_METHOD}),
}


@dataclass(frozen=True, slots=True)
class Name:
    """Hold the name of a document in one step: in the older version (None if it has none there), and after the step.

    `move` is None for a name without a rule.
    """

    older: str | None
    after: str | None
    move: Move | None


def name_on(leg: Leg, kind: DocumentKind, name: str | None) -> Name:
    """Resolve the method of a request or response, or the webhook, in a step; None is a name without a rule."""
    if name is None:
        return Name(None, None, None)
    rules = [rule for rule in leg.rules if rule.kind in NAMING[kind] and _names_documents(rule, kind)]
    move = moves(leg, kind, rules).get(name)
    if leg.up:
        return Name(name, name if move is None else move.new, move)
    if move is not None:
        return Name(move.new, move.new, move)
    gone = any(rule.old == name for rule in rules)
    return Name(None if gone else name, name, None)


def moves(leg: Leg, kind: DocumentKind, rules: Iterable[Rule]) -> Mapping[str, Move]:
    """Map each name that the rows rename or remove, all at once, to its change in documents of a kind."""
    if leg.up:
        return {rule.old: _up(leg, kind, rule) for rule in rules if rule.old}
    found: dict[str, Move] = {}
    for rule in rules:
        if rule.new and not leg.impossible(rule):
            condition = condition_of(rule, kind)
            found.setdefault(rule.new, Move(rule.id, rule.old, _reason(leg, rule.new, condition), condition))
    for rule in rules:
        if rule.new and leg.impossible(rule):
            found.setdefault(rule.new, Move(rule.id, None, _reason(leg, rule.new, None)))
    return found


def condition_of(rule: Rule, kind: DocumentKind) -> Condition | None:
    """Return the guard of a row, if it is about documents of a kind."""
    if rule.guard is None or rule.guard.document != kind:
        return None
    return Condition(tuple(key for key in parse_path(rule.guard.path) if key), rule.guard.equals)


def _names_documents(rule: Rule, kind: DocumentKind) -> bool:
    """Return whether the rule names whole documents: a webhook may be renamed in registrations alone."""
    return kind != "webhook" or any(place.document == kind for place in rule.where)


def _up(leg: Leg, kind: DocumentKind, rule: Rule) -> Move:
    new = None if leg.impossible(rule) else rule.new
    condition = condition_of(rule, kind) if new else None
    return Move(rule.id, new, _reason(leg, rule.old or "", condition), condition)


def _reason(leg: Leg, name: str, condition: Condition | None) -> str:
    only = f" unless {condition.path[-1]} is {json.dumps(condition.equals)}" if condition else ""
    return f"{name} has no counterpart in {leg.target}{only}"
