"""Find the old names in the bytes of a file, and count them again by an independent search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrator.findings.finding import Finding
from migrator.findings.ledger import Occurrence, OccurrenceState
from migrator.matching.relays import method_paths
from migrator.matching.selection import Options
from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS

#: The reason of an occurrence that is part of another name.
LONGER = "part of a longer name or word"
_OLD = (*METHOD_KINDS, *WEBHOOK_KINDS)


@dataclass(frozen=True, slots=True)
class OldNames:
    """The names of renamed and removed methods and webhooks, each once, and the hosts and paths of their APIs."""

    names: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def collect_old_names(options: Options) -> OldNames:
    """Return the old names of the rules that take part."""
    rules = [rule for chain in options.selected for rule in chain.rules(*_OLD)]
    hosts = [host for chain in options.chains for host in chain.api.hosts]
    paths = [path for chain in options.chains for path in method_paths(chain.api)]
    names = dict.fromkeys(rule.old for rule in rules if rule.old)
    return OldNames(tuple(names), tuple(dict.fromkeys(hosts)), tuple(dict.fromkeys(paths)))


def find_occurrences(raw: bytes, names: Sequence[str]) -> list[tuple[int, str]]:
    """Return the byte at which each occurrence of each name starts, in the order of the file.

    An occurrence inside a longer word, and one that overlaps another, counts like every other.
    """
    return sorted((start, name) for name in names for start in _find_starts(raw, name.encode()))


def make_counter(names: Sequence[str]) -> Callable[[bytes], Counter[str]]:
    """Return a function that counts each name in bytes, by an automaton instead of one search per name."""
    if not names:
        return lambda _: Counter()
    from ahocorasick_rs import BytesAhoCorasick

    find = BytesAhoCorasick([name.encode() for name in names]).find_matches_as_indexes
    return lambda raw: Counter(names[index] for index, _, _ in find(raw, overlapping=True))


def _find_starts(raw: bytes, name: bytes) -> Iterator[int]:
    start = raw.find(name)
    while start >= 0:
        yield start
        start = raw.find(name, start + 1)


def unread_occurrences(raw: bytes, found: Iterable[tuple[int, str]], reason: str) -> Iterator[Occurrence]:
    """Yield the occurrences in a file that could not be read; their columns count bytes."""
    line, done = 1, 0
    for start, name in found:
        line, done = line + raw.count(b"\n", done, start), start
        yield Occurrence(name, start, line, start - raw.rfind(b"\n", 0, start), OccurrenceState.UNREAD, reason)


def is_about(finding: Finding, name: str, line: int, column: int) -> bool:
    """Return whether a finding is about the occurrence of a name at a line and column."""
    first, last = (finding.line, finding.column), (finding.end_line, finding.end_column)
    overlaps = first < (line, column + len(name)) and (line, column) < last
    return overlaps and name in (finding.old or "")


def is_word_character(character: str) -> bool:
    """Return whether a character beside a name makes it part of a longer one."""
    return character == "_" or character.isalnum()
