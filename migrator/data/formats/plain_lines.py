"""Search a text line by line for URLs: prose, and files that are not of their format."""

from __future__ import annotations

from migrator.data.data_findings import Found
from migrator.data.finders.data_urls import addresses_in
from migrator.data.finders.variables import Variables
from migrator.data.formats.data_tree import Tree
from migrator.data.formats.text_piece import plain
from migrator.findings.ledger import State
from migrator.matching.occurrences import is_word, spots
from migrator.matching.urls import markers_of


def look_at_lines(found: Found, start: int, end: int) -> None:
    """Claim the methods and versions in the URLs of a stretch of the text."""
    markers = markers_of(found.words.api)
    variables = Variables(Tree())
    while start < end:
        stop = found.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = plain(found.text, start, stop)
        if not markers or any(marker in line.text for marker in markers):
            for _ in addresses_in(found, variables.filled(line)):
                pass
        start = stop + 1


def say_of_the_rest(found: Found, start: int, end: int, state: State, reason: str) -> None:
    """Explain the names in a stretch of the text that no match covers."""
    for at, name in _names(found, start, end):
        last = at + len(name)
        longer = is_word(found.text[at - 1 : at]) or is_word(found.text[last : last + 1])
        if not longer and (at, last) not in found.covered:
            found.spot(at, state, reason)


def _names(found: Found, start: int, end: int) -> list[tuple[int, str]]:
    stretch = found.text[start:end]
    if stretch.isascii():
        return [(start + at, name) for at, name in spots(stretch.encode(), tuple(found.words.names))]
    hits: list[tuple[int, str]] = []
    for name in found.words.names:
        at = stretch.find(name)
        while at >= 0:
            hits.append((start + at, name))
            at = stretch.find(name, at + 1)
    return sorted(hits)
