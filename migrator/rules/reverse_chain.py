"""Reverse a chain: the same rows, read from the newer version to the older."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.rules.rule import Kind, Rule, RulePlace, Step
from migrator.rules.table import Chain

_RENAMES = (Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY)


def reverse_chain(chain: Chain) -> Chain:
    """Return the chain from its target down to its source, for code.

    A rename is reversed; if its row has no way back, the newer name is only reported. A removed key that the older
    version requires is reported where it is missing, and the TODO comments about removed keys are taken back. Rows that
    are only advice are left out.
    """
    return Chain(chain.api, tuple(_reverse_step(step) for step in reversed(chain.steps)))


def _reverse_step(step: Step) -> Step:
    renamed = {rule.old: rule.new for rule in step.rules if rule.kind is Kind.RENAME_METHOD}
    webhooks = {rule.old: rule.new for rule in step.rules if rule.kind is Kind.RENAME_WEBHOOK and rule.active}
    names = {**webhooks, **renamed}
    rows = (replace(rule, advice=_reverse_advice(rule, str(step.source))) for rule in _reverse_rows(step.rules, names))
    advice = "Remove the call that the comment asked for, if it was added."
    removals = tuple(
        replace(rule, advice=advice) for rule in step.rules if rule.kind is Kind.REMOVE_KEY and rule.active
    )
    return Step(step.target, step.source, tuple(rows), step.file, removals)


def _reverse_advice(rule: Rule, version: str) -> str:
    """Return the advice for the way back; the advice of the row is about the way up."""
    if rule.kind is Kind.ADD_KEY:
        return f"Version {version} requires `{rule.new}`, {rule.restore!r} for example."
    if rule.kind is Kind.RAISE_VERSION:
        return f"Use version {version} again."
    if rule.new is None:
        return f"Version {version} has no counterpart of `{rule.old}`."
    return f"Use `{rule.new}` again."


def _reverse_rows(rules: tuple[Rule, ...], names: dict[str | None, str | None]) -> Iterator[Rule]:
    for rule in rules:
        where = tuple(_reverse_place(place, rule, names) for place in rule.where)
        if rule.kind in _RENAMES and rule.active:
            back = None if rule.back == "impossible" else rule.old
            yield replace(rule, old=rule.new, new=back, where=where, guard=None)
        elif rule.kind is Kind.REMOVE_KEY and rule.active and rule.restore is not None:
            yield replace(rule, kind=Kind.ADD_KEY, old=None, new=rule.old, where=where, guard=None, follow_up=None)
        elif rule.kind is Kind.RAISE_VERSION:
            yield rule


def _reverse_place(place: RulePlace, rule: Rule, names: dict[str | None, str | None]) -> RulePlace:
    path = place.path
    if rule.kind is Kind.RENAME_KEY and rule.old and rule.new:
        path = path.removesuffix(f".{rule.old}") + f".{rule.new}"
    return replace(place, name=names.get(place.name, place.name), path=path)
