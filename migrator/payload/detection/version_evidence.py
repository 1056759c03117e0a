"""Find evidence for the version of a webhook: each row is evidence for one of its two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.payload.json_pointer import Json, format_pointer, read_path
from migrator.payload.plans.change_tree import Path
from migrator.payload.plans.directed_step import Declarations, DirectedStep, direct_step
from migrator.payload.plans.field_paths import find_key_moves, to_newer_path
from migrator.payload.plans.name_changes import NAMING_KINDS, resolve_name
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind, Rule, Step
from migrator.rules.table import RuleTable
from migrator.rules.version import Version


@dataclass(frozen=True, slots=True)
class VersionEvidence:
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


def find_evidence(table: RuleTable, envelope: Json) -> Iterator[VersionEvidence]:
    """Yield the evidence in an envelope, step by step; nothing if it is not an object or its name is not a string."""
    name_key = table.api.envelope.name if table.api.envelope else None
    name = envelope.get(name_key) if isinstance(envelope, dict) else None
    if not isinstance(name, str):
        return
    for step in table.steps:
        everything = Declarations({}, frozenset(rule.id for rule in step.rules if not rule.active))
        yield from _find_name_evidence(step, name)
        yield from _find_key_evidence(direct_step(step, True, everything), envelope, name)


def _find_name_evidence(step: Step, name: str) -> Iterator[VersionEvidence]:
    rules = sorted(
        (rule for rule in step.rules if rule.kind in NAMING_KINDS["webhook"]), key=lambda rule: not rule.active
    )
    old = next((rule for rule in rules if rule.old == name), None)
    new = next((rule for rule in rules if rule.new == name), None)
    if old is not None and new is None:
        became = f"renames it to {old.new}" if old.new else "removes it"
        yield VersionEvidence(
            step.source, False, old.active, f"{step.source} knows the webhook {name}, {step.target} {became}"
        )
    elif new is not None and old is None:
        yield VersionEvidence(
            step.target, True, new.active, f"{step.target} knows the webhook {name}, {step.source} does not"
        )


def _find_key_evidence(up: DirectedStep, envelope: Json, name: str) -> Iterator[VersionEvidence]:
    down = direct_step(up.step, False, up.terms)
    before = {name, resolve_name(down, "webhook", name).older}
    for rule in up.rules:
        for place in rule.where:
            if place.document == "webhook" and (place.name is None or place.name in before):
                yield from _compare_key(up, rule, parse_path(place.path), name, envelope)


def _compare_key(up: DirectedStep, rule: Rule, path: Path, name: str, envelope: Json) -> Iterator[VersionEvidence]:
    step = up.step
    if rule.kind in {Kind.RENAME_KEY, Kind.REMOVE_KEY} and _has_value(envelope, path):
        yield VersionEvidence(
            step.source, False, rule.active, f"{_format_path(path)} is a key of {step.source}, not of {step.target}"
        )
    moved = to_newer_path(path, find_key_moves(up, "webhook", resolve_name(up, "webhook", name).older))
    after = tuple(part if isinstance(part, str) else None for part in moved)
    if rule.kind in {Kind.RENAME_KEY, Kind.ADD_KEY} and _has_value(envelope, after):
        yield VersionEvidence(
            step.target, True, rule.active, f"{_format_path(after)} is a key of {step.target}, not of {step.source}"
        )


def _has_value(envelope: Json, path: Path) -> bool:
    return None not in path and read_path(envelope, path)[0]


def _format_path(path: Path) -> str:
    return format_pointer(part for part in path if part)
