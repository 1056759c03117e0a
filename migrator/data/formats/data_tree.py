"""Data with positions: objects, arrays and values in one flat list, whichever format they were written in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum

from migrator.data.formats.text_piece import TextPiece

#: Characters of a pointer that are shown: what fits on two lines of a terminal.
_SHOWN = 160


class DataKind(Enum):
    """The kind of a node."""

    OBJECT = "object"
    ARRAY = "array"
    #: A string.
    TEXT = "text"
    #: A number, a word such as true or null, or a variable.
    OTHER = "other"


class FormatError(Exception):
    """A text that is not of its format: the reason, and the offset."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(slots=True)
class DataNode:
    """One value: the index of its parent (-1: none), its key or its position there, and its text.

    `last` is the index behind the last node inside of it.
    """

    shape: DataKind
    start: int
    parent: int
    position: int
    key: TextPiece | None = None
    text: TextPiece | None = None
    end: int = 0
    last: int = 0
    inside: int = 0


@dataclass(slots=True)
class DataTree:
    """The nodes in the order in which they are written, and the spans of the comments."""

    nodes: list[DataNode] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    #: The JSON that some of the strings are, by their nodes, as far as it was asked for.
    nested: dict[int, DataTree | None] = field(default_factory=dict)
    _root_indexes: list[int] | None = None
    _keys: dict[int, dict[str, list[int]]] = field(default_factory=dict)

    def open_node(self, shape: DataKind, start: int, parent: int, key: TextPiece | None) -> int:
        """Add an object or an array, and return the index of its node."""
        position = 0
        if parent >= 0:
            position = self.nodes[parent].inside
            self.nodes[parent].inside += 1
        self.nodes.append(DataNode(shape, start, parent, position, key, last=len(self.nodes) + 1))
        return len(self.nodes) - 1

    def close_node(self, index: int, end: int) -> None:
        """Set the end of an object or an array, once everything inside has been added."""
        self.nodes[index].end, self.nodes[index].last = end, len(self.nodes)

    def add_value(
        self, shape: DataKind, span: tuple[int, int], parent: int, key: TextPiece | None, text: TextPiece
    ) -> int:
        """Add a value."""
        index = self.open_node(shape, span[0], parent, key)
        self.nodes[index].end, self.nodes[index].text = span[1], text
        return index

    def roots(self) -> Iterator[int]:
        """Yield the values without a parent."""
        return self._iterate_row(0, len(self.nodes))

    def root_of(self, index: int) -> int:
        """Return the outermost node around a node, or the node itself."""
        if self._root_indexes is None:
            self._root_indexes = list(self.roots())
        return self._root_indexes[bisect_right(self._root_indexes, index) - 1]

    def children_of(self, index: int) -> Iterator[int]:
        """Return the direct children of an object or an array."""
        return self._iterate_row(index + 1, self.nodes[index].last)

    def subtree_of(self, index: int) -> range:
        """Return a node and everything inside of it."""
        return range(index, self.nodes[index].last)

    def values_at(self, index: int, *keys: str) -> Iterator[int]:
        """Yield the values of an object under some keys, each time that they are written."""
        by_key = self._children_by_key(index)
        for key in keys:
            yield from by_key.get(key, ())

    def keys_of(self, index: int) -> Set[str]:
        """Return the keys of an object."""
        return self._children_by_key(index).keys()

    def find_at(self, index: int, path: Sequence[str | None]) -> Iterator[int]:
        """Yield the nodes at a path below a node; None stands for each element of an array."""
        found = [index]
        for part in path:
            if part is None:
                found = [inner for each in found if self.is_array(each) for inner in self.children_of(each)]
            else:
                found = [inner for each in found for inner in self.values_at(each, part)]
        yield from found

    def is_array(self, index: int) -> bool:
        """Return whether a node is an array."""
        return self.nodes[index].shape is DataKind.ARRAY

    def string_of(self, index: int) -> TextPiece | None:
        """Return the string that a node is; None for anything else."""
        node = self.nodes[index]
        return node.text if node.shape is DataKind.TEXT else None

    def ancestors_of(self, index: int) -> Iterator[int]:
        """Yield the nodes around a node, from the inside to the outside."""
        index = self.nodes[index].parent
        while index >= 0:
            yield index
            index = self.nodes[index].parent

    def path_to(self, index: int, most: int = 64) -> list[str | None]:
        """Return the last keys on the way to a node, None for an element of an array."""
        found: list[str | None] = []
        while index >= 0 and len(found) < most and (self.nodes[index].parent >= 0 or self.nodes[index].key):
            key = self.nodes[index].key
            found.append(key.text if key is not None else None)
            index = self.nodes[index].parent
        return found[::-1]

    def pointer_to(self, index: int) -> str:
        """Return the JSON Pointer to a node; a long one is cut at its front."""
        parts: list[str] = []
        length = 0
        while index >= 0 and length < _SHOWN:
            node = self.nodes[index]
            if node.key is not None:
                parts.append("/" + node.key.text.replace("~", "~0").replace("/", "~1"))
            elif node.parent >= 0:
                parts.append(f"/{node.position}")
            length += len(parts[-1]) if parts else 0
            index = node.parent
        whole = "".join(parts[::-1])
        if not whole.isprintable():
            whole = "".join(sign if sign.isprintable() else "?" for sign in whole)
        return whole if len(whole) <= _SHOWN else f"...{whole[-_SHOWN:]}"

    def _children_by_key(self, index: int) -> dict[str, list[int]]:
        """Memoise the children of an object by their keys."""
        if index not in self._keys:
            found: dict[str, list[int]] = {}
            for child in self.children_of(index) if self.nodes[index].shape is DataKind.OBJECT else ():
                key = self.nodes[child].key
                if key is not None:
                    found.setdefault(key.text, []).append(child)
            self._keys[index] = found
        return self._keys[index]

    def _iterate_row(self, index: int, last: int) -> Iterator[int]:
        while index < last:
            yield index
            index = self.nodes[index].last
