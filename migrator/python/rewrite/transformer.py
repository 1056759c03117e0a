"""Carry out operations on the tree of LibCST, in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import libcst as cst
from libcst.metadata import PositionProvider

from migrator.findings.operation import AddComment, Drop, DropEntry, DropStatement, Operation, RenameText
from migrator.python.rewrite.entries import Container, entries_of, gaps_of, head_of, with_entries
from migrator.python.rewrite.todo import TodoComment, format_todo, is_said_above, plain_comment
from migrator.python.rewrite.whitespace import (
    close_gap,
    comments_of,
    directly_above,
    is_blank,
    join_lines,
    without_comments_below,
)
from migrator.python.rewrite.zones import Removed, Zone
from migrator.python.source.source_file import Source

_LINE_END = re.compile(r"\r\n|\r|\n")
_LEAVES = (
    *(cst.Name, cst.SimpleString, cst.FormattedStringText, cst.Integer, cst.Float),
    getattr(cst, "TemplatedStringText", cst.FormattedStringText),  # since LibCST 1.8.3
)
_PRUNED = (cst.BaseStatement, cst.BaseSmallStatement, cst.BaseExpression)
_WHITESPACE = (cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine)
#: Said of a removed entry when nothing else is left to be done for it.
_ONLY_CARRIED = "the code that this comment was about was removed"

_Node = TypeVar("_Node", bound=cst.CSTNode)
_Block = TypeVar("_Block", cst.Module, cst.IndentedBlock)
_Line = TypeVar("_Line", cst.SimpleStatementLine, cst.SimpleStatementSuite)


@dataclass(frozen=True, slots=True)
class Task:
    """The operations to carry out on a source, and the comment that says what a removal leaves to be done.

    `origin` is the offset in the source at which the module starts that is transformed.
    """

    source: Source
    operations: Sequence[Operation]
    duties: Mapping[Drop, AddComment]
    todos: Sequence[TodoComment]
    line_length: int
    origin: int = 0


class OperationTransformer(cst.CSTTransformer):
    """Carries out the operations of a task.

    Afterwards `zones` says what was changed, and `pending` contains the operations that met no node.
    """

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, task: Task, code: str) -> None:
        super().__init__()
        self.task = task
        self.zones: list[Zone] = []
        self.pending: dict[Operation, None] = dict.fromkeys(sorted(task.operations, key=lambda o: (o.start, o.end)))
        self._starts = [task.origin, *(task.origin + match.end() for match in _LINE_END.finditer(code))]
        self._first = sorted(operation.start for operation in self.pending)
        self._last = sorted(operation.end for operation in self.pending)
        self._skipped: cst.CSTNode | None = None
        self._carried: dict[Drop, list[str]] = {}
        self._written: dict[cst.EmptyLine, str] = {}
        self._removed: dict[cst.CSTNode, tuple[Operation, ...]] = {}
        self._is_end_removed = False

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Visit only what contains an operation."""
        skips = isinstance(node, _WHITESPACE) or (
            isinstance(node, _PRUNED) and not self._contains_operation(*self._span(node))
        )
        self._skipped = node if skips else None
        return not skips

    def on_leave(self, original_node: _Node, updated_node: _Node) -> _Node | cst.RemovalSentinel:  # type: ignore[override]
        """Write new names into leaves; what else is done has a method for its node."""
        if original_node is self._skipped:
            return updated_node
        left = super().on_leave(original_node, updated_node)
        if isinstance(left, _LEAVES):
            left = self._rename(original_node, left)
        elif isinstance(left, cst.ConcatenatedString):
            left = self._rename_across(original_node, left)
        elif isinstance(left, cst.BaseCompoundStatement):
            lines = self._todo_lines(original_node)
            left = left.with_changes(leading_lines=[*left.leading_lines, *lines]) if lines else left
        return left  # type: ignore[return-value]  # a node of the same class

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.BaseExpression:
        """Remove entries."""
        return self._without_entries(original_node, updated_node)

    def leave_Set(self, original_node: cst.Set, updated_node: cst.Set) -> cst.BaseExpression:
        """Remove elements."""
        return self._without_entries(original_node, updated_node)

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.BaseExpression:
        """Remove elements."""
        return self._without_entries(original_node, updated_node)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """Remove keyword arguments."""
        return self._without_entries(original_node, updated_node)

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement:
        """Remove statements of a line and say what is left to do; a line without any is left to its block."""
        dropped = self._dropped(original_node)
        if len(dropped) < len(original_node.body):
            left = self._without_some(original_node, updated_node, dropped)
            lines = self._todo_lines(original_node)
            return left.with_changes(leading_lines=[*left.leading_lines, *lines]) if lines else left
        above = original_node.leading_lines[len(original_node.leading_lines) - directly_above(original_node.leading_lines) :]
        trailing = original_node.trailing_whitespace
        comments = [*above, *original_node.body, trailing]
        operations = tuple(operation for found in dropped.values() for operation in found)
        self._carry(operations, [comment for node in comments for comment in comments_of(node)])
        self._removed[original_node] = operations
        kept = without_comments_below(original_node.leading_lines)
        bare = trailing.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
        lines = self._todo_lines(original_node, is_removed=True)
        return updated_node.with_changes(body=[cst.Pass()], leading_lines=[*kept, *lines], trailing_whitespace=bare)

    def leave_SimpleStatementSuite(
        self, original_node: cst.SimpleStatementSuite, updated_node: cst.SimpleStatementSuite
    ) -> cst.BaseSuite:
        """Remove statements of a block on the line of its header."""
        dropped = self._dropped(original_node)
        if len(dropped) < len(original_node.body):
            return self._without_some(original_node, updated_node, dropped)
        operations = tuple(operation for found in dropped.values() for operation in found)
        self._carry(operations, [comment for each in original_node.body for comment in comments_of(each)])
        start, end = self._span(original_node.body[0])[0], self._span(original_node.body[-1])[1]
        last = original_node.body[-1].semicolon
        if isinstance(last, cst.Semicolon):
            end = self._span(last)[1]
        self.zones.append(Zone(start, end, "pass", operations))
        return updated_node.with_changes(body=[cst.Pass()])

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.BaseSuite:
        """Remove the lines of a block whose statements are all removed; one that would be empty becomes ``pass``."""
        return self._without_lines(original_node, updated_node)

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        """Remove the lines whose statements are all removed."""
        module = self._without_lines(original_node, updated_node)
        return module.with_changes(has_trailing_newline=True) if self._is_end_removed else module

    def _span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return the offsets in the source of a node, its decorators included."""
        position = self.get_metadata(PositionProvider, node)
        first = position.start
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and node.decorators:
            first = self.get_metadata(PositionProvider, node.decorators[0]).start
        return self._starts[first.line - 1] + first.column, self._starts[position.end.line - 1] + position.end.column

    def _contains_operation(self, start: int, end: int) -> bool:
        return bisect_left(self._first, end) > bisect_right(self._last, start)

    def _inside(self, node: cst.CSTNode) -> list[Operation]:
        """Return the operations inside a node that were not carried out yet."""
        start, end = self._span(node)
        return [operation for operation in self.pending if start <= operation.start and operation.end <= end]

    def _rename(self, original: cst.CSTNode, leaf: _Node) -> _Node:
        start = self._span(original)[0]
        value: str = leaf.value  # type: ignore[attr-defined]  # every leaf has one
        for operation in reversed(self._inside(original)):
            if isinstance(operation, RenameText):
                value = value[: operation.start - start] + operation.text + value[operation.end - start :]
                self._record_rename(operation)
        return leaf.with_changes(value=value)

    def _rename_across(self, original: cst.CSTNode, updated: _Node) -> _Node | cst.BaseExpression:
        """Rename a text that is written in several strings, when they are on one line."""
        start, end = self._span(original)
        renames = [operation for operation in self._inside(original) if isinstance(operation, RenameText)]
        if not renames:
            return updated
        code = self.task.source.text[start:end]
        for operation in reversed(renames):
            code = code[: operation.start - start] + operation.text + code[operation.end - start :]
            self._record_rename(operation)
        parsed = cst.parse_expression(f"({code})")
        return parsed.with_changes(lpar=updated.lpar, rpar=updated.rpar)  # type: ignore[attr-defined]  # a string

    def _record_rename(self, operation: RenameText) -> None:
        del self.pending[operation]
        self.zones.append(Zone(operation.start, operation.end, operation.text, (operation,)))

    def _without_entries(self, original: Container, updated: Container) -> Container:
        dropped = self._dropped_entries(original)
        if not dropped or (isinstance(original, cst.Set) and len(dropped) == len(original.elements)):
            return updated
        entries, before = entries_of(updated), gaps_of(updated)
        left, gaps = [], before[:1]
        for index, entry in enumerate(entries):
            following = before[index + 1]
            if index not in dropped:
                left.append(entry)
                gaps.append(following)
                continue
            gap = close_gap(gaps[-1], following, opens=not left, closes=index + 1 == len(entries))
            parts = [gaps[-1].before, gaps[-1].after, entries_of(original)[index], following.before, following.after]
            comments = [comment for node in parts for comment in _comments_once(node)]
            kept = {comment for node in (gap.before, gap.after) for comment in comments_of(node)}
            self._carry(dropped[index], [comment for comment in comments if comment not in kept])
            gaps[-1] = gap
        self._record_gaps(original, dropped)
        return with_entries(updated, left, gaps)

    def _dropped_entries(self, container: Container) -> dict[int, tuple[Drop, ...]]:
        """Return which entries of a container are removed, by their indexes, and what asks for it."""
        asked = [operation for operation in self._inside(container) if isinstance(operation, DropEntry)]
        found: dict[int, tuple[Drop, ...]] = {}
        for index, entry in enumerate(entries_of(container) if asked else ()):
            start, end = self._span(entry)
            head = head_of(entry)
            first = self._span(head)[0] if head is not None else start
            if isinstance(entry, cst.Arg) and entry.keyword is None and entry.star != "**":
                continue
            if here := tuple(o for o in asked if o.start in (start, first) and o.end <= end):
                found[index] = here
        return found

    def _record_gaps(self, container: Container, dropped: Mapping[int, tuple[Drop, ...]]) -> None:
        """Record a zone for each run of removed neighbours, from the entry before it to the one behind it."""
        entries = entries_of(container)
        spans = [self._span(entry) for entry in entries]
        opening = gaps_of(container)[0].after
        for index in dropped:
            if index - 1 in dropped:
                continue
            behind = next((i for i in range(index, len(entries)) if i not in dropped), None)
            start = spans[index - 1][1] if index else self._span(opening)[0]
            end = spans[behind][0] if behind is not None else self._span(container)[1] - 1
            run = range(index, len(entries) if behind is None else behind)
            self.zones.append(Zone(start, end, None, removed=tuple(Removed(*spans[i], dropped[i]) for i in run)))
        for operations in dropped.values():
            for operation in operations:
                del self.pending[operation]

    def _carry(self, operations: Sequence[Operation], comments: Sequence[cst.Comment]) -> None:
        """Keep what comments say on removed code until the statement around it is left."""
        said = [text for comment in comments if (text := plain_comment(comment.value))]
        if operations and said:
            self._carried.setdefault(operations[0], []).extend(said)  # type: ignore[arg-type]  # they are drops

    def _dropped(self, line: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> dict[int, tuple[Drop, ...]]:
        """Return which statements of a line are removed, by their indexes, and what asks for it."""
        asked = [operation for operation in self.pending if isinstance(operation, DropStatement)]
        found: dict[int, tuple[Drop, ...]] = {}
        for index, statement in enumerate(line.body if asked else ()):
            start, end = self._span(statement)
            if here := tuple(o for o in asked if o.start == start and o.end <= end):
                found[index] = here
                for operation in here:
                    del self.pending[operation]
        return found

    def _without_some(self, original: _Line, updated: _Line, dropped: Mapping[int, tuple[Drop, ...]]) -> _Line:
        """Remove some of the statements that share a line, each with the semicolon behind it, or before the last."""
        if not dropped:
            return updated
        spans = [self._span(statement) for statement in original.body]
        kept = [index for index in range(len(spans)) if index not in dropped]
        left = [updated.body[index] for index in kept]
        if kept[-1] + 1 < len(spans):
            left[-1] = left[-1].with_changes(semicolon=updated.body[-1].semicolon)
        for index, operations in dropped.items():
            self._carry(operations, list(comments_of(original.body[index])))
            if index < kept[-1]:
                zone = Zone(spans[index][0], spans[index + 1][0], "", operations)
            else:
                zone = Zone(spans[index - 1][1], spans[index][1], "", operations)
            self.zones.append(zone)
        return updated.with_changes(body=left)

    def _without_lines(self, original: _Block, updated: _Block) -> _Block:
        """Remove the lines without a statement, and put what is left above them above what follows."""
        if not any(statement in self._removed for statement in original.body):
            return updated
        left: list[cst.BaseStatement] = []
        run: list[cst.BaseStatement] = []
        above: list[cst.EmptyLine] = []
        for old, new in zip(original.body, updated.body, strict=True):
            if old in self._removed:
                run.append(old)
                above = join_lines(above, new.leading_lines)  # type: ignore[attr-defined]  # every statement has them
                if old is not original.body[-1] or left:
                    continue
                self._record_lines(run, above, is_pass=True)
                left.append(new.with_changes(leading_lines=above))
            elif run:
                lines = join_lines(above, new.leading_lines)  # type: ignore[attr-defined]
                self._record_lines(run, lines[: len(lines) - len(new.leading_lines)])  # type: ignore[attr-defined]
                left.append(new.with_changes(leading_lines=lines))
            else:
                left.append(new)
                continue
            run, above = [], []
        footer = [*above, *updated.footer]
        if run:
            while above and is_blank(above[-1]):
                above.pop()
            self._record_lines(run, above)
            footer = [*above, *updated.footer]
        return updated.with_changes(body=left, footer=footer)

    def _record_lines(
        self, run: Sequence[cst.BaseStatement], above: Sequence[cst.EmptyLine], *, is_pass: bool = False
    ) -> None:
        """Record a zone for lines that are removed with the comments and blank lines above them."""
        text = self.task.source.text
        lines = [line for statement in run for line in statement.leading_lines]  # type: ignore[attr-defined]
        start = self._span(lines[0])[0] if lines else self._line_start(run[0])
        start = min(start, self._line_start(run[0]))
        end = self.task.source.line_end(self._span(run[-1].trailing_whitespace)[0])  # type: ignore[attr-defined]
        put = "".join(self._written.get(line) or text[slice(*self._span(line))] for line in above)
        if is_pass:
            first = self._span(run[-1])[0]
            put += text[self._line_start(run[-1]) : first] + "pass" + self._newline(end - 1)
        elif end == len(text) and not text.endswith(("\n", "\r")):
            self._is_end_removed = True
        removed = tuple(Removed(*self._span(statement), self._removed[statement]) for statement in run)
        self.zones.append(Zone(start, end, put, removed=removed))

    def _todo_lines(self, statement: cst.CSTNode, *, is_removed: bool = False) -> list[cst.EmptyLine]:
        """Return the TODO comments that belong above a statement: each duty once, with the comments of removed code."""
        duties = self._duties(statement)
        if not duties:
            return []
        start = self._line_start(statement)
        indent = self.task.source.text[start : self._span(statement)[0]].rstrip("@")
        column = len(indent.expandtabs())
        found: list[cst.EmptyLine] = []
        for (rule, text), (operations, carried) in duties.items():
            if not carried and is_said_above(self.task.todos, start, rule, text):
                continue
            newline = self._newline(start)
            comments = format_todo(rule, text, carried, column, self.task.line_length)
            lines = [cst.EmptyLine(comment=cst.Comment(text), newline=cst.Newline(newline)) for text in comments]
            written = [f"{indent}{comment}{newline}" for comment in comments]
            self._written |= dict(zip(lines, written, strict=True))
            found += lines
            if not is_removed:
                self.zones.append(Zone(start, start, "".join(written), operations[:1]))
        return found

    def _duties(
        self, statement: cst.CSTNode
    ) -> dict[tuple[str, str], tuple[list[Operation], list[str]]]:
        """Return what is to be said above a statement, by rule and text, for which operations and with which comments."""
        found: dict[tuple[str, str], tuple[list[Operation], list[str]]] = {}
        for operation in self._inside(statement):
            if isinstance(operation, AddComment):
                del self.pending[operation]
                found.setdefault((operation.rule, operation.text), ([], []))[0].append(operation)
        start, end = self._span(statement)
        for drop in [drop for drop in self._carried if start <= drop.start and drop.end <= end]:
            duty = self.task.duties.get(drop)
            said = (duty.rule, duty.text) if duty is not None else None
            if said is None or said not in found:
                said = (drop.rule, _ONLY_CARRIED)
                found.setdefault(said, ([], []))[0].append(drop)
            found[said][1].extend(self._carried.pop(drop))
        return found

    def _line_start(self, node: cst.CSTNode) -> int:
        return self.task.source.line_start(self._span(node)[0])

    def _newline(self, offset: int) -> str:
        """Return how the line of an offset ends."""
        source = self.task.source
        line = source.text[source.line_start(offset) : source.line_end(offset)]
        return line[len(line.rstrip("\r\n")) :] or source.newline


def _comments_once(node: cst.CSTNode) -> list[cst.Comment]:
    """Return the comments of a gap or an entry; the comma of an entry is a gap of its own."""
    if isinstance(node, (cst.BaseDictElement, cst.BaseElement, cst.Arg)):
        node = node.with_changes(comma=cst.MaybeSentinel.DEFAULT)
        if isinstance(node, cst.Arg):
            node = node.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
    return list(comments_of(node))
