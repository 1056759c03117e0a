"""Remove simple statements, and the lines on which nothing else is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import libcst as cst

from migrator.findings.operation import Drop, DropStatement
from migrator.python.rewrite.state import RewriteState
from migrator.python.rewrite.todo_lines import todo_lines
from migrator.python.rewrite.whitespace import (
    comments_of,
    directly_above,
    join_lines,
    without_blanks_below,
    without_comments_below,
)
from migrator.python.rewrite.zones import Removed, Zone

_Dropped = Mapping[int, tuple[Drop, ...]]
_Block = TypeVar("_Block", cst.Module, cst.IndentedBlock)
_Line = TypeVar("_Line", cst.SimpleStatementLine, cst.SimpleStatementSuite)


def without_statements(
    state: RewriteState, original: cst.SimpleStatementLine, updated: cst.SimpleStatementLine
) -> cst.SimpleStatementLine:
    """Return a line without its dropped statements, below what is left to do; one without any is left to its block."""
    dropped = _find_dropped(state, original)
    if len(dropped) < len(original.body):
        left = _without_some(state, original, updated, dropped)
        lines = todo_lines(state, original)
        return left.with_changes(leading_lines=[*left.leading_lines, *lines]) if lines else left
    operations = tuple(operation for found in dropped.values() for operation in found)
    above = original.leading_lines[len(original.leading_lines) - directly_above(original.leading_lines) :]
    trailing = original.trailing_whitespace
    nodes = (*above, *original.body, trailing)
    state.carry(operations, [comment for node in nodes for comment in comments_of(node)])
    state.removed[original] = operations
    return updated.with_changes(
        body=[cst.Pass()],
        leading_lines=[*without_comments_below(original.leading_lines), *todo_lines(state, original, is_removed=True)],
        trailing_whitespace=trailing.with_changes(comment=None, whitespace=cst.SimpleWhitespace("")),
    )


def without_statements_of_suite(
    state: RewriteState, original: cst.SimpleStatementSuite, updated: cst.SimpleStatementSuite
) -> cst.SimpleStatementSuite:
    """Return a block on the line of its header without its dropped statements."""
    dropped = _find_dropped(state, original)
    if len(dropped) < len(original.body):
        return _without_some(state, original, updated, dropped)
    operations = tuple(operation for found in dropped.values() for operation in found)
    state.carry(operations, [comment for statement in original.body for comment in comments_of(statement)])
    last = original.body[-1].semicolon
    end = state.span(last if isinstance(last, cst.Semicolon) else original.body[-1])[1]
    state.zones.append(Zone(state.span(original.body[0])[0], end, "pass", operations))
    return updated.with_changes(body=[cst.Pass()])


def without_lines(state: RewriteState, original: _Block, updated: _Block) -> _Block:
    """Return a block without the lines on which no statement is left; what is above them moves to what follows.

    One that would be empty becomes ``pass``.
    """
    if not any(statement in state.removed for statement in original.body):
        return updated
    left: list[cst.BaseStatement] = []
    run: list[cst.SimpleStatementLine] = []
    above: list[cst.EmptyLine] = []
    for old, new in zip(original.body, updated.body, strict=True):
        lines = join_lines(above, new.leading_lines)  # type: ignore[attr-defined]  # every statement has them
        if isinstance(old, cst.SimpleStatementLine) and old in state.removed:
            run, above = [*run, old], lines
            continue
        if run:
            _record_zone(state, run, lines[: len(lines) - len(new.leading_lines)])  # type: ignore[attr-defined]
            new = new.with_changes(leading_lines=lines)
            run, above = [], []
        left.append(new)
    if not left:
        _record_zone(state, run, above, is_pass=True)
        return updated.with_changes(body=[updated.body[-1].with_changes(leading_lines=above)])
    if not run:
        return updated.with_changes(body=left)
    below: list[cst.EmptyLine] = without_blanks_below(above)
    _record_zone(state, run, below)
    return updated.with_changes(body=left, footer=[*below, *updated.footer])


def removes_end(state: RewriteState) -> bool:
    """Return whether the last line of a text without a line ending is removed: then the one before it has one."""
    text = state.task.source.text
    is_open = bool(text) and text[-1] not in "\r\n"
    return is_open and any(zone.end == len(text) and zone.start < zone.end and zone.removed for zone in state.zones)


def _find_dropped(state: RewriteState, line: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> _Dropped:
    """Return which statements of a line are dropped, by their indexes, and by which operations."""
    asked = [operation for operation in state.pending if isinstance(operation, DropStatement)]
    found: dict[int, tuple[Drop, ...]] = {}
    for index, statement in enumerate(line.body if asked else ()):
        start, end = state.span(statement)
        if operations := tuple(each for each in asked if each.start == start and each.end <= end):
            found[index] = operations
            state.finish(operations)
    return found


def _without_some(state: RewriteState, original: _Line, updated: _Line, dropped: _Dropped) -> _Line:
    """Remove some of the statements that share a line, each with the semicolon behind it, or before the last."""
    if not dropped:
        return updated
    spans = [state.span(statement) for statement in original.body]
    kept = [index for index in range(len(spans)) if index not in dropped]
    left = [updated.body[index] for index in kept]
    if kept[-1] + 1 < len(spans):
        left[-1] = left[-1].with_changes(semicolon=updated.body[-1].semicolon)
    for index, operations in dropped.items():
        state.carry(operations, comments_of(original.body[index]))
        if index < kept[-1]:
            state.zones.append(Zone(spans[index][0], spans[index + 1][0], "", operations))
        else:
            state.zones.append(Zone(spans[index - 1][1], spans[index][1], "", operations))
    return updated.with_changes(body=left)


def _record_zone(
    state: RewriteState,
    run: Sequence[cst.SimpleStatementLine],
    above: Sequence[cst.EmptyLine],
    *,
    is_pass: bool = False,
) -> None:
    """Record a zone for lines that are removed, with the comments and blank lines above them."""
    source = state.task.source
    first, last = state.line_start(run[0]), run[-1]
    start = min([first, *(state.span(line)[0] for line in run[0].leading_lines)])
    end = source.line_end(state.span(last.trailing_whitespace)[0])
    put = "".join(state.written.get(line) or source.text[slice(*state.span(line))] for line in above)
    if is_pass:
        put += source.text[state.line_start(last) : state.span(last)[0]] + "pass" + state.newline(end - 1)
    removed = tuple(Removed(*state.span(statement), state.removed[statement]) for statement in run)
    state.zones.append(Zone(start, end, put, removed=removed))
