"""The results of the finders: a span that a rule is about, the evidence, and any obstacle to an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum

from migrator.findings.operation import Operation, RenameText
from migrator.matching.generated import GENERATED
from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import source_span
from migrator.python.analysis.values import StringValue
from migrator.python.recognition.url_text import located
from migrator.rules.rule import Rule


class EvidenceStrength(IntEnum):
    """The strength of the evidence: an edit is safe if it is strong, unsafe if it is weak."""

    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule that applies to ``[start, end)`` of a module. An `obstacle` is the reason why no edit is made."""

    rule: Rule
    module: Module
    start: int
    end: int
    old: str | None
    new: str | None
    strength: EvidenceStrength
    evidence: tuple[str, ...]
    obstacle: str = ""
    operations: tuple[Operation, ...] = ()

    @property
    def location(self) -> str:
        """Return the path and line at which the claim starts."""
        return f"{self.module.path}:{self.module.source.position(self.start)[0]}"


def find_written_span(text: StringValue, where: tuple[int, int]) -> tuple[Module, int, int] | None:
    """Return the module and the span of a range of a text, or None if the range spans several literals."""
    found = located(text, where)
    if found is None or found[0].origin is None or (span := source_span(*found)) is None:
        return None
    return found[0].origin.module, *span


@dataclass(slots=True)
class ClaimSet:
    """Claims, each once, grouped by the span and the rule that they are about."""

    groups: dict[tuple[Module, int, int, str], list[Claim]] = field(default_factory=dict)
    _known: set[Claim] = field(default_factory=set)

    def union(self, other: ClaimSet) -> ClaimSet:
        """Return the claims of both sets, in the order in which they were added; those of this one come first."""
        both = self.copy()
        for claim in other.all():
            both.add(claim)
        return both

    def copy(self) -> ClaimSet:
        """Return a set to which claims can be added without a change to this one."""
        return ClaimSet({key: list(group) for key, group in self.groups.items()}, set(self._known))

    def hold_generated(self) -> ClaimSet:
        """Return the claims with an obstacle for each edit of a generated file."""
        held = ClaimSet()
        for claim in self.all():
            stays = claim.operations and claim.module.is_generated
            held.add(replace(claim, obstacle=GENERATED, operations=()) if stays else claim)
        return held

    def all(self) -> Iterator[Claim]:
        """Yield every claim."""
        return (claim for group in self.groups.values() for claim in group)

    def add(self, claim: Claim) -> None:
        """Add a claim to those with the same span and rule."""
        if claim not in self._known:
            self._known.add(claim)
            self.groups.setdefault((claim.module, claim.start, claim.end, claim.rule.id), []).append(claim)

    def claim_text(
        self,
        rule: Rule,
        text: StringValue,
        where: tuple[int, int],
        strength: EvidenceStrength,
        evidence: tuple[str, ...],
        obstacle: str,
        new: str | None,
    ) -> bool:
        """Claim a range of a text where it is written. Return False if it is written nowhere in one piece."""
        place = find_written_span(text, where)
        if place is None:
            return False
        self.claim_span(rule, place[0], place[1:], strength, (*evidence, *text.trail), obstacle, new)
        return True

    def claim_span(
        self,
        rule: Rule,
        module: Module,
        span: tuple[int, int],
        strength: EvidenceStrength,
        evidence: tuple[str, ...],
        obstacle: str = "",
        new: str | None = None,
    ) -> None:
        """Claim a span of a module. A new name without an obstacle becomes the edit."""
        old = module.source.text[span[0] : span[1]]
        operations = (RenameText(rule.id, *span, new),) if new is not None and not obstacle else ()
        self.add(Claim(rule, module, *span, old, new, strength, evidence, obstacle, operations))
