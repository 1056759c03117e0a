"""Read HTML and similar markup: the scripts inside as programs, the rest as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.findings.reading import Reading
from migrator.languages.grammar.grammars import Grammar, grammar_named
from migrator.languages.plain_text import read_plain_text
from migrator.languages.read_program import merge_readings, read_program
from migrator.matching.reader_protocols import JsonReaderFactory
from migrator.matching.vocabulary import Vocabulary

SUFFIXES = (".html", ".htm", ".xhtml", ".vue", ".svelte", ".astro")
_OPEN = re.compile(rb"<script\b([^>]{0,500})>", re.IGNORECASE)
_CLOSE = re.compile(rb"</script\b", re.IGNORECASE)
_DATA = re.compile(rb"type\s{0,5}=\s{0,5}[\"']?(?!text/javascript|module|application/javascript|text/babel)[\w/+.-]+")
_BLANK = re.compile(rb"[^\r\n]")


def read_markup(path: str, raw: bytes, words: Vocabulary, json_readers: JsonReaderFactory) -> Reading:
    """Return what is found in a file of markup for one chain."""
    scripts = list(_find_scripts(raw))
    readings = [
        read_program(path, alone, grammar_named(grammar), words, json_readers)
        for grammar in sorted({grammar for _, _, grammar in scripts})
        if (alone := _blank_around(raw, [(start, end) for start, end, of in scripts if of == grammar]))
    ]
    return merge_readings((*readings, read_around_scripts(path, raw, words)))


def extract_script(path: str, raw: bytes) -> tuple[Grammar, bytes] | None:
    """Return the scripts of a file of markup as one program if they are of one language; None for any other file."""
    scripts = list(_find_scripts(raw)) if path.lower().endswith(SUFFIXES) else []
    if len({grammar for _, _, grammar in scripts}) != 1:
        return None
    return grammar_named(scripts[0][2]), _blank_around(raw, [(start, end) for start, end, _ in scripts])


def read_around_scripts(path: str, raw: bytes, words: Vocabulary) -> Reading:
    """Return what is found in a file of markup beside its scripts."""
    scripts = list(_find_scripts(raw))
    rest = read_plain_text(path, _blank_spans(raw, [(start, end) for start, end, _ in scripts]), words, code=False)
    comments = (*rest.comments, *_find_comments(raw))
    return Reading(rest.matches, rest.explained, comments, rest.error)


def _find_scripts(raw: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of the scripts, each with the name of its language."""
    at = 0
    while (opening := _OPEN.search(raw, at)) is not None:
        closing = _CLOSE.search(raw, opening.end())
        at = closing.start() if closing else len(raw)
        if not _DATA.search(opening[1]) and at > opening.end():
            yield opening.end(), at, "TSX" if b"tsx" in opening[1] else "TypeScript"


def _blank_around(raw: bytes, spans: list[tuple[int, int]]) -> bytes:
    """Return scripts with everything around them made blank, and a semicolon behind each."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [_blank_out(raw[done:start]), raw[start:end], b";" if end < len(raw) else b""]
        done = end + len(pieces[-1])
    return b"".join((*pieces, _blank_out(raw[done:])))


def _blank_spans(raw: bytes, spans: list[tuple[int, int]]) -> bytes:
    pieces, done = [], 0
    for start, end in spans:
        pieces += [raw[done:start], _blank_out(raw[start:end])]
        done = end
    return b"".join((*pieces, raw[done:]))


def _find_comments(raw: bytes) -> Iterator[tuple[int, int]]:
    start = raw.find(b"<!--")
    while start >= 0:
        end = raw.find(b"-->", start)
        end = end + 3 if end >= 0 else len(raw)
        yield start, end
        start = raw.find(b"<!--", end)


def _blank_out(raw: bytes) -> bytes:
    return _BLANK.sub(b" ", raw)
