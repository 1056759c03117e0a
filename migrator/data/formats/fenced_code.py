"""Read the code in a fence of Markdown by the reader of its programming language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from migrator.languages.grammar.grammars import Grammar, grammar_of
from migrator.languages.reading.reading import Reading
from migrator.matching.word_patterns import Words

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


def language_of(name: str) -> Grammar | None:
    """The programming language that a fence names; None for one that is not parsed."""
    return grammar_of(f"fence.{_SUFFIXES.get(name, name)}", b"") if name else None


def read_code(path: str, code: str, line: int, language: Grammar, words: Words) -> Reading | None:
    """What is seen in code that begins in a line of a file, by its characters; None where it could not be parsed."""
    from migrator.languages.read_program import read_program

    opening = next((sign for name, sign in _OPENED.items() if language.name.lower() == name and sign not in code), "")
    before = (opening + "\n" * (line - 1)).encode()
    raw = code.encode("utf-8", "surrogateescape")
    reading = read_program(path, before + raw, language, words)
    if reading.error is not None:
        return None
    at = _characters(code, raw)
    shift = len(before)
    inside = [place for place in reading.places if place.start >= shift]
    return Reading(
        tuple(replace(place, start=at(place.start - shift), end=at(place.end - shift)) for place in inside),
        tuple(replace(spot, start=at(spot.start - shift)) for spot in reading.spots if spot.start >= shift),
        tuple((at(start - shift), at(end - shift)) for start, end in reading.comments if start >= shift),
    )


def _characters(code: str, raw: bytes) -> Callable[[int], int]:
    """Tells the character that begins at a byte."""
    if code.isascii():
        return lambda byte: byte
    further = [index for index, byte in enumerate(raw) if 0x80 <= byte < 0xC0]
    return lambda byte: byte - bisect_left(further, byte)
