"""Take an entry out of a dict, a call or a block, so that what is left reads as if it had never been there."""

from __future__ import annotations

import ast
import re

from migrator.python.analysis.module import Module
from migrator.python.recognition.claims import TextChange
from migrator.python.source.source_file import SourceFile
from migrator.python.source.syntax import node_span

_GAP = re.compile(r"(?:\s|#[^\r\n]*|\\\r?\n)*")
_CLOSED = re.compile(r"(?:\s|#[^\r\n]*|\\\r?\n|\))*")
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_IMPURE = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)


def is_pure(value: ast.expr) -> bool:
    """Whether nothing is lost when an expression is not evaluated."""
    return not any(isinstance(node, _IMPURE) for node in ast.walk(value))


def without_element(module: Module, container: ast.Dict | ast.Call, element: ast.expr | ast.keyword) -> TextChange:
    """Take an element out of a dict display or a call."""
    source = module.source
    starts, ends = _elements(source, container)
    index = starts.index(node_span(source, element)[0])
    start, end = starts[index], _value_end(source, container, ends[index])
    comma = source.text[end : end + 1] == ","
    after = end + comma
    if _alone(source, start, after):
        return TextChange(source.line_start(start), source.line_end(after), "")
    if index + 1 < len(starts):
        between = source.text[after : starts[index + 1]]
        if between.strip(" \t"):
            before = _value_end(source, container, ends[index - 1]) + 1 if index else start
            blank = not source.text[before:start].strip(" \t")
            return TextChange(before if blank else start, after, "")
        return TextChange(start, starts[index + 1], "")
    if index == 0:
        return TextChange(start, after, "")
    before = _value_end(source, container, ends[index - 1])
    kept = "#" in source.text[before:start]
    return (
        TextChange(before + 1, after, source.text[before + 1 : start].rstrip(" \t"))
        if kept
        else TextChange(before, end, "")
    )


def without_statement(module: Module, statement: ast.stmt) -> TextChange:
    """Take a statement out of its block; the only one of a block becomes ``pass``."""
    source = module.source
    start, end = node_span(source, statement)
    parent = module.parents[statement]
    blocks = [getattr(parent, name, None) for name in ("body", "orelse", "finalbody")]
    only = any(block == [statement] for block in blocks)
    if only or not _alone(source, start, end):
        return TextChange(start, end, "pass")
    return TextChange(source.line_start(start), source.line_end(end), "")


def comment_above(module: Module, node: ast.AST, text: str) -> TextChange:
    """A comment on a line of its own above the statement that holds a node."""
    source = module.source
    statement = module.enclosing_statement(node)
    start = source.line_start(node_span(source, statement)[0])
    while (outer := _covering(module, statement, start)) is not None:
        statement = outer
        start = source.line_start(node_span(source, statement)[0])
    decorators = getattr(statement, "decorator_list", [])
    if decorators:
        start = source.line_start(node_span(source, decorators[0])[0])
    indent = re.match(r"[ \t\f]*", source.text[start:])
    line = source.text[start : source.line_end(start)]
    ending = line[len(line.rstrip("\r\n")) :] or source.newline
    return TextChange(start, start, f"{indent[0] if indent else ''}# {text}{ending}")


def _covering(module: Module, statement: ast.stmt, start: int) -> ast.stmt | None:
    """A statement that begins before the line and reaches into it: a comment cannot stand in between."""
    source = module.source
    parent = module.parents.get(statement)
    if isinstance(parent, ast.stmt) and node_span(source, parent)[0] >= start:
        return parent
    for name in ("body", "orelse", "finalbody"):
        block = getattr(parent, name, None)
        if isinstance(block, list) and statement in block:
            for other in reversed(block[: block.index(statement)]):
                first, last = node_span(source, other)
                if last <= start:
                    break
                if first < start < last or start <= first < node_span(source, statement)[0]:
                    return other if isinstance(other, ast.stmt) else None
    return None


def _elements(source: SourceFile, container: ast.Dict | ast.Call) -> tuple[list[int], list[int]]:
    if isinstance(container, ast.Dict):
        pairs = list(zip(container.keys, container.values, strict=True))
        starts = [
            node_span(source, k)[0] if k else source.text.rindex("**", 0, node_span(source, v)[0]) for k, v in pairs
        ]
        return starts, [node_span(source, value)[1] for _, value in pairs]
    nodes: list[ast.expr | ast.keyword] = sorted(
        [*container.args, *container.keywords], key=lambda n: node_span(source, n)[0]
    )
    return [node_span(source, node)[0] for node in nodes], [node_span(source, node)[1] for node in nodes]


def _value_end(source: SourceFile, container: ast.Dict | ast.Call, end: int) -> int:
    """Where an element ends: behind the parentheses around its value, before its comma or the closing bracket."""
    limit = node_span(source, container)[1] - 1
    found = _CLOSED.match(source.text, end, limit)
    stop = found.end() if found else end
    if source.text[stop : stop + 1] == ",":
        return stop
    return end + len(source.text[end:stop].rstrip()) if "#" not in source.text[end:stop] else end


def _alone(source: SourceFile, start: int, end: int) -> bool:
    return not source.text[source.line_start(start) : start].strip() and _REST.match(source.text, end) is not None
