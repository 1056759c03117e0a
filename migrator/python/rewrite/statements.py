"""Choose the code that is parsed again to carry out an operation: as little as can be parsed alone.

That is an expression for a rename, and statements for what changes lines.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.findings.operation import DropStatement, Operation, RenameText
from migrator.python.source.source_file import SourceFile
from migrator.python.source.syntax import node_span


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """An expression, or the whole lines of statements of one block, and what makes it a module of its own."""

    start: int
    end: int
    prefix: str


def regions_of(source: SourceFile, tree: ast.Module, operations: Iterable[Operation]) -> dict[Region, list[Operation]]:
    """Return the regions to parse with their operations; those inside one another are joined.

    A region does not reach from one cell of a notebook into another.
    """
    found: dict[Region, list[Operation]] = {}
    for operation in operations:
        region = _find_region(source, tree, operation)
        if region is not None:
            found.setdefault(region, []).append(operation)
    joined: dict[Region, list[Operation]] = {}
    last: Region | None = None
    for region in sorted(found, key=lambda region: (region.start, -region.end)):
        if last is None or region.start >= last.end:
            last = region
        elif region.end > last.end:
            joined[Region(last.start, region.end, last.prefix)] = joined.pop(last)
            last = Region(last.start, region.end, last.prefix)
        joined.setdefault(last, []).extend(found[region])
    return joined


def _find_region(source: SourceFile, tree: ast.Module, operation: Operation) -> Region | None:
    """Return the innermost statements around an operation that have their lines to themselves.

    A statement that is removed needs the block that it is in.
    """
    found: Region | None = None
    block: list[ast.stmt] | None = tree.body
    while block is not None:
        group = _group_at(source, block, operation)
        if not group:
            break
        removes = isinstance(operation, DropStatement) and any(start_of(source, s) == operation.start for s in group)
        if not removes and _has_own_lines(source, group):
            found = _region(source, group)
        elif removes and block is tree.body:
            found = _with_lines_above(source, tree, group)
        if isinstance(operation, RenameText) and (renamed := _find_expression(source, group, operation)):
            return renamed
        block = next((inner for each in group for inner in blocks_of(each) if _is_in(source, inner, operation)), None)
    return found


def _find_expression(source: SourceFile, group: list[ast.stmt], operation: RenameText) -> Region | None:
    """Return the innermost expression around a rename, if it is on one line: that is parsed as it is.

    What is inside an f-string has no position of its own before Python 3.12.
    """
    found: Region | None = None
    nodes: list[ast.AST] = [*group]
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.expr, ast.stmt, ast.keyword, ast.pattern)):
            start, end = node_span(source, node)
            if not (start <= operation.start and operation.end <= end):
                continue
            if isinstance(node, ast.expr) and node.lineno == node.end_lineno:
                found = Region(start, end, "")
            nodes.clear()
        if not isinstance(node, ast.JoinedStr):
            nodes += ast.iter_child_nodes(node)
    return found


def blocks_of(statement: ast.AST) -> Iterator[list[ast.stmt]]:
    """Return the blocks of a compound statement."""
    for name in ("body", "orelse", "finalbody"):
        if block := getattr(statement, name, None):
            yield block
    for name in ("handlers", "cases"):
        for clause in getattr(statement, name, ()):
            yield clause.body


def start_of(source: SourceFile, statement: ast.stmt) -> int:
    """Return the offset at which a statement starts: behind the sign of its first decorator."""
    decorators = getattr(statement, "decorator_list", None)
    return node_span(source, decorators[0] if decorators else statement)[0]


def _is_in(source: SourceFile, block: list[ast.stmt], operation: Operation) -> bool:
    return start_of(source, block[0]) <= operation.start and operation.end <= node_span(source, block[-1])[1]


def _group_at(source: SourceFile, block: list[ast.stmt], operation: Operation) -> list[ast.stmt]:
    """Return the statement of a block that contains an operation, with those that share its lines."""
    line = source.position(operation.start)[0]
    first = bisect_left(block, line, key=lambda statement: statement.end_lineno or 0)
    index = next((i for i in range(first, len(block)) if operation.end <= node_span(source, block[i])[1]), None)
    if index is None or start_of(source, block[index]) > operation.start:
        return []
    low, high = index, index + 1
    while low and _share_lines(source, block[low - 1], block[low]):
        low -= 1
    while high < len(block) and _share_lines(source, block[high - 1], block[high]):
        high += 1
    return block[low:high]


def _share_lines(source: SourceFile, one: ast.stmt, following: ast.stmt) -> bool:
    """Return whether a statement begins on the last line of another, or on one that a backslash joins to it."""
    line = _first_line(following)
    return one.end_lineno == line or _is_joined(source, source.line_starts[line - 1])


def _is_joined(source: SourceFile, line_start: int) -> bool:
    return source.text[max(line_start - 3, 0) : line_start].rstrip("\r\n").endswith("\\")


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", None)
    return decorators[0].lineno if decorators else statement.lineno


def _has_own_lines(source: SourceFile, group: list[ast.stmt]) -> bool:
    """Return whether statements begin a line of their own, and one that is no part of another statement."""
    start = start_of(source, group[0])
    line = source.line_start(start)
    is_decorated = bool(getattr(group[0], "decorator_list", None))
    is_elif = isinstance(group[0], ast.If) and source.text.startswith("elif", start)
    return (
        source.text[line:start].strip() == ("@" if is_decorated else "")
        and not is_elif
        and not _is_joined(source, line)
    )


def _region(source: SourceFile, group: list[ast.stmt]) -> Region:
    start = source.line_start(start_of(source, group[0]))
    end = source.line_end(max(start, node_span(source, group[-1])[1] - 1))
    first = source.text[start : source.line_end(start)]
    newline = first[len(first.rstrip("\r\n")) :] or "\n"
    return Region(start, end, f"if 1:{newline}" if first[:1].isspace() else f"0{newline}")


def _with_lines_above(source: SourceFile, tree: ast.Module, group: list[ast.stmt]) -> Region | None:
    """Return a region with the blank lines and comments between the statements and the one before them."""
    if not _has_own_lines(source, group):
        return None
    region = _region(source, group)
    before = [statement for statement in tree.body if statement.lineno < _first_line(group[0])]
    if not before:
        return region
    start = source.line_end(node_span(source, before[-1])[1] - 1)
    limits = [boundary for boundary in source.part_starts if boundary <= region.start]
    return Region(max([start, *limits]), region.end, region.prefix)
