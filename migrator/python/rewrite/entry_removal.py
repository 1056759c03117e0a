"""Remove entries from displays and keyword arguments from calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import libcst as cst

from migrator.findings.operation import Drop, DropEntry
from migrator.python.rewrite.entry_nodes import Container, ContainerEntry, entries_of, gaps_of, head_of, with_entries
from migrator.python.rewrite.state import RewriteState
from migrator.python.rewrite.whitespace import Gap, close_gap, comments_of
from migrator.python.rewrite.zones import Removed, Zone


def without_entries(state: RewriteState, original: Container, updated: Container) -> Container:
    """Return a container as if the entries that operations drop had never been there."""
    dropped = _find_dropped(state, original)
    if not dropped or (isinstance(original, cst.Set) and len(dropped) == len(original.elements)):
        return updated  # braces without an element are a dict
    entries, before = entries_of(updated), gaps_of(updated)
    left: list[ContainerEntry] = []
    gaps = before[:1]
    for index, entry in enumerate(entries):
        if index not in dropped:
            left.append(entry)
            gaps.append(before[index + 1])
            continue
        first, second = gaps[-1], before[index + 1]
        gaps[-1] = close_gap(first, second, opens=not left, closes=index + 1 == len(entries))
        comments = [*_comments(first), *_comments_in(entries_of(original)[index]), *_comments(second)]
        kept = set(_comments(gaps[-1]))
        state.carry(dropped[index], [comment for comment in comments if comment not in kept])
    _record_zones(state, original, dropped)
    return with_entries(updated, left, gaps)


def _find_dropped(state: RewriteState, container: Container) -> dict[int, tuple[Drop, ...]]:
    """Return which entries of a container are dropped, by their indexes, and by which operations."""
    asked = [operation for operation in state.inside(container) if isinstance(operation, DropEntry)]
    found: dict[int, tuple[Drop, ...]] = {}
    for index, entry in enumerate(entries_of(container) if asked else ()):
        if isinstance(entry, cst.Arg) and entry.keyword is None and entry.star != "**":
            continue  # without it the arguments behind it would move
        start, end = state.span(entry)
        head = head_of(entry)
        starts = (start, state.span(head)[0] if head is not None else start)
        if operations := tuple(each for each in asked if each.start in starts and each.end <= end):
            found[index] = operations
    return found


def _record_zones(state: RewriteState, container: Container, dropped: Mapping[int, tuple[Drop, ...]]) -> None:
    """Record a zone for each run of dropped neighbours, from the entry before it to the one behind it."""
    entries = entries_of(container)
    spans = [state.span(entry) for entry in entries]
    for index in dropped:
        if index - 1 in dropped:
            continue
        behind = _next_kept(index, len(entries), dropped)
        start = spans[index - 1][1] if index else state.span(gaps_of(container)[0].after)[0]
        end = spans[behind][0] if behind < len(entries) else state.span(container)[1] - 1
        run = tuple(Removed(*spans[each], dropped[each]) for each in range(index, behind))
        state.zones.append(Zone(start, end, None, removed=run))
    for operations in dropped.values():
        state.finish(operations)


def _next_kept(index: int, count: int, dropped: Collection[int]) -> int:
    return next((each for each in range(index, count) if each not in dropped), count)


def _comments(gap: Gap) -> list[cst.Comment]:
    return [*comments_of(gap.before), *comments_of(gap.after)]


def _comments_in(entry: ContainerEntry) -> list[cst.Comment]:
    """Return the comments of an entry but for those of the gap behind it, which LibCST takes for a part of it."""
    entry = entry.with_changes(comma=cst.MaybeSentinel.DEFAULT)
    if isinstance(entry, cst.Arg):
        entry = entry.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
    return list(comments_of(entry))
