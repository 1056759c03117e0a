"""Look up offsets of a file in its syntax: the node, the comment or the part of a string at each."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Collection, Iterator

from migrator.python.analysis.module import Module
from migrator.python.source.source_file import SourceFile
from migrator.python.source.string_literals import ReplacementField, StringToken, tokenize_strings
from migrator.python.source.syntax import child_nodes, node_span

_AstPosition = tuple[int, int]


class SyntaxPositions:
    """The innermost node at each of the given offsets of a module, found in one walk over its tree."""

    def __init__(self, module: Module, offsets: Collection[int]) -> None:
        self.module = module
        self.parents: dict[ast.AST, ast.AST] = {}
        self._at: dict[_AstPosition, ast.AST] = {}
        self._tokens: dict[ast.AST, list[StringToken]] = {}
        ends = {module.source.line_start(offset): offset for offset in sorted(offsets)}
        signs = {start: _hash_offsets(module.source.text, start, end) for start, end in ends.items()}
        asked = {*offsets, *(sign for found in signs.values() for sign in found)}
        self._walk_tree(sorted({_ast_position(module.source, offset) for offset in asked}))
        self._comments = {start: next(filter(self._opens_comment, found), None) for start, found in signs.items()}

    def node_at(self, offset: int) -> ast.AST:
        """Return the innermost node at one of the offsets."""
        return self._at[_ast_position(self.module.source, offset)]

    def is_comment(self, offset: int) -> bool:
        """Return whether one of the offsets is behind a ``#`` outside of strings."""
        start = self._comments[self.module.source.line_start(offset)]
        return start is not None and start < offset

    def token_at(self, offset: int) -> StringToken | None:
        """Return the string token at one of the offsets."""
        return next(
            (token for token in self.tokens_of(self.node_at(offset)) if token.start <= offset < token.end), None
        )

    def tokens_of(self, node: ast.AST) -> list[StringToken]:
        """Return the tokens of a string, none for another node."""
        if node not in self._tokens:
            found = (
                tokenize_strings(self.module.source.text, *_expression_span(self.module.source, node))
                if is_string(node)
                else []
            )
            self._tokens[node] = found
        return self._tokens[node]

    def _opens_comment(self, sign: int) -> bool:
        node = self.node_at(sign)
        unread = is_string(node) and not self.tokens_of(node)
        return not unread and self.token_at(sign) is None

    def _walk_tree(self, places: list[_AstPosition]) -> None:
        todo: list[tuple[ast.AST, list[_AstPosition]]] = [(self.module.tree, places)]
        while todo:
            node, inside = todo.pop()
            self._at |= dict.fromkeys(inside, node)
            for child, start, end in self._child_spans(node):
                low, high = bisect_left(inside, start), bisect_left(inside, end)
                if low < high:
                    self.parents[child] = node
                    todo.append((child, inside[low:high]))

    def _child_spans(self, node: ast.AST) -> Iterator[tuple[ast.AST, _AstPosition, _AstPosition]]:
        """Yield the child nodes with their start and end; decorators belong to what they decorate."""
        if isinstance(node, ast.JoinedStr):
            yield from self._field_spans(node)
            return
        for child in child_nodes(node):
            if not hasattr(child, "lineno"):
                yield from self._child_spans(child)
            else:
                first = min([child, *getattr(child, "decorator_list", ())], key=_start_position)
                yield child, _start_position(first), (child.end_lineno, child.end_col_offset)  # type: ignore[attr-defined]

    def _field_spans(self, node: ast.JoinedStr) -> Iterator[tuple[ast.AST, _AstPosition, _AstPosition]]:
        """Yield the expressions in the fields of an f-string, with the spans of the fields."""
        source = self.module.source
        values = [value.value for value in node.values if isinstance(value, ast.FormattedValue)]
        fields = [part for token in self.tokens_of(node) for part in token.parts if isinstance(part, ReplacementField)]
        if len(values) == len(fields):
            for value, field in zip(values, fields, strict=True):
                yield value, _ast_position(source, field.start), _ast_position(source, field.end)


def is_string(node: ast.AST) -> bool:
    """Return whether a node is a string, of characters or of bytes, or an f-string."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)))


def _hash_offsets(text: str, start: int, end: int) -> list[int]:
    return [start + at for at, sign in enumerate(text[start:end]) if sign == "#"]


def _expression_span(source: SourceFile, node: ast.AST) -> tuple[int, int]:
    assert isinstance(node, ast.expr)
    return node_span(source, node)


def _start_position(node: ast.AST) -> _AstPosition:
    return node.lineno, node.col_offset  # type: ignore[attr-defined]  # only asked of nodes that have a position


def _ast_position(source: SourceFile, offset: int) -> _AstPosition:
    """Return a position as the syntax tree counts: lines from 1, columns in bytes of UTF-8 from 0."""
    line, column = source.position(offset)
    start = offset - column + 1
    return line, offset - start if source.is_ascii else len(source.text[start:offset].encode())
