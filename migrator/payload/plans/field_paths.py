"""Convert paths in a document between the older and the newer version of a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrator.payload.plans.change_tree import Path
from migrator.payload.plans.directed_step import DirectedStep
from migrator.rules.json_path import EACH, parse_path
from migrator.rules.rule import DocumentKind, Kind

#: A path in a document: keys, and the indexes of elements (or EACH for all of them).
FieldPath = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class KeyMove:
    """Rename the key `old` of the object at `parent` to `new`; None: its value replaces the parent."""

    parent: Path
    old: str
    new: str | None


def find_key_moves(leg: DirectedStep, kind: DocumentKind, older: str | None) -> tuple[KeyMove, ...]:
    """Return the keys that a step's rows move in a document, given its name in the older version."""
    found = []
    for rule in leg.rules:
        if rule.kind not in {Kind.RENAME_KEY, Kind.UNNEST} or not rule.old:
            continue
        for place in rule.where:
            if place.document == kind and place.name in (None, older):
                found.append(KeyMove(parse_path(place.path)[:-1], rule.old, rule.new))
    return tuple(found)


def to_newer_path(place: Iterable[str | int | None], moves: Sequence[KeyMove]) -> FieldPath:
    """Convert a path of the older version to the newer one."""
    old = tuple(place)
    new: list[str | int | None] = []
    for depth, part in enumerate(old):
        move = next((m for m in moves if m.old == part and _matches_parent(m.parent, old[:depth])), None)
        if move is None:
            new.append(part)
        elif move.new is not None:
            new.append(move.new)
    return tuple(new)


def to_older_path(place: Iterable[str | int | None], moves: Sequence[KeyMove]) -> FieldPath:
    """Convert a path of the newer version to the older one."""
    old: list[str | int | None] = []
    for part in place:
        old += [move.old for move in moves if move.new is None and _matches_parent(move.parent, old)]
        move = next((m for m in moves if m.new is not None and m.new == part and _matches_parent(m.parent, old)), None)
        old.append(part if move is None else move.old)
    return tuple(old)


def _matches_parent(parent: Path, place: Sequence[str | int | None]) -> bool:
    return len(parent) == len(place) and all(
        wanted == part or (wanted is EACH and isinstance(part, int)) for wanted, part in zip(parent, place, strict=True)
    )
