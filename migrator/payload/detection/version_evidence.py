"""Find evidence for the version of a webhook: each row is evidence for one of its two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.payload.json_pointer import Json, pointer, read
from migrator.payload.plans.change_tree import Path
from migrator.payload.plans.directed_step import Leg, Terms, leg
from migrator.payload.plans.field_paths import key_moves, newer
from migrator.payload.plans.name_changes import NAMING, name_on
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind, Rule, Step
from migrator.rules.table import RuleTable
from migrator.rules.version import Version


@dataclass(frozen=True, slots=True)
class Clue:
    """State that a webhook uses at most, or at least, the given version.

    `sure` marks rows of the changelog; other evidence relies on the reference pages alone.
    """

    version: Version
    upwards: bool
    sure: bool
    reason: str

    def fits(self, version: Version) -> bool:
        """Return whether a version agrees with the evidence."""
        return version >= self.version if self.upwards else version <= self.version


def clues(table: RuleTable, envelope: Json) -> Iterator[Clue]:
    """Yield the evidence in an envelope, step by step; nothing if it is not an object or its name is not a string."""
    name_key = table.api.envelope.name if table.api.envelope else None
    name = envelope.get(name_key) if isinstance(envelope, dict) else None
    if not isinstance(name, str):
        return
    for step in table.steps:
        everything = Terms({}, frozenset(rule.id for rule in step.rules if not rule.active))
        yield from _of_name(step, name)
        yield from _of_keys(leg(step, True, everything), envelope, name)


def _of_name(step: Step, name: str) -> Iterator[Clue]:
    rules = sorted((rule for rule in step.rules if rule.kind in NAMING["webhook"]), key=lambda rule: not rule.active)
    old = next((rule for rule in rules if rule.old == name), None)
    new = next((rule for rule in rules if rule.new == name), None)
    if old is not None and new is None:
        became = f"renames it to {old.new}" if old.new else "removes it"
        yield Clue(step.source, False, old.active, f"{step.source} knows the webhook {name}, {step.target} {became}")
    elif new is not None and old is None:
        yield Clue(step.target, True, new.active, f"{step.target} knows the webhook {name}, {step.source} does not")


def _of_keys(up: Leg, envelope: Json, name: str) -> Iterator[Clue]:
    down = leg(up.step, False, up.terms)
    before = {name, name_on(down, "webhook", name).older}
    for rule in up.rules:
        for place in rule.where:
            if place.document == "webhook" and (place.name is None or place.name in before):
                yield from _of_key(up, rule, parse_path(place.path), name, envelope)


def _of_key(up: Leg, rule: Rule, path: Path, name: str, envelope: Json) -> Iterator[Clue]:
    step = up.step
    if rule.kind in {Kind.RENAME_KEY, Kind.REMOVE_KEY} and _holds(envelope, path):
        yield Clue(step.source, False, rule.active, f"{_shown(path)} is a key of {step.source}, not of {step.target}")
    moved = newer(path, key_moves(up, "webhook", name_on(up, "webhook", name).older))
    after = tuple(part if isinstance(part, str) else None for part in moved)
    if rule.kind in {Kind.RENAME_KEY, Kind.ADD_KEY} and _holds(envelope, after):
        yield Clue(step.target, True, rule.active, f"{_shown(after)} is a key of {step.target}, not of {step.source}")


def _holds(envelope: Json, path: Path) -> bool:
    return None not in path and read(envelope, path)[0]


def _shown(path: Path) -> str:
    return pointer(part for part in path if part)
