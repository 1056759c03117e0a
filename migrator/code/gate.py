"""What must hold before an edited text may be written: it parses, and it differs only where an edit was planned."""

from __future__ import annotations

import ast
import re

from migrator.code.claims import Change
from migrator.code.source import Source, Unreadable
from migrator.code.syntax import parse, span

_COMMENT = re.compile(r"#[^\r\n]*")
_Spanned = (ast.expr, ast.stmt, ast.keyword, ast.pattern, ast.alias, ast.arg, ast.ExceptHandler)


def obstacle_to(before: Source, old: ast.Module, after: bytes, changes: list[Change]) -> str | None:
    """Why the edited text must not be written; None when nothing stands in the way."""
    try:
        new = parse(before.reread(after))
    except Unreadable as error:
        return f"the edited text would not parse ({error.error})"
    found = _difference(before, old, new, changes)
    if found is None:
        return None
    return f"the edits would change line {before.shown_line(found)} in a way that was not planned"


def _difference(source: Source, old: ast.AST, new: ast.AST, changes: list[Change]) -> int | None:
    """The line of the first difference that no edit explains."""
    removals = [change for change in changes if not _COMMENT.sub("", change.text).strip() and change.end > change.start]
    todo: list[tuple[ast.AST, ast.AST, int, bool]] = [(old, new, 1, False)]
    while todo:
        one, other, line, planned = todo.pop()
        line = getattr(one, "lineno", line)
        touched = _touching(source, one, changes) if isinstance(one, _Spanned) else None
        planned = bool(touched) if touched is not None else planned
        if type(one) is not type(other):
            if isinstance(other, ast.Pass) and planned:
                continue
            return line
        for name in one._fields:
            first, second = getattr(one, name, None), getattr(other, name, None)
            if isinstance(first, ast.AST) and isinstance(second, ast.AST):
                todo.append((first, second, line, planned))
            elif isinstance(first, list) and isinstance(second, list):
                kept = _kept(source, one, name, first, removals)
                if len(kept) != len(second):
                    return line
                for a, b in zip(kept, second, strict=True):
                    if isinstance(a, ast.AST) and isinstance(b, ast.AST):
                        todo.append((a, b, line, planned))
                    elif a != b and not planned:
                        return line
            elif first != second and not planned:
                return line
    return None


def _touching(source: Source, node: ast.AST, changes: list[Change]) -> list[Change]:
    start, end = span(source, node)  # type: ignore[arg-type]  # every node of these types has a position
    return [change for change in changes if change.start < end and start < change.end]


def _kept(source: Source, owner: ast.AST, name: str, nodes: list[object], removals: list[Change]) -> list[object]:
    """The elements of a list that no edit takes out."""
    if not removals:
        return nodes
    keys = owner.keys if isinstance(owner, ast.Dict) and name == "values" else nodes
    kept: list[object] = []
    for key, node in zip(keys, nodes, strict=True):
        marked = key if key is not None else node
        gone = False
        if isinstance(marked, _Spanned):
            start, _ = span(source, marked)  # type: ignore[arg-type]  # every node of these types has a position
            _, end = span(source, node) if isinstance(node, _Spanned) else (0, start)  # type: ignore[arg-type]
            gone = any(change.start <= start and end <= change.end for change in removals)
        if not gone:
            kept.append(node)
    return kept
