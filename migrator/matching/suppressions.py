"""Suppressions: the ``migrator: ignore`` comments of a file, which findings they cover, and which are unused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from migrator.findings.finding import StaleEntry
from migrator.rules.rule import Rule

#: ``migrator: ignore[id, ...]``, in the syntax of `re`. The limits keep the search linear in a file made of brackets;
#: all ids of the shipped table together are shorter than 4,000 characters.
DIRECTIVE = r"migrator:\s{0,20}ignore(?P<file>-file)?(?:\[(?P<ids>[^\]\r\n]{0,4000})\])?(?![\w-])"
_IN_BYTES = re.compile(DIRECTIVE.encode())
#: What may stand before a directive in a comment that has a line to itself: blanks and the signs of comments.
_COMMENT_SIGNS = re.compile(rb"[\s/*#<!\-{;%]*")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A directive in the comment that starts at line `shown`: no ids mean every rule.

    It covers the lines from `first` to `last`, or the whole file where there is no `first`.
    """

    shown: int
    ids: frozenset[str]
    first: int | None = None
    last: int = 0

    def covers_rule(self, rule: str) -> bool:
        """Return whether findings of a rule are suppressed."""
        return not self.ids or rule in self.ids


class Suppressions:
    """The suppressions of one file, and the rules of the findings that each has covered so far."""

    def __init__(self, found: Iterable[Suppression]) -> None:
        self._all = tuple(found)
        self._in_file = [each for each in self._all if each.first is None]
        self._by_line = sorted((each.first, each.last, i) for i, each in enumerate(self._all) if each.first is not None)
        self._firsts = [first for first, _, _ in self._by_line]
        self._last_lines = list(accumulate((last for _, last, _ in self._by_line), max))
        self._used: dict[Suppression, set[str]] = defaultdict(set)

    def covers(self, rule: str, first: int, last: int) -> bool:
        """Return whether a finding of a rule on these lines is suppressed, and note what suppresses it as used."""
        covering = [each for each in (*self._in_file, *self._find_overlapping(first, last)) if each.covers_rule(rule)]
        for suppression in covering:
            self._used[suppression].add(rule)
        return bool(covering)

    def covers_lines(self, rule: str, first: int, last: int) -> bool:
        """Return whether a suppression that is not one of the whole file covers a finding of a rule on these lines."""
        return any(each.covers_rule(rule) for each in self._find_overlapping(first, last))

    def find_unused(self, path: str, left_out: Iterable[Rule]) -> tuple[StaleEntry, ...]:
        """Return the suppressions that cover nothing, or name a rule that they do not cover.

        Rows that take no part in the run are not judged; of these only notes leave a suppression of every rule judged.
        """
        left_out = tuple(left_out)
        unjudged = {rule.id for rule in left_out}
        every_rule_ran = all(rule.is_note for rule in left_out)
        found: list[StaleEntry] = []
        for each in self._all:
            rules = self._used.get(each, set())
            unused = sorted(each.ids - rules - unjudged)
            if unused or (every_rule_ran and not (each.ids or rules)):
                found.append(StaleEntry(path, each.shown, tuple(unused)))
        return tuple(found)

    def _find_overlapping(self, first: int, last: int) -> Iterable[Suppression]:
        """Yield the suppressions of which a line is among these."""
        index = bisect_right(self._firsts, last)
        while index and self._last_lines[index - 1] >= first:
            index -= 1
            if self._by_line[index][1] >= first:
                yield self._all[self._by_line[index][2]]


def parse_directive(match: re.Match[str], shown: int, line: int, last: int) -> Suppression:
    """Return the suppression that a match of `DIRECTIVE` asks for, in a comment about the lines up to `last`."""
    return _make_suppression(match["file"], match["ids"], shown, line, last)


def suppressions_in_bytes(raw: bytes, comments: Iterable[tuple[int, int]], starts: Sequence[int]) -> Suppressions:
    """Return the suppressions in the comments at these spans; one that has a line to itself covers the next line too.

    `starts` are the bytes at which the lines start.
    """
    spans = sorted(comments)
    firsts = [span[0] for span in spans]
    found: list[Suppression] = []
    for match in _IN_BYTES.finditer(raw):
        at = bisect_right(firsts, match.start()) - 1
        if at < 0 or spans[at][1] <= match.start():
            continue
        line = bisect_right(starts, match.start())
        is_alone = _COMMENT_SIGNS.fullmatch(raw, starts[line - 1], match.start()) is not None
        ids = match["ids"].decode("latin-1") if match["ids"] else None
        found.append(_make_suppression(match["file"], ids, line, line, line + is_alone))
    return Suppressions(found)


def _make_suppression(whole_file: object, ids: str | None, shown: int, line: int, last: int) -> Suppression:
    names = frozenset(filter(None, (part.strip() for part in (ids or "").split(","))))
    return Suppression(shown, names) if whole_file else Suppression(shown, names, line, last)
