"""The marks of which a text must contain one before it is scanned, and where they are in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.matching.urls import host_names, url_markers
from migrator.matching.vocabulary import Vocabulary
from migrator.rules.rule import Kind


@dataclass(frozen=True, slots=True)
class MarkOccurrence:
    """A mark at an offset of a text; `is_name` when it is an old name."""

    start: int
    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class ApiMarks:
    """The old names, and the other marks of one API; hosts, which are also searched for in other than lower case."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    hosts: tuple[str, ...] = ()

    def are_in(self, text: str) -> bool:
        """Return whether a text contains one."""
        return any(mark in text for mark in (*self.names, *self.others)) or self._contains_host(text)

    def _contains_host(self, text: str) -> bool:
        lowered = text.lower()
        return any(host in lowered for host in self.hosts)

    def find_marks(self, text: str) -> Iterator[MarkOccurrence]:
        """Yield every mark in a text, in its order; in one pass, however many there are."""
        from ahocorasick_rs import AhoCorasick

        marks = (*self.names, *self.others)
        if marks:
            for index, start, _ in AhoCorasick(marks).find_matches_as_indexes(text, overlapping=True):
                yield MarkOccurrence(start, marks[index], index < len(self.names))


def marks_of(words: Vocabulary) -> ApiMarks:
    """Return the marks of a chain: its old names; hosts, paths, keys and scopes of its API."""
    form = words.envelope
    others = [*url_markers(words.api), *(form.distinctive if form is not None else ())]
    others += [name for rule in words.rows_of_kinds(Kind.SCOPE) if (name := rule.old or rule.new)]
    names = sorted(words.old_names)
    marks = tuple(sorted({mark for mark in others if mark} - set(names)))
    return ApiMarks(tuple(names), marks, host_names(words.api))
