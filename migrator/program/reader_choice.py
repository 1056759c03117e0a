"""Which reader a file gets: by its suffix, its name or its first line."""

from __future__ import annotations

from migrator.languages.grammar.grammars import grammar_of
from migrator.languages.markup import SUFFIXES, read_markup
from migrator.languages.plain_text import read_text
from migrator.languages.read_program import read_program
from migrator.languages.reading.reading import Reader, Reading
from migrator.matching.word_patterns import Words


def reader_of(path: str, raw: bytes) -> Reader:
    """The reader of a file that is not Python."""
    grammar = grammar_of(path, raw)
    if grammar is not None:
        language = grammar

        def read(path: str, raw: bytes, words: Words) -> Reading:
            return read_program(path, raw, language, words)

        return read
    if path.lower().endswith(SUFFIXES):
        return read_markup
    from migrator.data.read_data import reader_of as reader_of_data

    return reader_of_data(path) or read_text
