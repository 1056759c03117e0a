"""Search a text line by line for URLs: prose, and files that are not of their format."""

from __future__ import annotations

from migrator.data.data_findings import DataFindings
from migrator.data.finders.data_urls import claim_urls_in
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import DataTree
from migrator.data.formats.text_piece import plain_piece
from migrator.findings.ledger import OccurrenceState
from migrator.matching.occurrences import find_occurrences, is_word_character
from migrator.matching.urls import url_markers


def inspect_lines(found: DataFindings, start: int, end: int) -> None:
    """Claim the methods and versions in the URLs of a stretch of the text."""
    markers = url_markers(found.words.api)
    variables = Variables(DataTree())
    while start < end:
        stop = found.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = plain_piece(found.text, start, stop)
        lowered = line.text.lower()
        if not markers or any(marker in lowered for marker in markers):
            for _ in claim_urls_in(found, variables.fill_in(line)):
                pass
        start = stop + 1


def explain_uncovered(found: DataFindings, start: int, end: int, state: OccurrenceState, reason: str) -> None:
    """Explain the names in a stretch of the text that no match covers."""
    for at, name in _find_names(found, start, end):
        last = at + len(name)
        longer = is_word_character(found.text[at - 1 : at]) or is_word_character(found.text[last : last + 1])
        if not longer and (at, last) not in found.covered:
            found.explain_occurrence(at, state, reason)


def _find_names(found: DataFindings, start: int, end: int) -> list[tuple[int, str]]:
    stretch = found.text[start:end]
    if stretch.isascii():
        return [(start + at, name) for at, name in find_occurrences(stretch.encode(), tuple(found.words.old_names))]
    hits: list[tuple[int, str]] = []
    for name in found.words.old_names:
        at = stretch.find(name)
        while at >= 0:
            hits.append((start + at, name))
            at = stretch.find(name, at + 1)
    return sorted(hits)
