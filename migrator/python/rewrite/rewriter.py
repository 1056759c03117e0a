"""Turn operations into the smallest edits: statement by statement, with LibCST."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from migrator.findings.operation import (
    AddComment,
    Drop,
    DropEntry,
    DropStatement,
    Operation,
    RenameText,
    Rewrite,
    TakeBackComment,
    TextEdit,
)
from migrator.matching.selection import DEFAULT_LINE_LENGTH
from migrator.python.rewrite.nesting import Plan, resolve_nesting
from migrator.python.rewrite.statements import Region, regions_of
from migrator.python.rewrite.todo import TodoComment, find_todos, take_back_todo
from migrator.python.source.nesting_limit import is_deeply_nested
from migrator.python.source.source_file import SourceFile

if TYPE_CHECKING:
    import libcst as cst

_BYTES_NOT_KEPT = "LibCST does not keep the bytes of this statement"
_NOT_FOUND = "this code is not written in a way in which it can be edited"
_Edits = dict[Operation, tuple[TextEdit, ...]]


def rewrite(
    source: SourceFile,
    tree: ast.Module,
    plans: Sequence[Plan],
    *,
    line_length: int = DEFAULT_LINE_LENGTH,
) -> list[Rewrite]:
    """Return the edits of each plan, or why it is not carried out: all operations of a plan are, or none.

    LibCST is imported only when there is an operation.
    """
    left, settled = resolve_nesting(plans)
    todos = list(find_todos(source.text)) if any(left) else []
    duties = _duties(left)
    while True:
        asked = list(dict.fromkeys(operation for plan in left for operation in plan))
        edits: _Edits = _take_back_comments(source, asked, todos)
        obstacles: dict[Operation, str] = {}
        on_code = [operation for operation in asked if not isinstance(operation, TakeBackComment)]
        for region, operations in regions_of(source, tree, on_code).items():
            done, failed = _rewrite_region(source, region, operations, duties, todos, line_length)
            edits |= done
            obstacles |= failed
        failing = {
            index: next(reason for each in plan if (reason := _obstacle(each, edits, obstacles)))
            for index, plan in enumerate(left)
            if any(_obstacle(each, edits, obstacles) for each in plan)
        }
        if not failing:
            break
        settled |= {index: Rewrite(obstacle=reason) for index, reason in failing.items()}
        left = [() if index in failing else plan for index, plan in enumerate(left)]
    return [settled.get(index) or _outcome(plan, edits) for index, plan in enumerate(left)]


def rewrite_module(
    module: cst.Module, source: SourceFile, plans: Sequence[Plan], *, line_length: int = DEFAULT_LINE_LENGTH
) -> cst.Module | None:
    """Carry out plans that were verified on the tree of a whole file, or return None when it is not that of the source.

    For LibCST's own command, which has parsed the file and writes it.
    """

    from migrator.python.rewrite.node_positions import locate_nodes
    from migrator.python.rewrite.state import Task
    from migrator.python.rewrite.transformer import OperationTransformer

    left, _ = resolve_nesting(plans)
    operations = list(dict.fromkeys(operation for plan in left for operation in plan))
    if module.code != source.text or any(isinstance(operation, TakeBackComment) for operation in operations):
        return None
    task = Task(source, operations, _duties(left), list(find_todos(source.text)), line_length)
    return module.visit(OperationTransformer(task, source.text, locate_nodes(module)))


def _take_back_comments(source: SourceFile, asked: Sequence[Operation], todos: Sequence[TodoComment]) -> _Edits:
    """Return the edits that take back TODO comments: whole lines without code, which need no tree."""
    found: _Edits = {}
    for operation in asked:
        todo = next((each for each in todos if each.start <= operation.start < each.end), None)
        if isinstance(operation, TakeBackComment) and todo is not None:
            found[operation] = (take_back_todo(source.text, todo),)
    return found


def _obstacle(operation: Operation, edits: _Edits, obstacles: Mapping[Operation, str]) -> str:
    return obstacles.get(operation) or ("" if operation in edits else _NOT_FOUND)


def _outcome(plan: Plan, edits: _Edits) -> Rewrite:
    return Rewrite(tuple(sorted({edit for operation in plan for edit in edits[operation]})))


def _duties(plans: Sequence[Plan]) -> dict[Drop, AddComment]:
    """Return the comment that says what is left to do for something that is removed."""
    found: dict[Drop, AddComment] = {}
    for plan in plans:
        duty = next((operation for operation in plan if isinstance(operation, AddComment)), None)
        for operation in plan if duty is not None else ():
            if duty is not None and isinstance(operation, (DropEntry, DropStatement)):
                found.setdefault(operation, duty)
    return found


def _rewrite_region(
    source: SourceFile,
    region: Region,
    operations: Sequence[Operation],
    duties: Mapping[Drop, AddComment],
    todos: Sequence[TodoComment],
    line_length: int,
) -> tuple[_Edits, dict[Operation, str]]:
    """Return the edits for the operations of a region, and why others cannot be carried out."""
    import libcst as cst

    from migrator.python.rewrite.node_positions import locate_nodes
    from migrator.python.rewrite.state import Task
    from migrator.python.rewrite.transformer import OperationTransformer
    from migrator.python.rewrite.zones import Misaligned, align_zones, edits_of_zone

    text = source.text[region.start : region.end]
    if is_deeply_nested(text):
        return _spliced(operations)
    code = (
        region.prefix + text + ("0" if text.endswith("\r") else "")
    )  # LibCST does not keep a carriage return at the end
    origin = region.start - len(region.prefix)
    task = Task(source, operations, duties, todos, line_length, origin)
    try:
        module = cst.parse_module(code)
        transformer = OperationTransformer(task, code, locate_nodes(module))
        after = module.visit(transformer).code
        zones = align_zones(code, after, transformer.zones, origin)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError, Misaligned):
        return _spliced(operations)
    edits: dict[Operation, list[TextEdit]] = {operation: [] for operation in operations}
    for zone in zones:
        for operation, edit in edits_of_zone(source.text, zone):
            edits[operation].append(edit)
    obstacles = dict.fromkeys(transformer.failed, _NOT_FOUND)
    return {each: tuple(found) for each, found in edits.items() if each not in obstacles}, obstacles


def _spliced(operations: Sequence[Operation]) -> tuple[_Edits, dict[Operation, str]]:
    """Rename in the text itself, where LibCST cannot write what it reads; nothing else can be done there."""
    edits: _Edits = {o: (TextEdit(o.start, o.end, o.text),) for o in operations if isinstance(o, RenameText)}
    return edits, {operation: _BYTES_NOT_KEPT for operation in operations if operation not in edits}
