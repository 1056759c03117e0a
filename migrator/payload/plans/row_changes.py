"""Find the changes that the rows of a step make in one document, in one direction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.payload.follow_up import Await
from migrator.payload.loss import Extent
from migrator.payload.plans.change_tree import (
    NOTHING,
    Bare,
    Call,
    Change,
    Condition,
    Drop,
    Named,
    Need,
    Path,
    Put,
    Remark,
    Rename,
)
from migrator.payload.plans.directed_step import Leg
from migrator.payload.plans.field_paths import KeyMove, key_moves, newer
from migrator.payload.plans.name_changes import NAMING, Name, condition_of, moves
from migrator.rules.json_path import EACH, parse_path
from migrator.rules.rule import DocumentKind, Kind, Rule

Placed = tuple[Path, Change | Named | Bare]


@dataclass(frozen=True, slots=True)
class Subject:
    """Describe a document in a step: its kind, its name before and in the older version, and the key of its name.

    `answers` are the key moves of its response, in this step and in those that follow.
    """

    kind: DocumentKind
    current: str | None
    name: Name
    name_key: str | None
    answers: tuple[tuple[KeyMove, ...], ...] = ()


def changes(leg: Leg, subject: Subject) -> list[Placed]:
    """Return every change that a step's rows make in a document, with the path of the value that is changed."""
    return [*_names(leg, subject), *_keys(leg, subject)]


def notes(leg: Leg, subject: Subject) -> Iterator[Rule]:
    """Yield the rows that leave the whole document to manual review, by a path or by its name alone."""
    manual = [rule for rule in leg.rules if leg.up and rule.kind is Kind.MANUAL]
    placed = [rule for rule, path in _places(leg, subject) if not path]
    named = [rule for rule in manual if not rule.where and rule.old and rule.old == subject.name.older]
    yield from (rule for rule in manual if rule in placed or (rule in named and subject.kind != "response"))


def _names(leg: Leg, subject: Subject) -> Iterator[Placed]:
    rows: dict[Path, list[Rule]] = {}
    for rule, path in _places(leg, subject):
        if rule.kind in NAMING["webhook"]:
            rows.setdefault(path, []).append(rule)
    for path, rules in rows.items():
        own = subject.kind == "webhook" and path == (subject.name_key,)
        for old, move in moves(leg, subject.kind, rules).items():
            if not own or old == subject.current:
                yield path, Named(old, move)


def _keys(leg: Leg, subject: Subject) -> Iterator[Placed]:
    for rule, path in _places(leg, subject):
        if rule.kind is Kind.MANUAL and leg.up:
            yield from _remark(rule, path)
        elif path and path[-1] is not EACH:
            for change in (_up if leg.up else _down)(leg, subject, rule, path):
                yield path[:-1], change


def _places(leg: Leg, subject: Subject) -> Iterator[tuple[Rule, Path]]:
    for rule in leg.rules:
        for place in rule.where:
            if place.document == subject.kind and place.name in (None, subject.name.older):
                yield rule, parse_path(place.path)


def _up(leg: Leg, subject: Subject, rule: Rule, path: Path) -> Iterator[Change | Bare]:
    key = path[-1] or ""
    condition = condition_of(rule, subject.kind)
    if rule.kind is Kind.RENAME_KEY and rule.new:
        yield Rename(rule.id, key, rule.new, _taken(rule.new, leg), condition)
    elif rule.kind is Kind.REMOVE_KEY:
        known = NOTHING if rule.restore is None else rule.restore
        extent = Extent.DOCUMENT if leg.impossible(rule) else Extent.VALUE
        yield Drop(rule.id, key, known, extent, _no_place(key, leg), _call(rule, subject), condition)
    elif rule.kind is Kind.ADD_KEY and rule.context:
        declared = leg.terms.context
        added = rule.context in declared
        yield Put(rule.id, key, declared[rule.context]) if added else Need(rule.id, key, rule.context)
    elif rule.kind is Kind.UNNEST:
        yield Bare(key, rule.id)


def _down(leg: Leg, subject: Subject, rule: Rule, path: Path) -> Iterator[Change | Bare]:
    key = path[-1] or ""
    condition = condition_of(rule, subject.kind)
    pinned = condition is not None and condition.path == path
    if condition is not None:
        moved = newer(condition.path, key_moves(leg, subject.kind, subject.name.older))
        condition = None if pinned else Condition(tuple(map(str, moved)), condition.equals)
    if rule.kind is Kind.RENAME_KEY and rule.new:
        yield Rename(rule.id, rule.new, key, _taken(key, leg), condition)
    elif rule.kind is Kind.REMOVE_KEY and rule.restore is not None:
        note = None if pinned else f"{leg.target} requires {key}, so {json.dumps(rule.restore)} was added"
        yield Put(rule.id, key, rule.restore, note, condition)
    elif rule.kind is Kind.ADD_KEY and rule.context:
        known = leg.terms.context.get(rule.context, NOTHING)
        extent = {"lossless": Extent.NOTE, "lossy": Extent.VALUE, "impossible": Extent.DOCUMENT}[rule.back]
        yield Drop(rule.id, key, known, extent, _no_place(key, leg))
    elif rule.kind is Kind.UNNEST:
        yield Bare(key, rule.id)


def _remark(rule: Rule, path: Path) -> Iterator[Placed]:
    while path and path[-1] is EACH:
        path = path[:-1]
    if path and path[-1]:
        yield path[:-1], Remark(rule.id, path[-1], rule.old if rule.old != path[-1] else None, rule.advice)


def _call(rule: Rule, subject: Subject) -> Call | None:
    call = rule.follow_up
    if call is None:
        return None
    arguments: dict[str, tuple[str, ...] | None] = {}
    awaits = []
    for name, argument in call.arguments.items():
        path: tuple[str | int | None, ...] = parse_path(argument.path or "$")
        if argument.origin == "response":
            for step in subject.answers:
                path = newer(path, step)
            awaits.append(Await(name, tuple(str(part) for part in path)))
        else:
            arguments[name] = tuple(str(part) for part in path) if argument.origin == "request" else None
    return Call(call.api, call.method, call.url, arguments, tuple(awaits), call.values, call.unless)


def _taken(key: str, leg: Leg) -> str:
    return f"{key} has another meaning in {leg.target}, whose value replaced it"


def _no_place(key: str, leg: Leg) -> str:
    return f"{key} does not exist in {leg.target}"
