"""The programming languages that are parsed, and the parser of each, loaded when a file needs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING

from migrator.files.python_files import script_interpreter

if TYPE_CHECKING:
    from tree_sitter import Tree

#: Time limit of one parse: written code takes milliseconds; beyond it the file is searched as text, with an error.
SECONDS = 5.0
_PIECE = 1 << 14


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language: its name, the module and the function of its grammar, and its files."""

    name: str
    module: str
    function: str = "language"
    suffixes: tuple[str, ...] = ()
    shells: tuple[str, ...] = ()


GRAMMARS = (
    Grammar("JavaScript", "tree_sitter_javascript", suffixes=(".js", ".jsx", ".mjs", ".cjs"), shells=("node",)),
    Grammar("TypeScript", "tree_sitter_typescript", "language_typescript", (".ts", ".mts", ".cts"), ("deno", "bun")),
    Grammar("TSX", "tree_sitter_typescript", "language_tsx", (".tsx",)),
    Grammar("PHP", "tree_sitter_php", "language_php", (".php", ".phtml", ".inc"), ("php",)),
    Grammar("Go", "tree_sitter_go", suffixes=(".go",)),
    Grammar("Ruby", "tree_sitter_ruby", suffixes=(".rb", ".rake", ".ru", ".gemspec"), shells=("ruby",)),
    Grammar("Java", "tree_sitter_java", suffixes=(".java",)),
    Grammar("Kotlin", "tree_sitter_kotlin", suffixes=(".kt", ".kts")),
    Grammar("C#", "tree_sitter_c_sharp", suffixes=(".cs", ".csx")),
    Grammar(
        "shell", "tree_sitter_bash", suffixes=(".sh", ".bash", ".zsh", ".bats"), shells=("sh", "bash", "zsh", "dash")
    ),
)
_BY_NAME = {grammar.name: grammar for grammar in GRAMMARS}
_BY_SUFFIX = {suffix: grammar for grammar in GRAMMARS for suffix in grammar.suffixes}
_BY_SHELL = {shell: grammar for grammar in GRAMMARS for shell in grammar.shells}
_BY_FILE = {"rakefile": _BY_NAME["Ruby"], "gemfile": _BY_NAME["Ruby"]}


def grammar_of(path: str, raw: bytes) -> Grammar | None:
    """Return the language of a file, by its suffix, its name or its first line; None for one that is not parsed."""
    name = path.rpartition("/")[2].lower()
    stem, dot, suffix = name.rpartition(".")
    if dot and stem:
        return _BY_SUFFIX.get(dot + suffix)
    return _BY_FILE.get(name) or _BY_SHELL.get(script_interpreter(raw))


def grammar_named(name: str) -> Grammar:
    """Return the language of a name. Raise KeyError."""
    return _BY_NAME[name]


def parse_bytes(grammar: Grammar, raw: bytes) -> Tree | None:
    """Return the syntax tree of a file, with errors where it is not code; None if parsing takes too long.

    The last line is always ended: without an end the grammar of Kotlin searches for that of an annotation for ever.
    """
    until = monotonic() + SECONDS
    raw += b"\n"

    def read_piece(offset: int, _: object) -> bytes:
        return raw[offset : offset + _PIECE] if monotonic() < until else b""

    tree: Tree = _load_parser(grammar.module, grammar.function).parse(read_piece)
    return None if monotonic() >= until else tree


@lru_cache(maxsize=len(GRAMMARS))
def _load_parser(module: str, function: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # the library is loaded here
    from tree_sitter import Language, Parser

    return Parser(Language(getattr(import_module(module), function)()))
