"""Apply ``migrator: ignore`` comments to findings, and report the unused ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrator.findings.finding import Finding, Stale
from migrator.matching.selection import Options
from migrator.python.source.comments import Suppression, comments_of, suppressions_of
from migrator.python.source.source_file import Source

#: A finding and its span in the text.
Spanned = tuple[tuple[int, int], Finding]


@dataclass(frozen=True, slots=True)
class Quiet:
    """The suppressions in a file, each with the line of its comment."""

    source: Source
    asked: tuple[tuple[int, Suppression], ...]

    def covers(self, spanned: Spanned) -> bool:
        """Return True if a finding is suppressed."""
        return any(self._covers(suppression, spanned) for _, suppression in self.asked)

    def stale(self, found: Iterable[Spanned], options: Options) -> tuple[Stale, ...]:
        """Return the suppressions that match no finding, or list a rule in vain; rules not selected are ignored."""
        found = list(found)
        stale: list[Stale] = []
        unwanted = [rule for chain in options.chains for rule in chain.rules() if not options.wants(rule)]
        unjudged = {rule.id for rule in unwanted}
        judged = all(rule.note for rule in unwanted)
        for line, suppression in self.asked:
            rules = {finding.rule for span, finding in found if self._covers(suppression, (span, finding))}
            vain = sorted(suppression.ids - rules - unjudged)
            if vain or (judged and not (suppression.ids or rules)):
                stale.append(Stale(self.source.path, line, tuple(vain)))
        return tuple(stale)

    def _covers(self, suppression: Suppression, spanned: Spanned) -> bool:
        (start, end), finding = spanned
        first, last = (self.source.position(at)[0] for at in (start, max(start, end - 1)))
        return suppression.covers(finding.rule, first, last)


def quiet_in(source: Source) -> Quiet:
    """Return the suppressions in a file."""
    comments = comments_of(source)
    asked = [(comment, suppression) for comment in comments for suppression in suppressions_of((comment,))]
    return Quiet(source, tuple((source.shown(comment.start)[0], each) for comment, each in asked))
