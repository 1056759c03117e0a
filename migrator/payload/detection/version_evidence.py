"""Find evidence for the version of a webhook: each row is evidence for one of its two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.payload.json_pointer import format_pointer
from migrator.payload.plans.change_tree import Path
from migrator.payload.plans.directed_step import Declarations, DirectedStep, direct_step
from migrator.payload.plans.field_paths import FieldPath, find_key_moves, to_newer_path
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


@dataclass(frozen=True, slots=True)
class PlacedEvidence:
    """Hold evidence that a webhook gives if it has a value at `path`; the empty path stands for its name alone."""

    evidence: VersionEvidence
    path: tuple[str, ...] = ()


def find_named_webhooks(table: RuleTable) -> frozenset[str]:
    """Return every name of a webhook that a row mentions; all other names give the same evidence."""
    rules = [rule for step in table.steps for rule in step.rules]
    names = {name for rule in rules if rule.kind in NAMING_KINDS["webhook"] for name in (rule.old, rule.new)}
    names |= {place.name for rule in rules for place in rule.where if place.document == "webhook"}
    names.update(*(each.webhooks for each in table.api.names))
    return frozenset(name for name in names if name)


def find_evidence(table: RuleTable, name: str | None) -> Iterator[PlacedEvidence]:
    """Yield the evidence that webhooks of a name can give, step by step; None is a name that no row mentions."""
    if name is not None:
        yield from _find_listed_evidence(table, name)
    for step in table.steps:
        everything = Declarations({}, frozenset(rule.id for rule in step.rules if not rule.active))
        if name is not None:
            yield from _find_name_evidence(step, name)
        yield from _find_key_evidence(direct_step(step, True, everything), name)


def _find_name_evidence(step: Step, name: str) -> Iterator[PlacedEvidence]:
    rules = sorted(
        (rule for rule in step.rules if rule.kind in NAMING_KINDS["webhook"]), key=lambda rule: not rule.active
    )
    old = next((rule for rule in rules if rule.old == name), None)
    new = next((rule for rule in rules if rule.new == name), None)
    if old is not None and new is None:
        became = f"renames it to {old.new}" if old.new else "removes it"
        reason = f"{step.source} knows the webhook {name}, {step.target} {became}"
        yield PlacedEvidence(VersionEvidence(step.source, False, old.active, reason))
    elif new is not None and old is None:
        reason = f"{step.target} knows the webhook {name}, {step.source} does not"
        yield PlacedEvidence(VersionEvidence(step.target, True, new.active, reason))


def _find_listed_evidence(table: RuleTable, name: str) -> Iterator[PlacedEvidence]:
    """Yield the evidence of the lists of names; what only later versions know fits the last of the table."""
    first, last = table.versions[0], table.versions[-1]
    for each in table.api.names:
        if name in each.webhooks:
            if first < each.since:
                reason = f"the webhook {name} is known from {each.since} on"
                yield PlacedEvidence(VersionEvidence(min(each.since, last), True, False, reason))
            if each.until is not None and first <= each.until < last:
                reason = f"the webhook {name} is known up to {each.until}"
                yield PlacedEvidence(VersionEvidence(each.until, False, False, reason))


def _find_key_evidence(up: DirectedStep, name: str | None) -> Iterator[PlacedEvidence]:
    down = direct_step(up.step, False, up.terms)
    before = {name, resolve_name(down, "webhook", name).older}
    for rule in up.rules:
        for place in rule.where:
            if place.document == "webhook" and (place.name is None or place.name in before):
                yield from _compare_versions(up, rule, parse_path(place.path), name)


def _compare_versions(up: DirectedStep, rule: Rule, path: Path, name: str | None) -> Iterator[PlacedEvidence]:
    step = up.step
    if rule.kind in {Kind.RENAME_KEY, Kind.REMOVE_KEY}:
        yield from _place_evidence(rule, path, step.source, step.target)
    if rule.kind in {Kind.RENAME_KEY, Kind.ADD_KEY}:
        moves = find_key_moves(up, "webhook", resolve_name(up, "webhook", name).older)
        yield from _place_evidence(rule, to_newer_path(path, moves), step.target, step.source)


def _place_evidence(rule: Rule, path: FieldPath, known: Version, unknown: Version) -> Iterator[PlacedEvidence]:
    """Yield evidence for the version that knows a key; none for keys in the elements of an array."""
    keys = tuple(part for part in path if isinstance(part, str))
    if len(keys) == len(path):
        reason = f"{format_pointer(keys)} is a key of {known}, not of {unknown}"
        yield PlacedEvidence(VersionEvidence(known, known > unknown, rule.active, reason), keys)
