"""Find the lines that a comment is about: those of the statement, or the entry of a display, at its line."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_Lines = tuple[int, int]
_DISPLAYS = (ast.Dict, ast.List, ast.Set, ast.Tuple)


class StatementLines:
    """The lines of the statements of a module, those of compound statements up to their bodies."""

    def __init__(self, tree: ast.Module) -> None:
        self._statements = sorted(_iter_statements(tree), key=lambda pair: pair[0])

    def find_lines(self, line: int) -> _Lines:
        """Return the first and the last line of what is at a line; the line itself where no statement is.

        That is the whole statement. In the middle of a display it is the entry: a table has an entry for each name.
        """
        around = [(lines, node) for lines, node in self._statements if lines[0] <= line <= lines[1]]
        first = min([lines[0] for lines, _ in around], default=line)
        last = max([lines[1] for lines, _ in around], default=line)
        if first < line < last:
            entries = (_find_entry(node, line) for _, node in around)
            return next((entry for entry in entries if entry is not None), (first, last))
        return first, last


def _iter_statements(tree: ast.Module) -> Iterator[tuple[_Lines, ast.AST]]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.match_case):
            yield (node.pattern.lineno, _last_line(node.body, node.pattern)), node
        elif isinstance(node, ast.stmt | ast.ExceptHandler):
            start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
            end = node.end_lineno or node.lineno
            cases = getattr(node, "cases", ())
            if cases:
                end = max(node.lineno, cases[0].pattern.lineno - 1)
            elif isinstance(body, list):
                end = max(node.lineno, _last_line(body, node))
            yield (start, end), node


def _last_line(body: list[ast.stmt], node: ast.stmt | ast.ExceptHandler | ast.pattern) -> int:
    """Return the line before a body, or the line of the node that a body on the same line belongs to."""
    decorators: list[ast.expr] = getattr(body[0], "decorator_list", [])
    first = min([body[0].lineno, *(each.lineno for each in decorators)])
    return max(node.lineno, first - 1)


def _find_entry(statement: ast.AST, line: int) -> _Lines | None:
    """Return the lines of the innermost entry of a display at a line."""
    found: _Lines | None = None
    for node in ast.walk(statement):
        if isinstance(node, _DISPLAYS):
            keys = node.keys if isinstance(node, ast.Dict) else node.elts
            values = node.values if isinstance(node, ast.Dict) else node.elts
            for key, value in zip(keys, values, strict=True):
                entry = (key or value).lineno, value.end_lineno or value.lineno
                if entry[0] <= line <= entry[1] and (found is None or entry[1] - entry[0] <= found[1] - found[0]):
                    found = entry
    return found
