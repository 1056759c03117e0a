"""What comments ask to leave alone: which findings that covers, and which comments ask it in vain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrator.findings.finding import Finding, Stale
from migrator.matching.selection import Options
from migrator.python.analysis.module import Module
from migrator.python.source.comments import Suppression, comments_of, suppressions_of

#: A finding and the span of the text that it is about.
Spanned = tuple[tuple[int, int], Finding]


@dataclass(frozen=True, slots=True)
class Quiet:
    """The suppressions in a module, each with the line of the file in which its comment stands."""

    module: Module
    asked: tuple[tuple[int, Suppression], ...]

    def covers(self, spanned: Spanned) -> bool:
        """Whether a finding is not wanted."""
        return any(self._covers(suppression, spanned) for _, suppression in self.asked)

    def stale(self, found: Iterable[Spanned], options: Options) -> tuple[Stale, ...]:
        """The comments that cover nothing, or name a rule for nothing; rules that take no part are not judged."""
        found = list(found)
        stale: list[Stale] = []
        unwanted = [rule for chain in options.chains for rule in chain.rules() if not options.wants(rule)]
        unjudged = {rule.id for rule in unwanted}
        judged = all(rule.note for rule in unwanted)
        for line, suppression in self.asked:
            rules = {finding.rule for span, finding in found if self._covers(suppression, (span, finding))}
            vain = sorted(suppression.ids - rules - unjudged)
            if vain or (judged and not (suppression.ids or rules)):
                stale.append(Stale(self.module.path, line, tuple(vain)))
        return tuple(stale)

    def _covers(self, suppression: Suppression, spanned: Spanned) -> bool:
        (start, end), finding = spanned
        first, last = (self.module.source.position(at)[0] for at in (start, max(start, end - 1)))
        return suppression.covers(finding.rule, first, last)


def quiet_in(module: Module) -> Quiet:
    """The suppressions in a module."""
    comments = comments_of(module.source)
    asked = [(comment, suppression) for comment in comments for suppression in suppressions_of((comment,))]
    return Quiet(module, tuple((module.source.shown(comment.start)[0], each) for comment, each in asked))
