"""Python newer than the interpreter: blank what `ast` cannot read, so that the rest of the file can be analysed."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrator.python.source.nesting_limit import is_deeply_nested

if TYPE_CHECKING:
    import libcst as cst

#: Without any of these, no newer grammar is in a text: type parameters and aliases, exceptions without parentheses,
#: formatted and template strings.
_NEWER = re.compile(
    r"\b(?:def|class)\s+\w+\s*\[|^\s*type\s+\w|\bexcept\b[^:\n]*,|\b(?:[fFtT][rR]?|[rR][fFtT])['\"]", re.MULTILINE
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_Span = tuple[int, int]
#: A span, and what stands for it.
_Piece = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class BlankedText:
    """A text that `ast` can read, and the spans of the original (in characters) that are blanked in it.

    Lines and columns in bytes of UTF-8, by which a syntax tree counts, are those of the original.
    """

    text: str
    spans: tuple[_Span, ...]


def blank_newer_grammar(text: str) -> BlankedText | None:
    """Return a text without the statements and clauses that only newer versions of Python can read.

    None when that is not what keeps `ast` from reading it, or when LibCST cannot read it either. LibCST is imported
    here only, so that a file that can be read pays nothing.
    """
    if not _NEWER.search(text) or is_deeply_nested(text):
        return None
    try:
        import libcst as cst
        from libcst.metadata import MetadataWrapper, PositionProvider
    except ImportError:  # the file is then reported as it is: not valid for this Python
        return None

    try:
        wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
        if wrapper.module.code != text:
            return None
        positions = wrapper.resolve(PositionProvider)
    except (cst.ParserSyntaxError, RecursionError, UnicodeEncodeError):
        return None
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def span(node: cst.CSTNode) -> _Span:
        code = positions[node]
        return starts[code.start.line - 1] + code.start.column, starts[code.end.line - 1] + code.end.column

    pieces = [
        (*span(node), put)
        for node, template, put in _newer_nodes(wrapper.module)
        if not _is_readable(template.format(wrapper.module.code_for_node(node)))
    ]
    pieces = _outermost(pieces)
    blanked = BlankedText(_blank(text, pieces), tuple((start, end) for start, end, _ in pieces))
    return blanked if pieces and _is_readable(blanked.text) else None


def _newer_nodes(module: cst.Module) -> Iterator[tuple[cst.CSTNode, str, str]]:
    """Find what may be newer than the interpreter: with a text that is valid where it is not, and what to put for it.

    PEP 695 and 696 (type parameters), 701 and 750 (strings), 758 (exceptions without parentheses).
    """
    import libcst as cst

    todo: list[cst.CSTNode] = [module]
    while todo:
        node = todo.pop()
        todo += node.children
        if isinstance(node, cst.TypeAlias):
            yield node, "{}", "_"
        elif isinstance(node, cst.TypeParameters):
            yield node, "def f{}(): pass", ""
        elif isinstance(node, (cst.ExceptHandler, cst.ExceptStarHandler)):
            if isinstance(node.type, cst.Tuple) and not node.type.lpar:
                yield node.type, "try: pass\nexcept {}: pass", "_"
        elif isinstance(node, (cst.FormattedString, getattr(cst, "TemplatedString", cst.FormattedString))):
            yield node, "({})", "_"


def _outermost(pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces that are inside no other one, in order."""
    found: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece[0], -piece[1])):
        if not found or piece[0] >= found[-1][1]:
            found.append(piece)
    return found


def _blank(text: str, pieces: list[_Piece]) -> str:
    """Return a text in which pieces are blank, but for a name in its place that code cannot be without."""
    parts: list[str] = []
    done = 0
    for start, end, put in pieces:
        blank = re.sub(r"[^\r\n]", lambda match: " " * len(match[0].encode()), text[start:end])
        parts += text[done:start], put + blank[len(put) :]
        done = end
    return "".join([*parts, text[done:]])


def _is_readable(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
