"""Which parts of a document a plan looks at: the others need not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrator.payload.carry import Stage
from migrator.payload.tree import Call, Conditional, Drop, Move, Node, Remark

#: The keys of an object that are looked at, each with what is looked at inside; None: the whole value.
Skeleton = Mapping[str, "Skeleton | None"]


def skeleton(stages: Sequence[Stage]) -> Skeleton | None:
    """What the trees of a plan look at, in the words of the document as it is given."""
    seen: Skeleton | None = {}
    for stage in reversed(stages):
        seen = _node(stage.node, _with_conditions(stage, seen))
    return seen


def _node(node: Node, later: Skeleton | None) -> Skeleton | None:
    if node.names or node.each or node.bare or later is None:
        return None
    before = {rename.new: rename.key for rename in node.renames}
    seen = {before.get(key, key): inside for key, inside in later.items()}
    for key, child in node.children.items():
        key = before.get(key, key)
        seen[key] = _node(child, seen.get(key, {}))
    gone: list[Drop | Remark] = [*node.drops, *node.remarks]
    for key in (*(change.key for change in gone), *before):
        seen[key] = None
    return seen


def _with_conditions(stage: Stage, seen: Skeleton | None) -> Skeleton | None:
    for path in _paths(stage.node):
        seen = _with_path(seen, path)
    return seen


def _paths(node: Node) -> list[tuple[str, ...]]:
    changes: list[Conditional | Move] = [*node.names.values(), *node.drops, *node.renames, *node.puts]
    found = [change.condition.path for change in changes if change.condition is not None]
    for call in (drop.call for drop in node.drops):
        found += _arguments(call)
    for child in (*node.children.values(), *([node.each] if node.each else [])):
        found += _paths(child)
    return found


def _arguments(call: Call | None) -> list[tuple[str, ...]]:
    return [path for path in call.arguments.values() if path is not None] if call else []


def _with_path(seen: Skeleton | None, path: tuple[str, ...]) -> Skeleton | None:
    if seen is None or not path:
        return None
    head, *rest = path
    return {**seen, head: _with_path(seen.get(head, {}), tuple(rest))}
