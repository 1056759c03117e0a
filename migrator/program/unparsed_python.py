"""Search Python that does not parse, such as Python 2 and templates, as text: its names are manual, as elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from migrator.findings.finding import FileResult
from migrator.findings.reading import Reading, TextMatch
from migrator.languages.plain_text import read_plain_text
from migrator.matching.occurrences import find_occurrences
from migrator.matching.selection import Options
from migrator.matching.url_patterns import explain_url
from migrator.matching.urls import HostTrust
from migrator.matching.vocabulary import Vocabulary
from migrator.program.text_results import make_result
from migrator.python.source.source_file import Unreadable, read_source

_WHY = "the file does not parse, so nothing shows what the name is for"
_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t][^\r\n]*", re.MULTILINE)
_WORD = re.compile(rb"\w+")
_WORD_BYTE = re.compile(rb"\w")


def add_text_findings(
    results: Iterable[FileResult[bytes]], files: Mapping[str, bytes], options: Options
) -> list[FileResult[bytes]]:
    """Return the results; those of Python files that could not be parsed with what their text shows."""
    return [_search_text(result, files, options) if _is_unparsed(result) else result for result in results]


def _is_unparsed(result: FileResult[bytes]) -> bool:
    """Return whether a file was read as text, and is no Python: of what cannot be decoded, no position is known."""
    if result.error is None or not result.error.unread or result.findings:
        return False
    try:
        read_source(result.path, result.before)
    except Unreadable:
        return False
    return True


def _search_text(result: FileResult[bytes], files: Mapping[str, bytes], options: Options) -> FileResult[bytes]:
    near = dict(_find_neighbours(result.path, result.before, files))
    words = [Vocabulary(chain) for chain in options.selected]
    seen = [(each, _read_unparsed(result.path, result.before, each, near)) for each in words]
    return replace(make_result(result.path, result.before, seen, options), error=result.error)


def _find_neighbours(path: str, raw: bytes, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the same folder that the lines of import name."""
    folder = path.rpartition("/")[0]
    named = {word for line in _IMPORT.findall(raw) for word in _WORD.findall(line)}
    for other, text in files.items():
        above, _, name = other.rpartition("/")
        if above == folder and other != path and name.partition(".")[0].encode("utf-8", "surrogateescape") in named:
            yield other, text


def _read_unparsed(path: str, raw: bytes, words: Vocabulary, near: Mapping[str, bytes]) -> Reading:
    known = read_plain_text(path, raw, words, code=False)
    texts = {path: raw, **near}
    speaks = next((why for other, text in texts.items() if (why := _find_evidence(other, text, words))), None)
    if speaks is None:
        return known
    taken = [(place.start, place.end) for place in known.matches]
    names = tuple(
        match
        for match in _match_names(raw, words, speaks)
        if not any(start <= match.start < end for start, end in taken)
    )
    return replace(known, matches=tuple(sorted((*known.matches, *names), key=lambda match: match.start)))


def _find_evidence(path: str, raw: bytes, words: Vocabulary) -> str | None:
    """Return where a text contains a URL that can only be the API's."""
    text = raw.decode("latin-1")
    for url in words.url_patterns.find_urls(text):
        why = explain_url(url, words.find_hint(text)) if url.trust is HostTrust.CERTAIN else None
        if why is not None:
            return f"{why} ({path}:{text.count(chr(10), 0, url.start) + 1})"
    return None


def _match_names(raw: bytes, words: Vocabulary, why: str) -> Iterator[TextMatch]:
    """Yield the old names of methods and webhooks that are no part of a longer name."""
    for start, name in find_occurrences(raw, sorted(words.old_names)):
        named = words.methods.get(name) or words.webhooks.get(name)
        end = start + len(name)
        around = raw[max(0, start - 1) : start], raw[end : end + 1]
        if named is not None and not any(_WORD_BYTE.fullmatch(byte) for byte in around):
            yield TextMatch(start, end, named.rule, name, named.new, (why,), _WHY)
