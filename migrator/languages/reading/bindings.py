"""The values of the names of a program, and the receivers and arguments of its calls."""

from __future__ import annotations

import re
from collections import defaultdict

from migrator.languages.grammar.node_kinds import AROUND, CALL, DECLARES, MEMBER, NAME, PAIR, STRING, SUBSCRIPT
from migrator.languages.grammar.syntax_tree import SyntaxTree

#: So many values of one name are looked at.
MOST = 6
_BARE = re.compile(r"[^\w]")
_ASIDE = ("modifier", "visibility", "accessibility", "decorator", "annotation", "attribute")
_LEFT = ("left", "name", "property", "pattern", "key")
_RIGHT = ("right", "value", "default_value")


class NameBindings:
    """The values that each name of one file is given, by the bare name."""

    def __init__(self, tree: SyntaxTree) -> None:
        self.tree = tree
        self.assigned: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._near: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._far: dict[str, list[int]] = defaultdict(list)
        self.members: dict[str, list[int]] = defaultdict(list)
        self.assigned_keys: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for node, kind in enumerate(tree.kind):
            if kind in DECLARES:
                self._bind_declaration(node)
            elif kind in PAIR:
                self._bind_pair(node)
        for node in tree.calls:
            self._bind_define(node)

    def values_of(self, node: int) -> list[int]:
        """Return the expressions that a name or an attribute may have as value: those of its function first."""
        tree = self.tree
        name = self.bare_name(node)
        near = self._near.get((name, tree.home[node])) or self._near.get((name, -1 - tree.outer[node]))
        far = [value for value in (near or self._far.get(name, [])) if value != node]
        if not far and tree.kind[node] in MEMBER:
            far = self.members.get(name, [])
        return [value for value in far if not tree.start[value] <= tree.start[node] < tree.end[value]][:MOST]

    def is_parameter(self, node: int) -> bool:
        """Return whether a plain name is one of a parameter of a function around it."""
        tree, name = self.tree, self.bare_name(node)
        if tree.kind[node] in MEMBER:
            return False
        home = tree.home[node]
        while home:
            heads = (tree.source_of(child)[:2000] for child in tree.children_of(home) if "param" in tree.kind[child])
            if any(re.search(rf"\b{re.escape(name)}\b", head) for head in heads):
                return True
            home = tree.home[tree.parent[home]]
        return False

    def visible_values(self, name: str) -> list[int]:
        """Return the values of a name that other files can see."""
        return [*self._far.get(name, ()), *self.members.get(name, ())][:MOST]

    def bare_name(self, node: int) -> str:
        """Return the last part of a name, without signs: ``$this->base`` and ``BASE.base`` are `base`."""
        tree = self.tree
        if tree.kind[node] in MEMBER or tree.kind[node] == "call":
            inner = [
                child for child in tree.children_of(node) if tree.kind[child] not in ("optional_chain", "arguments")
            ]
            node = inner[-1] if inner else node
        return _BARE.sub("", tree.source_of(node)[-80:])

    def callee_of(self, node: int) -> str:
        """Return the source of what a call calls."""
        tree = self.tree
        function = tree.child_named(node, "function", "constructor", "type")
        if function is not None:
            return _tidy_name(tree.source_of(function))
        name, owner = tree.child_named(node, "name", "method"), tree.child_named(node, "object", "receiver", "scope")
        if name is None:
            name = next(iter(tree.children_of(node)), node)
        return _tidy_name((tree.source_of(owner) + "." if owner is not None else "") + tree.source_of(name))

    def receiver_of(self, node: int) -> int | None:
        """Return the object that a method is called on."""
        tree = self.tree
        owner = tree.child_named(node, "object", "receiver", "scope")
        if owner is not None:
            return owner
        function = tree.child_named(node, "function")
        if function is None and tree.kind[node] == "call_expression":
            function = next(iter(tree.children_of(node)), None)
        if function is not None and tree.kind[function] in MEMBER:
            return next(iter(tree.children_of(function)), None)
        return None

    def arguments_of(self, node: int) -> list[int]:
        """Return the expressions that a call is given."""
        tree = self.tree
        if tree.kind[node] == "command":
            return [child for child in tree.children_of(node) if tree.name[child] == "argument"]
        held = tree.child_named(node, "arguments")
        if held is None:
            held = next(
                (c for c in tree.children_of(node) if tree.kind[c] in ("value_arguments", "argument_list")), None
            )
        return [self.unwrap_node(child) for child in tree.children_of(held)] if held is not None else []

    def unwrap_node(self, node: int) -> int:
        """Return an expression without parentheses and other wrappers."""
        for _ in range(8):
            inside = [*self.tree.children_of(node)] if self.tree.kind[node] in AROUND else []
            if not inside:
                break
            node = inside[0] if self.tree.kind[node] in ("as_expression", "satisfies_expression") else inside[-1]
        return node

    def _is_local(self, target: int) -> bool:
        """Return whether a name that is given a value is one of a function, and no attribute of an object."""
        tree = self.tree
        return tree.home[target] > 0 and tree.kind[target] not in MEMBER and tree.kind[target] != "instance_variable"

    def _bind_declaration(self, node: int) -> None:
        tree = self.tree
        children = [child for child in tree.children_of(node) if not tree.kind[child].startswith(_ASIDE)]
        target = next((c for c in children if tree.name[c] in _LEFT), children[0] if children else None)
        value = next((c for c in reversed(children) if tree.name[c] in _RIGHT), children[-1] if children else None)
        if target is None or value is None or target == value:
            return
        if tree.kind[target] == "variable_declaration":
            target = next(iter(tree.children_of(target)), target)
        if tree.kind[target] == "expression_list":
            pairs = list(zip(tree.children_of(target), tree.children_of(value), strict=False))
            for one, other in pairs:
                self._bind_value(one, other)
        else:
            self._bind_value(target, value)

    def _bind_value(self, target: int, value: int) -> None:
        kind = self.tree.kind[target]
        if kind in NAME or kind in MEMBER or kind == "call":
            name, inner = self.bare_name(target), self.unwrap_node(value)
            self.assigned[name].append((target, inner))
            places = ((name, self.tree.home[target]), (name, -1 - self.tree.outer[target]))
            for held in (*(self._near[place] for place in places), self._far[name]):
                if len(held) < MOST and (held is not self._far[name] or not self._is_local(target)):
                    held.append(inner)

        elif kind in SUBSCRIPT:
            key = next(reversed([*self.tree.children_of(target)]), target)
            self.assigned_keys[_BARE.sub("", self.tree.source_of(key)[-80:])].append((target, self.unwrap_node(value)))

    def _bind_pair(self, node: int) -> None:
        children = [*self.tree.children_of(node)]
        if len(children) >= 2:
            self.members[_BARE.sub("", self.tree.source_of(children[0])[:80])].append(self.unwrap_node(children[-1]))

    def _bind_define(self, node: int) -> None:
        """Bind the name in ``define('NAME', value)``."""
        if self.tree.kind[node] in CALL and self.callee_of(node) == "define":
            arguments = self.arguments_of(node)
            if len(arguments) > 1 and self.tree.kind[arguments[0]] in STRING:
                name = _BARE.sub("", self.tree.source_of(arguments[0]))
                self.assigned[name].append((0, arguments[1]))
                self._far[name].append(arguments[1])


def _tidy_name(text: str) -> str:
    text = re.sub(r"\s+", "", text[-120:]).replace("?.", ".").replace("->", ".").replace("::", ".")
    return text.replace("!", "").replace("$", "")
