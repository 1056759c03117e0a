"""What a step makes of the names of methods and webhooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from migrator.payload.leg import Leg
from migrator.payload.tree import Condition, Move
from migrator.rules.path import parse_path
from migrator.rules.rule import DocumentKind, Kind, Rule

_WEBHOOK_KINDS = {Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK}


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a document on one leg: as the older version calls it (None: it has no such name), and what follows.

    `move` is None for a name that no row is about.
    """

    older: str | None
    after: str | None
    move: Move | None


def name_on(leg: Leg, kind: DocumentKind, name: str | None) -> Name:
    """The method of a request or response, or the webhook, on a leg; None is a name that no row knows."""
    if name is None:
        return Name(None, None, None)
    kinds = _WEBHOOK_KINDS if kind == "webhook" else {Kind.RENAME_METHOD}
    rules = [rule for rule in leg.rules if rule.kind in kinds]
    move = moves(leg, kind, rules).get(name)
    if leg.up:
        return Name(name, name if move is None else move.new, move)
    if move is not None:
        return Name(move.new, move.new, move)
    gone = any(rule.old == name for rule in rules)
    return Name(None if gone else name, name, None)


def moves(leg: Leg, kind: DocumentKind, rules: Iterable[Rule]) -> Mapping[str, Move]:
    """What becomes of each name that the rows rename or remove, all at once, in a document of a kind."""
    if leg.up:
        return {rule.old: _up(leg, kind, rule) for rule in rules if rule.old}
    found: dict[str, Move] = {}
    for rule in rules:
        if rule.new and not leg.impossible(rule):
            found.setdefault(rule.new, Move(rule.id, rule.old, "", condition_of(rule, kind)))
    for rule in rules:
        if rule.new and leg.impossible(rule):
            found.setdefault(rule.new, Move(rule.id, None, f"{rule.new} has no counterpart in {leg.target}"))
    return found


def condition_of(rule: Rule, kind: DocumentKind) -> Condition | None:
    """The guard of a row, as far as it is about documents of a kind."""
    if rule.guard is None or rule.guard.document != kind:
        return None
    return Condition(tuple(key for key in parse_path(rule.guard.path) if key), rule.guard.equals)


def _up(leg: Leg, kind: DocumentKind, rule: Rule) -> Move:
    new = None if leg.impossible(rule) else rule.new
    reason = "" if new else f"{rule.old} has no counterpart in {leg.target}"
    return Move(rule.id, new, reason, condition_of(rule, kind))
