"""Check an edited text before it may be written: it parses, it differs only where planned, and no comment is lost."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrator.findings.operation import DropEntry, DropStatement, Operation, RenameText, TextEdit
from migrator.python.rewrite.comment_tokens import comment_tokens
from migrator.python.rewrite.todo import find_todos, plain_comment
from migrator.python.source.source_file import SourceFile, Unreadable, apply_edits
from migrator.python.source.syntax import node_span, parse_newer_source

_Spanned = (ast.expr, ast.stmt, ast.keyword, ast.pattern, ast.alias, ast.arg, ast.ExceptHandler)


def unexpected_change(
    before: SourceFile, tree: ast.Module, operations: Iterable[Operation], edits: Sequence[TextEdit]
) -> str | None:
    """Return why the edits must not be made, or None when they do what the operations ask and nothing else."""
    try:
        raw = apply_edits(before.raw, [before.make_edit(edit.start, edit.end, edit.text) for edit in set(edits)])
        after = before.with_bytes(raw)
        new = parse_newer_source(after).tree
    except Unreadable as error:
        return f"the edited text would not parse ({error.error})"
    except ValueError as error:
        return str(error)
    difference = _find_difference(_Comparison(before, after, _Planned.of(operations)), tree, new)
    if difference is not None:
        return f"the edit would change line {before.displayed_line(difference)} in a way that was not planned"
    if any("#" in before.text[edit.start : edit.end] for edit in edits):
        return _lost_comment(before, after)
    return None


def _lost_comment(before: SourceFile, after: SourceFile) -> str | None:
    """Return which comment is in neither the edited text nor a TODO of it."""
    old, new = _said(before.text), _said(after.text)
    if old is None or new is None:
        return "the comments of the file cannot be compared"
    lost = Counter(text for text, _ in old) - Counter(text for text, _ in new)
    line = next((line for text, line in old if text in lost), None)
    return None if line is None else f"the edit would remove a comment of line {before.displayed_line(line)}"


def _said(text: str) -> list[tuple[str, int]] | None:
    """Return what the comments say, with their lines: of a TODO, what the comments that it carries say."""
    tokens = comment_tokens(text)
    if tokens is None:
        return None
    todos = list(find_todos(text))
    carried = [(comment, text.count("\n", 0, todo.start) + 1) for todo in todos for comment in todo.carried]
    others = [
        (plain_comment(token.text), token.line)
        for token in tokens
        if not any(todo.start <= token.start < todo.end for todo in todos)
    ]
    return [(" ".join(said.split()), line) for said, line in [*carried, *others] if said]


@dataclass(frozen=True, slots=True)
class _Planned:
    """The spans of renames and of removals, in order and apart from one another."""

    rename_starts: list[int]
    rename_ends: list[int]
    removal_starts: list[int]
    removal_ends: list[int]

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> _Planned:
        asked = set(operations)
        renames = sorted({(o.start, o.end) for o in asked if isinstance(o, RenameText)})
        removals = sorted({(o.start, o.end) for o in asked if isinstance(o, (DropEntry, DropStatement))})
        return cls(*([span[side] for span in spans] for spans in (renames, removals) for side in (0, 1)))

    def renames(self, start: int, end: int) -> bool:
        """Return whether a rename is inside a span, or partly."""
        index = bisect_right(self.rename_ends, start)
        return index < len(self.rename_starts) and self.rename_starts[index] < end

    def removes(self, start: int, end: int) -> bool:
        """Return whether a removal takes all of a span."""
        index = bisect_right(self.removal_starts, start) - 1
        return index >= 0 and end <= self.removal_ends[index]


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: SourceFile
    after: SourceFile
    planned: _Planned

    def is_same(self, one: ast.AST, other: ast.AST) -> bool:
        """Return whether two statements are written in the same characters: they mean the same."""
        if not (isinstance(one, ast.stmt) and isinstance(other, ast.stmt)):
            return False
        start, end = _whole(self.before, one)
        first, last = _whole(self.after, other)
        return end - start == last - first and self.before.text[start:end] == self.after.text[first:last]

    def is_renamed(self, node: ast.AST) -> bool:
        """Return whether a rename is planned in a node."""
        return self.planned.renames(*node_span(self.before, node))  # type: ignore[arg-type]  # a node that has a position

    def kept(self, owner: ast.AST, name: str, nodes: list[object]) -> list[object]:
        """Return the elements of a list that are not removed."""
        if not self.planned.removal_starts:
            return nodes
        keys = owner.keys if isinstance(owner, ast.Dict) and name == "values" else nodes
        others = owner.values if isinstance(owner, ast.Dict) and name == "keys" else nodes
        pairs = zip(keys, others, strict=True)
        return [
            node for (key, value), node in zip(pairs, nodes, strict=True) if not self._is_removed(key or value, value)
        ]

    def _is_removed(self, first: object, last: object) -> bool:
        if not (isinstance(first, _Spanned) and isinstance(last, _Spanned)):
            return False
        start, end = node_span(self.before, first)[0], node_span(self.before, last)[1]  # type: ignore[arg-type]
        return self.planned.removes(start, end)


def _whole(source: SourceFile, statement: ast.stmt) -> tuple[int, int]:
    start, end = node_span(source, statement)
    decorators = getattr(statement, "decorator_list", [])
    return (min(start, node_span(source, decorators[0])[0]) if decorators else start), end


def _find_difference(both: _Comparison, old: ast.AST, new: ast.AST) -> int | None:
    """Return the line of the first difference that no operation explains."""
    todo: list[tuple[ast.AST, ast.AST, int, bool]] = [(old, new, 1, False)]
    while todo:
        one, other, line, planned = todo.pop()
        if both.is_same(one, other):
            continue
        line = getattr(one, "lineno", line)
        planned = both.is_renamed(one) if isinstance(one, _Spanned) else planned
        if type(one) is not type(other):
            return line
        for name in one._fields:
            first, second = getattr(one, name, None), getattr(other, name, None)
            if isinstance(first, ast.AST) and isinstance(second, ast.AST):
                todo.append((first, second, line, planned))
            elif isinstance(first, list) and isinstance(second, list):
                pairs = _pairs(both, one, name, first, second)
                if pairs is None:
                    return line
                todo += [(a, b, line, planned) for a, b in pairs if isinstance(a, ast.AST) and isinstance(b, ast.AST)]
                if (
                    any(a != b for a, b in pairs if not (isinstance(a, ast.AST) and isinstance(b, ast.AST)))
                    and not planned
                ):
                    return line
            elif first != second and not planned:
                return line
    return None


def _pairs(
    both: _Comparison, owner: ast.AST, name: str, first: list[object], second: list[object]
) -> list[tuple[object, object]] | None:
    """Return the elements to compare, or None when there are more or fewer than planned."""
    kept = both.kept(owner, name, first)
    if first and not kept and len(second) == 1 and isinstance(second[0], ast.Pass):
        return []
    return list(zip(kept, second, strict=True)) if len(kept) == len(second) else None
