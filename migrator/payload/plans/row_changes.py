"""Find the changes that the rows of a step make in one document, in one direction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.payload.follow_up import AwaitedArgument
from migrator.payload.loss import LossExtent
from migrator.payload.plans.change_tree import (
    ABSENT,
    Change,
    Condition,
    DropKey,
    FollowUpTemplate,
    NameAtPath,
    Path,
    PutKey,
    RemarkKey,
    RenameKey,
    RequireKey,
    Unnest,
)
from migrator.payload.plans.directed_step import DirectedStep
from migrator.payload.plans.field_paths import KeyMove, find_key_moves, to_newer_path
from migrator.payload.plans.name_changes import NAMING_KINDS, StepName, get_condition, map_names, map_refused_names
from migrator.rules.json_path import EACH, parse_path
from migrator.rules.rule import DocumentKind, Kind, Rule

Placed = tuple[Path, Change | NameAtPath | Unnest]


@dataclass(frozen=True, slots=True)
class StepDocument:
    """Describe a document in a step: its kind, its name before and in the older version, and the key of its name.

    `answers` are the key moves of its response, in this step and in those that follow.
    """

    kind: DocumentKind
    current: str | None
    name: StepName
    name_key: str | None
    answers: tuple[tuple[KeyMove, ...], ...] = ()


def find_changes(leg: DirectedStep, subject: StepDocument) -> list[Placed]:
    """Return every change that a step's rows make in a document, with the path of the value that is changed."""
    return [*_find_name_changes(leg, subject), *_find_key_changes(leg, subject)]


def find_notes(leg: DirectedStep, subject: StepDocument) -> Iterator[Rule]:
    """Yield the rows that leave the whole document to manual review, by a path or by its name alone."""
    manual = [rule for rule in leg.rules if leg.up and rule.kind is Kind.MANUAL]
    placed = [rule for rule, path in _find_places(leg, subject) if not path]
    named = [rule for rule in manual if not rule.where and rule.old and rule.old == subject.name.older]
    yield from (rule for rule in manual if rule in placed or (rule in named and subject.kind != "response"))


def _find_name_changes(leg: DirectedStep, subject: StepDocument) -> Iterator[Placed]:
    rows: dict[Path, list[Rule]] = {}
    for rule, path in _find_places(leg, subject):
        if rule.kind in NAMING_KINDS["webhook"]:
            rows.setdefault(path, []).append(rule)
    if subject.kind == "webhook" and subject.name_key:
        rows.setdefault((subject.name_key,), [])
    refused = map_refused_names(leg, "webhook")
    for path, rules in rows.items():
        own = subject.kind == "webhook" and path == (subject.name_key,)
        for old, move in {**refused, **map_names(leg, subject.kind, rules)}.items():
            if not own or old == subject.current:
                yield path, NameAtPath(old, move)


def _find_key_changes(leg: DirectedStep, subject: StepDocument) -> Iterator[Placed]:
    for rule, path in _find_places(leg, subject):
        if rule.kind is Kind.MANUAL and leg.up:
            yield from _create_remark(rule, path)
        elif path and path[-1] is not EACH:
            for change in (_change_upwards if leg.up else _change_downwards)(leg, subject, rule, path):
                yield path[:-1], change


def _find_places(leg: DirectedStep, subject: StepDocument) -> Iterator[tuple[Rule, Path]]:
    for rule in leg.rules:
        for place in rule.where:
            if place.document == subject.kind and place.name in (None, subject.name.older):
                yield rule, parse_path(place.path)


def _change_upwards(leg: DirectedStep, subject: StepDocument, rule: Rule, path: Path) -> Iterator[Change | Unnest]:
    key = path[-1] or ""
    condition = get_condition(rule, subject.kind)
    if rule.kind is Kind.RENAME_KEY and rule.new:
        yield RenameKey(rule.id, key, rule.new, _explain_conflict(rule.new, leg), condition)
    elif rule.kind is Kind.REMOVE_KEY:
        known = ABSENT if rule.restore is None else rule.restore
        extent = LossExtent.DOCUMENT if leg.is_impossible(rule) else LossExtent.VALUE
        yield DropKey(
            rule.id, key, known, extent, _explain_removal(key, leg), _create_template(rule, subject), condition
        )
    elif rule.kind is Kind.ADD_KEY and rule.context:
        declared = leg.terms.context
        added = rule.context in declared
        yield PutKey(rule.id, key, declared[rule.context]) if added else RequireKey(rule.id, key, rule.context)
    elif rule.kind is Kind.UNNEST:
        yield Unnest(key, rule.id)


def _change_downwards(leg: DirectedStep, subject: StepDocument, rule: Rule, path: Path) -> Iterator[Change | Unnest]:
    key = path[-1] or ""
    condition = get_condition(rule, subject.kind)
    pinned = condition is not None and condition.path == path
    if condition is not None:
        moved = to_newer_path(condition.path, find_key_moves(leg, subject.kind, subject.name.older))
        condition = None if pinned else Condition(tuple(map(str, moved)), condition.equals)
    if rule.kind is Kind.RENAME_KEY and rule.new:
        yield RenameKey(rule.id, rule.new, key, _explain_conflict(key, leg), condition)
    elif rule.kind is Kind.REMOVE_KEY and rule.restore is not None:
        note = None if pinned else f"{leg.target} requires {key}, so {json.dumps(rule.restore)} was added"
        yield PutKey(rule.id, key, rule.restore, note, condition)
    elif rule.kind is Kind.ADD_KEY and rule.context:
        known = leg.terms.context.get(rule.context, ABSENT)
        extent = {"lossless": LossExtent.NOTE, "lossy": LossExtent.VALUE, "impossible": LossExtent.DOCUMENT}[rule.back]
        yield DropKey(rule.id, key, known, extent, _explain_removal(key, leg))
    elif rule.kind is Kind.UNNEST:
        yield Unnest(key, rule.id)


def _create_remark(rule: Rule, path: Path) -> Iterator[Placed]:
    while path and path[-1] is EACH:
        path = path[:-1]
    if path and path[-1]:
        yield path[:-1], RemarkKey(rule.id, path[-1], rule.old if rule.old != path[-1] else None, rule.advice)


def _create_template(rule: Rule, subject: StepDocument) -> FollowUpTemplate | None:
    call = rule.follow_up
    if call is None:
        return None
    arguments: dict[str, tuple[str, ...] | None] = {}
    awaits = []
    for name, argument in call.arguments.items():
        path: tuple[str | int | None, ...] = parse_path(argument.path or "$")
        if argument.origin == "response":
            for step in subject.answers:
                path = to_newer_path(path, step)
            awaits.append(AwaitedArgument(name, tuple(str(part) for part in path)))
        else:
            arguments[name] = tuple(str(part) for part in path) if argument.origin == "request" else None
    return FollowUpTemplate(call.api, call.method, call.url, arguments, tuple(awaits), call.values, call.unless)


def _explain_conflict(key: str, leg: DirectedStep) -> str:
    return f"{key} has another meaning in {leg.target}, whose value replaced it"


def _explain_removal(key: str, leg: DirectedStep) -> str:
    return f"{key} does not exist in {leg.target}"
