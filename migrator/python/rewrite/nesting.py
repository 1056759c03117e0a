"""Operations that meet: inside code that another finding removes, and on the same text."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.findings.operation import AddComment, DropEntry, DropStatement, Operation, RenameText, Rewrite

#: The operations of one finding: all of them are carried out, or none.
Plan = tuple[Operation, ...]


def resolve_nesting(plans: Sequence[Plan]) -> tuple[list[Plan], dict[int, Rewrite]]:
    """Return the plans without the operations inside removed code, and the outcome of those that have no other.

    Of two plans that write different names for the same text, the second is not carried out.
    """
    removals = _removals(plans)
    left: list[Plan] = []
    settled: dict[int, Rewrite] = {}
    written: dict[tuple[int, int], str] = {}
    for index, plan in enumerate(plans):
        kept = _kept(plan, removals)
        if plan and not kept:
            settled[index] = Rewrite(absorbed=True)
        renames = [operation for operation in kept if isinstance(operation, RenameText)]
        if any(written.setdefault((each.start, each.end), each.text) != each.text for each in renames):
            settled[index] = Rewrite(obstacle="another edit writes another name here")
            kept = ()
        left.append(kept)
    return left, settled


def _kept(plan: Plan, removals: Sequence[tuple[int, int]]) -> Plan:
    """Return the operations of a plan that are still needed; a comment is needed for the others, or by itself."""
    kept = tuple(operation for operation in plan if not _is_removed(operation, removals))
    if all(isinstance(operation, AddComment) for operation in plan):
        return kept
    if all(isinstance(operation, AddComment) for operation in kept):
        return ()
    return tuple(operation for operation in plan if operation in kept or isinstance(operation, AddComment))


def _removals(plans: Sequence[Plan]) -> list[tuple[int, int]]:
    """Return the spans of what is removed, in order, without those inside one another."""
    spans = {(o.start, o.end) for plan in plans for o in plan if isinstance(o, (DropEntry, DropStatement))}
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _is_removed(operation: Operation, removals: Sequence[tuple[int, int]]) -> bool:
    """Return whether something around an operation is removed, and not only what it removes itself."""
    around = (span for span in removals if span[0] <= operation.start and operation.end <= span[1])
    return any(span != (operation.start, operation.end) for span in around)
