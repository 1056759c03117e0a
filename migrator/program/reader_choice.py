"""Choose the reader of a file that is not Python, and pass to each what it needs of the others."""

from __future__ import annotations

from migrator.data.embedded_json import EmbeddedJsonReader
from migrator.data.read_data import choose_data_reader as reader_of_data
from migrator.findings.reading import Reading
from migrator.languages.grammar.grammars import Grammar, grammar_of
from migrator.languages.grammar.syntax_tree import SyntaxTree
from migrator.languages.markup import SUFFIXES, read_markup
from migrator.languages.plain_text import read_plain_text
from migrator.languages.read_program import make_program, read_program
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.snippets import read_snippet
from migrator.matching.reader_protocols import TextReader
from migrator.matching.vocabulary import Vocabulary


def choose_reader(path: str, raw: bytes) -> TextReader:
    """Return the reader of a file, by its suffix, its name or its first line."""
    grammar = grammar_of(path, raw)
    if grammar is not None:
        language = grammar
        return lambda path, raw, words: read_program(path, raw, language, words, EmbeddedJsonReader)
    if path.lower().endswith(SUFFIXES):
        return lambda path, raw, words: read_markup(path, raw, words, EmbeddedJsonReader)
    return reader_of_data(path, _read_snippet) or read_plain_text


def is_recognised(path: str, raw: bytes) -> bool:
    """Return whether a reader knows a file, by its suffix, its name or its first line."""
    known = grammar_of(path, raw) is not None or path.lower().endswith(SUFFIXES)
    return known or reader_of_data(path, _read_snippet) is not None


def is_program(path: str, raw: bytes) -> bool:
    """Return whether a file is a program in a language that is parsed, other than Python."""
    return grammar_of(path, raw) is not None


def begin_program(path: str, tree: SyntaxTree, grammar: Grammar, words: Vocabulary) -> ParsedProgram:
    """Return a parsed file of which nothing is concluded yet."""
    return make_program(path, tree, grammar, words, EmbeddedJsonReader)


def _read_snippet(path: str, code: str, line: int, language: str, words: Vocabulary) -> Reading | None:
    return read_snippet(path, code, line, language, words, EmbeddedJsonReader)
