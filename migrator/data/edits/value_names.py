"""Find the name under which a program reads a value: its key, or the name that a list gives it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from migrator.data.formats.data_tree import DataKind, DataTree
from migrator.data.formats.text_piece import TextPiece

#: ``NAME=value`` in a list, as containers are given their environment.
_ASSIGNED = re.compile(r"\s*(?P<name>[A-Za-z_]\w{0,99})=")
#: A variable with a default, and nothing beside it.
_DEFAULT = re.compile(r"\s*\$\{(?P<name>[A-Za-z_]\w{0,99}):?-(?P<value>[^{}]*)\}\s*$")
_NAMES = ("name", "key", "id")
_VARIABLE = re.compile(r"[{(]\s*([A-Za-z_][\w.-]*)\s*[})]|\$([A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A value, and the names under which it is read; the innermost first."""

    names: tuple[str, ...]
    text: TextPiece


class ValueNames:
    """The names of the values of a tree."""

    def __init__(self, tree: DataTree) -> None:
        self.tree = tree
        self._counts: dict[int, Counter[str]] = {}

    def read_value(self, index: int) -> NamedValue | None:
        """Return the value of a string, without the assignment or the variable around it; None for anything else."""
        text = self.tree.string_of(index)
        if text is None:
            return None
        if self.tree.nodes[index].key is None and (assigned := _ASSIGNED.match(text.text)):
            names: tuple[str, ...] = (assigned["name"],)
            text = text.slice_piece(assigned.end(), len(text.text))
        else:
            names = self._find_names(index)
        if default := _DEFAULT.match(text.text):
            names, text = (default["name"], *names), text.slice_piece(*default.span("value"))
        return NamedValue(tuple(dict.fromkeys(names)), text)

    def is_set_twice(self, index: int) -> bool:
        """Return whether the object or list around a value sets its name again: which one counts is not known."""
        parent, key = self.tree.nodes[index].parent, self.tree.nodes[index].key
        if parent < 0:
            return False
        if key is not None:
            return sum(1 for _ in self.tree.values_at(parent, key.text)) > 1
        assigned = _ASSIGNED.match(text.text) if (text := self.tree.string_of(index)) is not None else None
        return assigned is not None and self._count_assigned(parent)[assigned["name"]] > 1

    def are_unique(self, text: str) -> bool:
        """Return whether each variable in a text has one value in the file, so that what it stands for is known."""
        return all(self._counts_by_name[name] == 1 for pair in _VARIABLE.findall(text) for name in pair if name)

    @cached_property
    def _counts_by_name(self) -> Counter[str]:
        keys = Counter(node.key.text for node in self.tree.nodes if node.key is not None)
        named = (node for node in self.tree.nodes if node.key is not None and node.key.text in _NAMES)
        return keys + Counter(node.text.text for node in named if node.text is not None)

    def _count_assigned(self, parent: int) -> Counter[str]:
        if parent not in self._counts:
            texts = (self.tree.string_of(child) for child in self.tree.children_of(parent))
            found = (_ASSIGNED.match(text.text) for text in texts if text is not None)
            self._counts[parent] = Counter(each["name"] for each in found if each)
        return self._counts[parent]

    def _find_names(self, index: int) -> tuple[str, ...]:
        """Return the key of a value; where an object has a name beside its value, that name."""
        tree = self.tree
        key, parent = tree.nodes[index].key, tree.nodes[index].parent
        while key is None and parent >= 0:
            key, parent = tree.nodes[parent].key, tree.nodes[parent].parent
        if parent >= 0 and tree.nodes[parent].shape is DataKind.OBJECT and key is not None and key.text == "value":
            beside = (tree.string_of(node) for node in tree.values_at(parent, *_NAMES))
            named = next((piece.text for piece in beside if piece is not None), None)
            if named is not None:
                return (named,)
        return (key.text.rpartition(".")[2],) if key is not None else ()
