"""Carry out operations on the tree of LibCST, in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import libcst as cst
from libcst.metadata import CodeRange

from migrator.findings.operation import Operation, RenameText
from migrator.python.rewrite.entry_removal import without_entries
from migrator.python.rewrite.state import RewriteState, Task
from migrator.python.rewrite.statement_removal import (
    removes_end,
    without_lines,
    without_statements,
    without_statements_of_suite,
)
from migrator.python.rewrite.todo_lines import todo_lines
from migrator.python.rewrite.zones import Zone

_LEAVES = (
    *(cst.Name, cst.SimpleString, cst.FormattedStringText, cst.Integer, cst.Float),
    getattr(cst, "TemplatedStringText", cst.FormattedStringText),  # since LibCST 1.8.3
)
#: Nodes whose position contains those of all nodes inside them.
_ENCLOSING = (cst.BaseStatement, cst.BaseSmallStatement, cst.BaseExpression)
_WHITESPACE = (cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine)


class OperationTransformer(cst.CSTTransformer):
    """Carries out the operations of a task on a module whose code is `code`, and whose nodes have `positions`.

    Afterwards `zones` says what was changed, and `failed` which operations met no node that can be edited.
    """

    def __init__(self, task: Task, code: str, positions: Mapping[cst.CSTNode, CodeRange]) -> None:
        super().__init__()
        self._state = RewriteState(task, code, positions.__getitem__)
        self._skipped: cst.CSTNode | None = None

    @property
    def zones(self) -> Sequence[Zone]:
        """The stretches of the source that were changed."""
        return self._state.zones

    @property
    def failed(self) -> Sequence[Operation]:
        """The operations that were not carried out."""
        return tuple(self._state.pending)

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Visit only what contains an operation."""
        is_plain = isinstance(node, _ENCLOSING) and not self._state.contains_operation(node)
        self._skipped = node if is_plain or isinstance(node, _WHITESPACE) else None
        return self._skipped is None

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Any:  # noqa: ANN401 - as LibCST types it
        """Carry out the operations that belong to a node."""
        if original_node is self._skipped:
            return updated_node
        left = super().on_leave(original_node, updated_node)
        if isinstance(left, _LEAVES):
            return self._rename(original_node, left)
        if isinstance(left, cst.ConcatenatedString):
            return self._rename_across(original_node, left)
        if isinstance(left, cst.BaseCompoundStatement) and (lines := todo_lines(self._state, original_node)):
            return left.with_changes(leading_lines=[*left.leading_lines, *lines])
        return left

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.BaseExpression:
        """Remove entries."""
        return without_entries(self._state, original_node, updated_node)

    def leave_Set(self, original_node: cst.Set, updated_node: cst.Set) -> cst.BaseExpression:
        """Remove elements."""
        return without_entries(self._state, original_node, updated_node)

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.BaseExpression:
        """Remove elements."""
        return without_entries(self._state, original_node, updated_node)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """Remove keyword arguments."""
        return without_entries(self._state, original_node, updated_node)

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement:
        """Remove statements, and say above the line what is left to do."""
        return without_statements(self._state, original_node, updated_node)

    def leave_SimpleStatementSuite(
        self, original_node: cst.SimpleStatementSuite, updated_node: cst.SimpleStatementSuite
    ) -> cst.BaseSuite:
        """Remove statements."""
        return without_statements_of_suite(self._state, original_node, updated_node)

    def leave_IndentedBlock(self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock) -> cst.BaseSuite:
        """Remove the lines of which no statement is left."""
        return without_lines(self._state, original_node, updated_node)

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        """Remove the lines of which no statement is left."""
        module = without_lines(self._state, original_node, updated_node)
        return module.with_changes(has_trailing_newline=True) if removes_end(self._state) else module

    def _rename(self, original: cst.CSTNode, leaf: Any) -> Any:  # noqa: ANN401 - a node of one of _LEAVES
        renames = self._take_renames(original)
        return leaf.with_changes(value=self._renamed(original, leaf.value, renames)) if renames else leaf

    def _rename_across(self, original: cst.CSTNode, updated: cst.ConcatenatedString) -> cst.CSTNode:
        """Rename a text that is written in several strings, when they are on one line."""
        renames = self._take_renames(original)
        if not renames:
            return updated
        code = self._state.task.source.text[slice(*self._state.span(original))]
        parsed = cst.parse_expression(f"({self._renamed(original, code, renames)})")
        return parsed.with_changes(lpar=updated.lpar, rpar=updated.rpar)

    def _renamed(self, node: cst.CSTNode, code: str, renames: Sequence[RenameText]) -> str:
        start = self._state.span(node)[0]
        for each in reversed(renames):
            code = code[: each.start - start] + each.text + code[each.end - start :]
        return code

    def _take_renames(self, node: cst.CSTNode) -> list[RenameText]:
        """Return the renames inside a node, in order, as carried out."""
        found = [operation for operation in self._state.inside(node) if isinstance(operation, RenameText)]
        self._state.finish(found)
        asked: dict[tuple[int, int, str], list[RenameText]] = {}  # more than one rule may ask for the same
        for each in found:
            asked.setdefault((each.start, each.end, each.text), []).append(each)
        self._state.zones += [Zone(*key, tuple(renames)) for key, renames in asked.items()]
        return [renames[0] for renames in asked.values()]
