"""What a reader of a file that is not Python gives back: the places that rows are about, and what the rest is."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.findings.finding import FileError
from migrator.findings.ledger import State
from migrator.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Place:
    """A rule holds at the bytes from `start` up to `end` of a file.

    `old` is what stands there and `new` what the row makes of it, where it says so. `message` says more than the row
    alone would: why a person must look.
    """

    start: int
    end: int
    rule: Rule
    old: str | None
    new: str | None
    evidence: tuple[str, ...]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """An occurrence of an old name at a byte of a file that no place is about: what it is, and why."""

    start: int
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader saw in a file for one chain.

    `spots` are those occurrences of old names of which the reader knows more than that they are longer names or bare
    ones; the others need not be listed. `comments` are the spans of the bytes in which a suppression may stand. `error`
    says which part of the file could not be understood.
    """

    places: tuple[Place, ...] = ()
    spots: tuple[Spot, ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    error: FileError | None = None
