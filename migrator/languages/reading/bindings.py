"""The values of the names of a program, and the receivers and arguments of its calls."""

from __future__ import annotations

import re
from collections import defaultdict

from migrator.languages.grammar.node_kinds import AROUND, CALL, DECLARES, MEMBER, NAME, PAIR, STRING, SUBSCRIPT
from migrator.languages.grammar.syntax_tree import Tree

#: So many values of one name are looked at.
MOST = 6
_BARE = re.compile(r"[^\w]")
_ASIDE = ("modifier", "visibility", "accessibility", "decorator", "annotation", "attribute")
_LEFT = ("left", "name", "property", "pattern", "key")
_RIGHT = ("right", "value", "default_value")


class Bindings:
    """The values that each name of one file is given, by the bare name."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.given: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._near: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._far: dict[str, list[int]] = defaultdict(list)
        self.members: dict[str, list[int]] = defaultdict(list)
        self.keyed: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for node, kind in enumerate(tree.kind):
            if kind in DECLARES:
                self._declaration(node)
            elif kind in PAIR:
                self._pair(node)
        for node in tree.calls:
            self._define(node)

    def values(self, node: int) -> list[int]:
        """Return the expressions that a name or an attribute may have as value: those of its function first."""
        tree = self.tree
        name = self.bare(node)
        near = self._near.get((name, tree.home[node])) or self._near.get((name, -1 - tree.outer[node]))
        far = [value for value in (near or self._far.get(name, [])) if value != node]
        if not far and tree.kind[node] in MEMBER:
            far = self.members.get(name, [])
        return [value for value in far if not tree.start[value] <= tree.start[node] < tree.end[value]][:MOST]

    def is_parameter(self, node: int) -> bool:
        """Return whether a plain name is one of a parameter of a function around it."""
        tree, name = self.tree, self.bare(node)
        if tree.kind[node] in MEMBER:
            return False
        home = tree.home[node]
        while home:
            heads = (tree.source(child)[:2000] for child in tree.children(home) if "param" in tree.kind[child])
            if any(re.search(rf"\b{re.escape(name)}\b", head) for head in heads):
                return True
            home = tree.home[tree.parent[home]]
        return False

    def shown(self, name: str) -> list[int]:
        """Return the values of a name that other files can see."""
        return [*self._far.get(name, ()), *self.members.get(name, ())][:MOST]

    def bare(self, node: int) -> str:
        """Return the last part of a name, without signs: ``$this->base`` and ``BASE.base`` are `base`."""
        tree = self.tree
        if tree.kind[node] in MEMBER or tree.kind[node] == "call":
            inner = [child for child in tree.children(node) if tree.kind[child] not in ("optional_chain", "arguments")]
            node = inner[-1] if inner else node
        return _BARE.sub("", tree.source(node)[-80:])

    def callee(self, node: int) -> str:
        """Return the source of what a call calls."""
        tree = self.tree
        function = tree.child(node, "function", "constructor", "type")
        if function is not None:
            return _tidy(tree.source(function))
        name, owner = tree.child(node, "name", "method"), tree.child(node, "object", "receiver", "scope")
        if name is None:
            name = next(iter(tree.children(node)), node)
        return _tidy((tree.source(owner) + "." if owner is not None else "") + tree.source(name))

    def receiver(self, node: int) -> int | None:
        """Return the object that a method is called on."""
        tree = self.tree
        owner = tree.child(node, "object", "receiver", "scope")
        if owner is not None:
            return owner
        function = tree.child(node, "function")
        if function is None and tree.kind[node] == "call_expression":
            function = next(iter(tree.children(node)), None)
        if function is not None and tree.kind[function] in MEMBER:
            return next(iter(tree.children(function)), None)
        return None

    def arguments(self, node: int) -> list[int]:
        """Return the expressions that a call is given."""
        tree = self.tree
        if tree.kind[node] == "command":
            return [child for child in tree.children(node) if tree.name[child] == "argument"]
        held = tree.child(node, "arguments")
        if held is None:
            held = next((c for c in tree.children(node) if tree.kind[c] in ("value_arguments", "argument_list")), None)
        return [self.inner(child) for child in tree.children(held)] if held is not None else []

    def inner(self, node: int) -> int:
        """Return an expression without parentheses and other wrappers."""
        for _ in range(8):
            inside = [*self.tree.children(node)] if self.tree.kind[node] in AROUND else []
            if not inside:
                break
            node = inside[0] if self.tree.kind[node] in ("as_expression", "satisfies_expression") else inside[-1]
        return node

    def _is_local(self, target: int) -> bool:
        """Return whether a name that is given a value is one of a function, and no attribute of an object."""
        tree = self.tree
        return tree.home[target] > 0 and tree.kind[target] not in MEMBER and tree.kind[target] != "instance_variable"

    def _declaration(self, node: int) -> None:
        tree = self.tree
        children = [child for child in tree.children(node) if not tree.kind[child].startswith(_ASIDE)]
        target = next((c for c in children if tree.name[c] in _LEFT), children[0] if children else None)
        value = next((c for c in reversed(children) if tree.name[c] in _RIGHT), children[-1] if children else None)
        if target is None or value is None or target == value:
            return
        if tree.kind[target] == "variable_declaration":
            target = next(iter(tree.children(target)), target)
        if tree.kind[target] == "expression_list":
            pairs = list(zip(tree.children(target), tree.children(value), strict=False))
            for one, other in pairs:
                self._give(one, other)
        else:
            self._give(target, value)

    def _give(self, target: int, value: int) -> None:
        kind = self.tree.kind[target]
        if kind in NAME or kind in MEMBER or kind == "call":
            name, inner = self.bare(target), self.inner(value)
            self.given[name].append((target, inner))
            places = ((name, self.tree.home[target]), (name, -1 - self.tree.outer[target]))
            for held in (*(self._near[place] for place in places), self._far[name]):
                if len(held) < MOST and (held is not self._far[name] or not self._is_local(target)):
                    held.append(inner)

        elif kind in SUBSCRIPT:
            key = next(reversed([*self.tree.children(target)]), target)
            self.keyed[_BARE.sub("", self.tree.source(key)[-80:])].append((target, self.inner(value)))

    def _pair(self, node: int) -> None:
        children = [*self.tree.children(node)]
        if len(children) >= 2:
            self.members[_BARE.sub("", self.tree.source(children[0])[:80])].append(self.inner(children[-1]))

    def _define(self, node: int) -> None:
        """Bind the name in ``define('NAME', value)``."""
        if self.tree.kind[node] in CALL and self.callee(node) == "define":
            arguments = self.arguments(node)
            if len(arguments) > 1 and self.tree.kind[arguments[0]] in STRING:
                name = _BARE.sub("", self.tree.source(arguments[0]))
                self.given[name].append((0, arguments[1]))
                self._far[name].append(arguments[1])


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", "", text[-120:]).replace("?.", ".").replace("->", ".").replace("::", ".")
    return text.replace("!", "").replace("$", "")
