"""What must hold before an edited text may be written: it parses, and it differs only where an edit was planned."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from dataclasses import dataclass

from migrator.python.recognition.claims import TextChange
from migrator.python.source.source_file import SourceFile, Unreadable
from migrator.python.source.syntax import node_span, parse_source

_COMMENT = re.compile(r"#[^\r\n]*")
_Spanned = (ast.expr, ast.stmt, ast.keyword, ast.pattern, ast.alias, ast.arg, ast.ExceptHandler)


def obstacle_to(before: SourceFile, old: ast.Module, after: bytes, changes: list[TextChange]) -> str | None:
    """Why the edited text must not be written; None when nothing stands in the way."""
    try:
        edited = before.with_bytes(after)
        new = parse_source(edited)
    except Unreadable as error:
        return f"the edited text would not parse ({error.error})"
    found = _difference(_Comparison(before, edited, Edited(changes)), old, new)
    if found is None:
        return None
    return f"the edits would change line {before.displayed_line(found)} in a way that was not planned"


class Edited:
    """The spans of changes that do not overlap, in order."""

    def __init__(self, changes: list[TextChange]) -> None:
        spans = sorted({(change.start, change.end) for change in changes})
        self.starts, self.ends = [start for start, _ in spans], [end for _, end in spans]
        removals = sorted(
            {(c.start, c.end) for c in changes if c.end > c.start and not _COMMENT.sub("", c.text).strip()}
        )
        self.removed, self.until = [start for start, _ in removals], [end for _, end in removals]

    def touches(self, start: int, end: int) -> bool:
        """Whether a change lies in a span, or partly in it."""
        index = bisect_right(self.ends, start)
        return index < len(self.starts) and self.starts[index] < end

    def removes(self, start: int, end: int) -> bool:
        """Whether one change takes all of a span out."""
        index = bisect_right(self.removed, start) - 1
        return index >= 0 and end <= self.until[index]


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: SourceFile
    after: SourceFile
    edited: Edited

    def is_same(self, one: ast.AST, other: ast.AST) -> bool:
        """Whether two statements are written in the same characters, none of them changed: they mean the same."""
        if not (isinstance(one, ast.stmt) and isinstance(other, ast.stmt)):
            return False
        start, end = _whole(self.before, one)
        first, last = _whole(self.after, other)
        if end - start != last - first or self.edited.touches(start, end):
            return False
        return self.before.text[start:end] == self.after.text[first:last]

    def touches(self, node: ast.AST) -> bool:
        """Whether a change lies in a node."""
        return self.edited.touches(*node_span(self.before, node))  # type: ignore[arg-type]  # a node that has a position

    def kept(self, owner: ast.AST, name: str, nodes: list[object]) -> list[object]:
        """The elements of a list that no change takes out."""
        if not self.edited.removed:
            return nodes
        keys = owner.keys if isinstance(owner, ast.Dict) and name == "values" else nodes
        return [node for key, node in zip(keys, nodes, strict=True) if not self._is_gone(key or node, node)]

    def _is_gone(self, marked: object, node: object) -> bool:
        if not isinstance(marked, _Spanned):
            return False
        start, _ = node_span(self.before, marked)  # type: ignore[arg-type]  # every node of these types has a position
        end = node_span(self.before, node)[1] if isinstance(node, _Spanned) else start  # type: ignore[arg-type]
        return self.edited.removes(start, end)


def _whole(source: SourceFile, statement: ast.stmt) -> tuple[int, int]:
    start, end = node_span(source, statement)
    decorators = getattr(statement, "decorator_list", [])
    return (min(start, node_span(source, decorators[0])[0]) if decorators else start), end


def _difference(both: _Comparison, old: ast.AST, new: ast.AST) -> int | None:
    """The line of the first difference that no edit explains."""
    todo: list[tuple[ast.AST, ast.AST, int, bool]] = [(old, new, 1, False)]
    while todo:
        one, other, line, planned = todo.pop()
        if both.is_same(one, other):
            continue
        line = getattr(one, "lineno", line)
        planned = both.touches(one) if isinstance(one, _Spanned) else planned
        if type(one) is not type(other):
            if isinstance(other, ast.Pass) and planned:
                continue
            return line
        for name in one._fields:
            first, second = getattr(one, name, None), getattr(other, name, None)
            if isinstance(first, ast.AST) and isinstance(second, ast.AST):
                todo.append((first, second, line, planned))
            elif isinstance(first, list) and isinstance(second, list):
                kept = both.kept(one, name, first)
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
