"""Apply the operations of a file's findings: rewrite, verify, and take back what fails without the rest."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace

from migrator.findings.finding import Edit
from migrator.findings.operation import Rewrite
from migrator.matching.selection import DEFAULT_LINE_LENGTH
from migrator.python.rewrite.nesting import Plan
from migrator.python.rewrite.rewriter import rewrite
from migrator.python.rewrite.unexpected_change import unexpected_change
from migrator.python.source.source_file import SourceFile


def apply_plans(
    source: SourceFile,
    tree: ast.Module,
    plans: Sequence[Plan],
    *,
    line_length: int = DEFAULT_LINE_LENGTH,
) -> list[Rewrite]:
    """Return the verified edits of each plan, or why it is not carried out; a plan that fails stops no other."""

    def attempt(indexes: Sequence[int]) -> tuple[list[Rewrite], str | None]:
        chosen = [plan if index in set(indexes) else () for index, plan in enumerate(plans)]
        found = rewrite(source, tree, chosen, line_length=line_length)
        done = [index for index in indexes if found[index].edits]
        operations = [operation for index in done for operation in plans[index]]
        edits = [edit for index in done for edit in found[index].edits]
        return found, unexpected_change(source, tree, operations, edits) if edits else None

    every = [index for index, plan in enumerate(plans) if plan]
    found, reason = attempt(every)
    if reason is None:
        return found
    failing = _find_failing(every, lambda indexes: attempt(indexes)[1], reason)
    found, _ = attempt([index for index in every if index not in failing])
    return [replace(each, obstacle=failing[i]) if i in failing else each for i, each in enumerate(found)]


def edits_alone(source: SourceFile, tree: ast.Module, plan: Plan, *, line_length: int) -> tuple[Edit, ...]:
    """Return the edits of one finding, made without those of others; none if they cannot be made alone."""
    (rewrite,) = apply_plans(source, tree, [plan], line_length=line_length)
    return tuple(source.make_edit(edit.start, edit.end, edit.text) for edit in rewrite.edits)


def _find_failing(indexes: Sequence[int], check: Callable[[Sequence[int]], str | None], reason: str) -> dict[int, str]:
    """Return the plans that fail and why, found by halving; all of them where only their combination fails."""
    everything = dict.fromkeys(indexes, reason)
    if len(indexes) == 1:
        return everything
    failing: dict[int, str] = {}
    middle = len(indexes) // 2
    for half in (indexes[:middle], indexes[middle:]):
        found = check(half)
        failing |= _find_failing(half, check, found) if found is not None else {}
    rest = [index for index in indexes if index not in failing]
    return failing if failing and check(rest) is None else everything
