"""The results of the finders: a span that a rule is about, the evidence, and any obstacle to an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import written
from migrator.python.analysis.values import Text
from migrator.python.recognition.url_text import located
from migrator.rules.rule import Rule


class Strength(IntEnum):
    """The strength of the evidence: an edit is safe if it is strong, unsafe if it is weak."""

    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule that applies to ``[start, end)`` of a module. An `obstacle` is the reason why no edit is made."""

    rule: Rule
    module: Module
    start: int
    end: int
    old: str | None
    new: str | None
    strength: Strength
    evidence: tuple[str, ...]
    obstacle: str = ""
    changes: tuple[Change, ...] = ()


def place_of(text: Text, where: tuple[int, int]) -> tuple[Module, int, int] | None:
    """Return the module and the span of a range of a text, or None if the range spans several literals."""
    found = located(text, where)
    if found is None or found[0].spot is None or (span := written(*found)) is None:
        return None
    return found[0].spot.module, *span


@dataclass(slots=True)
class Claims:
    """Claims, each once, grouped by the span and the rule that they are about."""

    found: dict[tuple[Module, int, int, str], list[Claim]] = field(default_factory=dict)
    _known: set[Claim] = field(default_factory=set)

    def union(self, other: Claims) -> Claims:
        """Return the claims of both sets, in the order in which they were added; those of this one come first."""
        both = self.copy()
        for claim in other.all():
            both.add(claim)
        return both

    def copy(self) -> Claims:
        """Return a set to which claims can be added without a change to this one."""
        return Claims({key: list(group) for key, group in self.found.items()}, set(self._known))

    def all(self) -> Iterator[Claim]:
        """Yield every claim."""
        return (claim for group in self.found.values() for claim in group)

    def add(self, claim: Claim) -> None:
        """Add a claim to those with the same span and rule."""
        if claim not in self._known:
            self._known.add(claim)
            self.found.setdefault((claim.module, claim.start, claim.end, claim.rule.id), []).append(claim)

    def name(
        self,
        rule: Rule,
        text: Text,
        where: tuple[int, int],
        strength: Strength,
        evidence: tuple[str, ...],
        obstacle: str,
        new: str | None,
    ) -> bool:
        """Claim a range of a text where it is written. Return False if it is written nowhere in one piece."""
        place = place_of(text, where)
        if place is None:
            return False
        self.at(rule, place[0], place[1:], strength, (*evidence, *text.trail), obstacle, new)
        return True

    def at(
        self,
        rule: Rule,
        module: Module,
        span: tuple[int, int],
        strength: Strength,
        evidence: tuple[str, ...],
        obstacle: str = "",
        new: str | None = None,
    ) -> None:
        """Claim a span of a module. A new name without an obstacle becomes the edit."""
        old = module.source.text[span[0] : span[1]]
        changes = (Change(*span, new),) if new is not None and not obstacle else ()
        self.add(Claim(rule, module, *span, old, new, strength, evidence, obstacle, changes))
