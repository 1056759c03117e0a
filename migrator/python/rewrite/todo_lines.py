"""The TODO comments that belong above a statement."""

from __future__ import annotations

from dataclasses import dataclass, field

import libcst as cst

from migrator.findings.operation import AddComment, Operation
from migrator.python.rewrite.state import RewriteState
from migrator.python.rewrite.todo import format_todo, is_said_above
from migrator.python.rewrite.zones import Zone

#: Said of removed code with comments when nothing else is left to be done for it.
_ONLY_CARRIED = "the code that this comment was about was removed"


@dataclass(slots=True)
class _Duty:
    """A comment above a statement: its operations, and the comments of removed code that it carries."""

    operations: list[Operation] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)


def todo_lines(state: RewriteState, statement: cst.CSTNode, *, is_removed: bool = False) -> list[cst.EmptyLine]:
    """Return the comments that belong above a statement, each duty once, with the comments of removed code.

    Those of a statement that is removed are part of what is written in its place, and no zone of their own.
    """
    duties = _collect_duties(state, statement)
    if not duties:
        return []
    start = state.line_start(statement)
    indent = state.task.source.text[start : state.span(statement)[0]]
    newline = state.newline(start)
    blocks: list[tuple[str, list[cst.EmptyLine], _Duty]] = []
    for (rule, text), duty in duties.items():
        if not duty.carried and is_said_above(state.task.todos, start, rule, text):
            continue
        comments = format_todo(rule, text, duty.carried, len(indent.expandtabs()), state.task.line_length)
        lines = [cst.EmptyLine(comment=cst.Comment(text), newline=cst.Newline(newline)) for text in comments]
        written = [f"{indent}{comment}{newline}" for comment in comments]
        state.written |= dict(zip(lines, written, strict=True))
        blocks.append(("".join(written), lines, duty))
    blocks.sort(key=lambda block: block[0])  # edits at one place are made in this order
    if not is_removed:
        state.zones += [Zone(start, start, text, tuple(duty.operations[:1])) for text, _, duty in blocks]
    return [line for _, lines, _ in blocks for line in lines]


def _collect_duties(state: RewriteState, statement: cst.CSTNode) -> dict[tuple[str, str], _Duty]:
    """Return the duties above a statement, by rule and text."""
    found: dict[tuple[str, str], _Duty] = {}
    for operation in state.inside(statement):
        if isinstance(operation, AddComment):
            state.finish([operation])
            found.setdefault((operation.rule, operation.text), _Duty()).operations.append(operation)
    start, end = state.span(statement)
    for drop in [drop for drop in state.carried if start <= drop.start and drop.end <= end]:
        comment = state.task.duties.get(drop)
        key = (comment.rule, comment.text) if comment is not None else None
        if key is None or key not in found:
            key = (drop.rule, _ONLY_CARRIED)
            found.setdefault(key, _Duty()).operations.append(drop)
        found[key].carried += state.carried.pop(drop)
    return found
