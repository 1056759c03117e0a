"""What comments in files that are not Python ask to leave alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from migrator.findings.finding import Finding, Stale
from migrator.matching.selection import Options
from migrator.python.source.comments import Suppression

_IGNORE = re.compile(rb"migrator:\s{0,4}ignore(?P<file>-file)?(?:\[(?P<ids>[^\]\r\n]{0,500})\])?(?![\w-])")
_LINES = 200
_SIGNS = re.compile(rb"[\s/*#<!\-{;%]*")


def suppressions(raw: bytes, comments: Iterable[tuple[int, int]], starts: list[int]) -> list[tuple[int, Suppression]]:
    """The suppressions in comments, each with its line; one that has a line to itself is about the next line too."""
    spans = sorted(comments)
    firsts = [span[0] for span in spans]
    found: list[tuple[int, Suppression]] = []
    for match in _IGNORE.finditer(raw):
        at = bisect_right(firsts, match.start()) - 1
        if at < 0 or spans[at][1] <= match.start():
            continue
        line = bisect_right(starts, match.start())
        ids = frozenset(filter(None, (part.strip().decode("latin-1") for part in (match["ids"] or b"").split(b","))))
        alone = _SIGNS.fullmatch(raw, starts[line - 1], match.start()) is not None
        where = None if match["file"] else line + alone
        found.append((line, Suppression(where, ids)))
    return found


class Asked:
    """The suppressions of a file, by the lines that they are about."""

    def __init__(self, asked: Iterable[tuple[int, Suppression]]) -> None:
        self.all = list(asked)
        self.used: dict[Suppression, set[str]] = defaultdict(set)
        self.by_line: dict[int | None, list[Suppression]] = defaultdict(list)
        for line, each in self.all:
            lines = {None} if each.line is None else {line, each.line}
            for where in lines:
                if each not in self.by_line[where]:
                    self.by_line[where].append(each)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is not wanted; what asks for that is not in vain."""
        lines = (None, *range(finding.line, min(finding.end_line, finding.line + _LINES) + 1))
        found = [s for line in lines for s in self.by_line.get(line, ()) if not s.ids or finding.rule in s.ids]
        for suppression in found:
            self.used[suppression].add(finding.rule)
        return bool(found)

    def stale(self, path: str, options: Options) -> tuple[Stale, ...]:
        """Those that cover nothing, or name a rule for nothing; rules that take no part are not judged."""
        unwanted = [rule for chain in options.chains for rule in chain.rules() if not options.wants(rule)]
        unjudged = {rule.id for rule in unwanted}
        judged = all(rule.note for rule in unwanted)
        vain: list[Stale] = []
        for line, suppression in self.all:
            rules = self.used.get(suppression, set())
            left = sorted(suppression.ids - rules - unjudged)
            if left or (judged and not (suppression.ids or rules)):
                vain.append(Stale(path, line, tuple(left)))
        return tuple(vain)
