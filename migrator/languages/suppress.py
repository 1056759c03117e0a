"""What comments in files that are not Python ask to leave alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from migrator.code.comments import Suppression
from migrator.code.finding import Finding, Stale
from migrator.code.options import Options

_IGNORE = re.compile(rb"migrator:\s{0,4}ignore(?P<file>-file)?(?:\[(?P<ids>[^\]\r\n]{0,500})\])?(?![\w-])")
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


def covers(suppression: Suppression, line: int, finding: Finding) -> bool:
    """Whether a suppression in a line is about a finding."""
    return suppression.covers(finding.rule, finding.line, finding.end_line) or (
        suppression.line is not None
        and finding.line <= line <= finding.end_line
        and suppression.covers(finding.rule, suppression.line, suppression.line)
    )


def stale(
    path: str, asked: Iterable[tuple[int, Suppression]], found: list[Finding], options: Options
) -> tuple[Stale, ...]:
    """The suppressions that cover nothing, or name a rule for nothing; rules that take no part are not judged."""
    unwanted = {rule.id for chain in options.chains for rule in chain.rules() if not options.wants(rule)}
    vain: list[Stale] = []
    for line, suppression in asked:
        rules = {finding.rule for finding in found if covers(suppression, line, finding)}
        left = sorted(suppression.ids - rules - unwanted)
        if left or not (suppression.ids or rules or unwanted):
            vain.append(Stale(path, line, tuple(left)))
    return tuple(vain)
