"""Read snippets of code: the fenced code of a document, the command in a string of data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from migrator.findings.reading import Reading
from migrator.languages.grammar.grammars import Grammar, grammar_of
from migrator.languages.read_program import read_program
from migrator.matching.reader_protocols import JsonReaderFactory
from migrator.matching.vocabulary import Vocabulary

#: What fences call a language whose files end in something else.
_SUFFIXES = {
    "bash": "sh",
    "console": "sh",
    "csharp": "cs",
    "curl": "sh",
    "golang": "go",
    "javascript": "js",
    "kotlin": "kt",
    "node": "js",
    "ruby": "rb",
    "shell": "sh",
    "shell-session": "sh",
    "sh-session": "sh",
    "typescript": "ts",
}
#: A text of which no more is code than this opens it with a mark.
_OPENED = {"php": "<?php"}


def read_snippet(
    path: str, code: str, line: int, language: str, words: Vocabulary, json_readers: JsonReaderFactory
) -> Reading | None:
    """Return what is found in code that starts at `line` of a file, by characters; None if it cannot be parsed.

    `language` is what a fence calls the language.
    """
    grammar = _grammar_called(language)
    if grammar is None:
        return None
    opening = next((sign for name, sign in _OPENED.items() if grammar.name.lower() == name and sign not in code), "")
    before = (opening + "\n" * (line - 1)).encode()
    raw = code.encode("utf-8", "surrogateescape")
    reading = read_program(path, before + raw, grammar, words, json_readers)
    if reading.error is not None:
        return None
    at = _character_index(code, raw)
    shift = len(before)
    inside = [place for place in reading.matches if place.start >= shift]
    return Reading(
        tuple(replace(place, start=at(place.start - shift), end=at(place.end - shift)) for place in inside),
        tuple(replace(spot, start=at(spot.start - shift)) for spot in reading.explained if spot.start >= shift),
        tuple((at(start - shift), at(end - shift)) for start, end in reading.comments if start >= shift),
    )


def _grammar_called(name: str) -> Grammar | None:
    """Return the grammar of a language that a fence names; None for one that is not parsed."""
    return grammar_of(f"fence.{_SUFFIXES.get(name, name)}", b"") if name else None


def _character_index(code: str, raw: bytes) -> Callable[[int], int]:
    """Return a function from a byte of `raw` to the character that starts there."""
    if code.isascii():
        return lambda byte: byte
    further = [index for index, byte in enumerate(raw) if 0x80 <= byte < 0xC0]
    return lambda byte: byte - bisect_left(further, byte)
