"""A syntax tree as flat lists: walked once, and asked without recursion however deep it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.languages.grammar.node_kinds import CALL, COMMENT, FUNCTION

if TYPE_CHECKING:
    from tree_sitter import Tree as Parsed

#: Code is not nested deeper than this; what is, is not followed.
DEEPEST = 4000


class NestingTooDeep(ValueError):
    """A file that is nested more deeply than code is."""


@dataclass(slots=True)
class SyntaxTree:
    """The named nodes of a file in the order in which they start, by number; 0 is the root.

    `text` is the file with one character for each byte, so that offsets count both. `last` is the number behind the
    last node inside a node; `home` and `outer` are the innermost and the outermost function around it, or 0.
    """

    text: str
    kind: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    home: list[int] = field(default_factory=list)
    outer: list[int] = field(default_factory=list)
    broken: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)

    def innermost_at(self, offset: int) -> int:
        """Return the innermost node around an offset."""
        node = bisect_right(self.start, offset) - 1
        while node > 0 and self.end[node] <= offset:
            node = self.parent[node]
        return max(node, 0)

    def source_of(self, node: int) -> str:
        """Return the source of a node."""
        return self.text[self.start[node] : self.end[node]]

    def children_of(self, node: int) -> Iterator[int]:
        """Yield the nodes right inside a node."""
        child, stop = node + 1, self.last[node]
        while child < stop:
            yield child
            child = self.last[child]

    def child_named(self, node: int, *names: str) -> int | None:
        """Return the first child that the grammar calls so."""
        return next((child for child in self.children_of(node) if self.name[child] in names), None)

    def ancestors_of(self, node: int, steps: int = 60) -> Iterator[int]:
        """Yield the nodes around a node, innermost first, so many of them."""
        while node > 0 and steps > 0:
            node, steps = self.parent[node], steps - 1
            yield node

    def descendants_of(self, node: int, most: int = 400) -> range:
        """Return the first nodes inside a node, and itself."""
        return range(node, min(self.last[node], node + most))


def flatten_tree(parsed: Parsed, text: str) -> SyntaxTree:
    """Return the named nodes of a parsed file. Raises TooDeep."""
    tree = SyntaxTree(text)
    cursor = parsed.walk()
    open_nodes: list[int] = []
    depth: list[bool] = []
    while True:
        node = cursor.node
        assert node is not None
        if node.is_named or node.is_missing or not open_nodes:
            open_nodes.append(
                _add_node(tree, node.type, cursor.field_name or "", node.start_byte, node.end_byte, open_nodes)
            )
            if node.is_error or node.is_missing:
                tree.broken.append((node.start_byte, max(node.end_byte, node.start_byte + 1)))
            depth.append(True)
        else:
            depth.append(False)
        if len(depth) > DEEPEST:
            raise NestingTooDeep(f"is nested more than {DEEPEST:,} levels deep")
        if cursor.goto_first_child():
            continue
        while True:
            if depth.pop():
                tree.last[open_nodes.pop()] = len(tree.kind)
            if cursor.goto_next_sibling():
                break
            if not cursor.goto_parent():
                return tree


def _add_node(tree: SyntaxTree, kind: str, name: str, start: int, end: int, around: list[int]) -> int:
    number, parent = len(tree.kind), around[-1] if around else 0
    tree.kind.append(kind)
    tree.name.append(name)
    tree.start.append(start)
    tree.end.append(end)
    tree.parent.append(parent)
    tree.last.append(number + 1)
    is_function = number > 0 and kind in FUNCTION
    home, outer = (tree.home[parent], tree.outer[parent]) if around else (0, 0)
    tree.home.append(number if is_function else home)
    tree.outer.append(outer or (number if is_function else 0))
    if kind in COMMENT:
        tree.comments.append((start, end))
    elif kind in CALL:
        tree.calls.append(number)
    return number
