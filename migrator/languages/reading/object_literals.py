"""The objects that a program writes out: their keys, and the nodes of their values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from migrator.languages.grammar.node_kinds import CALL, NAME, OBJECT, PAIR, STRING
from migrator.languages.grammar.string_expressions import StringEvaluator
from migrator.languages.grammar.syntax_tree import SyntaxTree
from migrator.languages.reading.bindings import NameBindings

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MAKES = re.compile(r"(?:\b(?:of|entries|mapOf|ofEntries|dict|fromEntries)|Map|HashMap)$")
_PUTS = frozenset({"put", "Add", "set", "store", "append", "add", "addProperty", "Set"})


@lru_cache(maxsize=4096)
def wire_name(name: str) -> str:
    """Return a key as the wire spells it: ``getSecretKey`` and ``SecretKey`` are `secret_key`."""
    bare = name.strip("\"'`:$@&?! ")
    bare = bare[3:] if re.match(r"get[A-Z_]", bare) else bare
    return _HUMP.sub("_", bare).lower()


class ObjectLiterals:
    """The pairs of keys and values of one file."""

    def __init__(self, tree: SyntaxTree, names: NameBindings, strings: StringEvaluator) -> None:
        self.tree, self.names, self.strings = tree, names, strings
        self._known: dict[int, list[tuple[str, int, int]]] = {}

    def entries_of(self, node: int) -> list[tuple[str, int, int]]:
        """Return each key of an object with the nodes of the key and of the value, in their order."""
        if node not in self._known:
            self._known[node] = list(self._find_entries(node))
        return self._known[node]

    def _find_entries(self, node: int) -> Iterator[tuple[str, int, int]]:
        tree = self.tree
        inside = [*tree.children_of(node)]
        for outer in inside:
            child = self.names.unwrap_node(outer) if tree.kind[outer] == "value_argument" else outer
            kind = tree.kind[child]
            parts = [*tree.children_of(child)]
            if kind in PAIR and len(parts) >= 2:
                yield wire_name(tree.source_of(parts[0])[:80].strip("[]")), parts[0], self.names.unwrap_node(parts[-1])
            elif kind == "initializer_expression" and len(parts) == 2:
                yield wire_name(tree.source_of(parts[0])[:80]), parts[0], self.names.unwrap_node(parts[1])
            elif kind in ("shorthand_property_identifier", "shorthand_property_identifier_pattern"):
                yield wire_name(tree.source_of(child)), child, child
            elif kind == "literal_value":
                yield from self.entries_of(child)
        if tree.kind[node] in ("argument_list", "anonymous_object_creation_expression"):
            yield from self._alternate(node, [self.names.unwrap_node(child) for child in inside])

    def _alternate(self, node: int, inside: list[int]) -> Iterator[tuple[str, int, int]]:
        """Yield keys and values that take turns: ``Map.of("a", x, "b", y)``, ``put("a", x)``, ``new { a = x }``."""
        tree, above = self.tree, self.tree.parent[node]
        callee = self.names.callee_of(above) if tree.kind[above] in CALL else ""
        if tree.kind[node] == "argument_list" and not (_MAKES.search(callee) or callee.rpartition(".")[2] in _PUTS):
            return
        for key, value in pairwise(inside):
            between = tree.text[tree.end[key] : tree.start[value]].strip()
            if tree.kind[key] in STRING or (tree.kind[key] in NAME and between == "="):
                yield wire_name(tree.source_of(key)[:80]), key, value

    def keys_of(self, node: int) -> frozenset[str]:
        """Return the keys of an object."""
        return frozenset(key for key, _, _ in self.entries_of(node))

    def keys_around(self, node: int) -> Iterator[tuple[str, int]]:
        """Yield the keys around a value, innermost first, each with the object that has it."""
        inner = node
        for above in self.tree.ancestors_of(node, 16):
            if self.tree.kind[above] in OBJECT or self.tree.kind[above] == "initializer_expression":
                key = next((key for key, _, value in self._find_key(above, inner)), None)
                if key is not None:
                    yield key, above
                    inner = above

    def _find_key(self, node: int, inner: int) -> Iterator[tuple[str, int, int]]:
        tree, known = self.tree, self.entries_of(node)
        behind = bisect_right(known, inner, key=lambda entry: entry[2])
        for key, at, value in known[max(0, behind - 2) : behind]:
            if at != value and tree.start[value] <= tree.start[inner] and tree.end[inner] <= tree.end[value]:
                yield key, at, value
