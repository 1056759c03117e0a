"""Read any other text: the URLs of the API in it, and quoted names beside them."""

from __future__ import annotations

import re

from migrator.findings.reading import Reading, TextMatch
from migrator.matching.occurrences import find_occurrences
from migrator.matching.url_patterns import explain_url
from migrator.matching.url_rows import rows_on_url
from migrator.matching.urls import HostTrust
from migrator.matching.vocabulary import Vocabulary

_WHY = "nothing shows what the name is for here"
_QUOTES = frozenset("\"'`")
#: The last sign of a variable, and signs that go on with a name or a path.
_ENDS = frozenset(")}")
_WITHIN = frozenset("_-./")
_ASKS = re.compile(rb"migrator: ?ignore[^\r\n]*")


def read_plain_text(path: str, raw: bytes, words: Vocabulary, *, code: bool = True) -> Reading:
    """Return what is found in a text of which only its characters are known.

    `code` says that quotes are those of strings: a quoted name is reported where the text calls the API.
    """
    text = raw.decode("latin-1")
    hint = words.find_hint(text)
    places: dict[tuple[int, int, str], TextMatch] = {}
    speaks: str | None = None
    for url in words.url_patterns.find_urls(text):
        why = explain_url(url, hint)
        if why is None:
            continue
        evidence = (f"{why} ({path}:{_line_of(text, url.start)})",) if len(places) < 1000 else (why,)
        speaks = speaks or (evidence[0] if url.trust is HostTrust.CERTAIN else None)
        for told in rows_on_url(words, text, url):
            key = told.start, told.end, told.rule.id
            places[key] = TextMatch(*key[:2], told.rule, told.old, told.new, evidence, told.message)
    if speaks is not None and code:
        taken = {at for start, end, _ in places for at in range(start, end)}
        for start, name in find_occurrences(raw, sorted(words.old_names)):
            named = words.methods.get(name) or words.webhooks.get(name)
            quoted = _is_name(text, start, start + len(name))
            if named is not None and quoted and start not in taken:
                key = start, start + len(name), named.rule.id
                places[key] = TextMatch(*key[:2], named.rule, name, named.new, (speaks,), _WHY)
    return Reading(tuple(sorted(places.values(), key=lambda place: place.start)), comments=_find_directives(raw))


def _is_name(text: str, start: int, end: int) -> bool:
    """Return whether a name is quoted, or follows a variable and a slash."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in _QUOTES and before:
        return behind.removeprefix("\\")[:1] == before[-1]
    return before[-1:] == "/" and before[:1] in _ENDS and not behind[:1].isalnum() and behind[:1] not in _WITHIN


def _find_directives(raw: bytes) -> tuple[tuple[int, int], ...]:
    """Return the spans of suppressions, whatever the comments of the text look like."""
    return tuple(found.span() for found in _ASKS.finditer(raw))


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
