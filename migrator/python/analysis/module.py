"""One parsed file, with what is asked of it more than once."""

from __future__ import annotations

import ast
from functools import cached_property

from migrator.python.analysis.reaching_definitions import reaching
from migrator.python.analysis.scopes import Binding, Scope, Scopes, binding_scope, scopes_of
from migrator.python.source.source_file import Source
from migrator.python.source.syntax import assigned_attributes, children, parse, path_names

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_WORDS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Name: ("id",),
    ast.Attribute: ("attr",),
    ast.arg: ("arg",),
    ast.keyword: ("arg",),
    ast.alias: ("name", "asname"),
    ast.ImportFrom: ("module",),
    ast.FunctionDef: ("name",),
    ast.AsyncFunctionDef: ("name",),
    ast.ClassDef: ("name",),
    ast.Constant: ("value",),
}


class Module:
    """One parsed file, with what is asked of it more than once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = source.path
        self.tree = parse(source)
        self.quoted: dict[ast.expr, ast.expr | None] = {}
        self.asked: dict[ast.Attribute, ast.Call] = {}
        self.origins: dict[ast.AST, ast.AST] = {}
        self._own: dict[ast.AST, list[ast.AST]] = {}
        self._read: dict[Binding, list[ast.Name]] = {}
        self._changed: dict[Binding, list[ast.Name]] = {}
        self._assigned: dict[ast.ClassDef, dict[str, list[ast.expr]]] = {}

    def __repr__(self) -> str:
        return f"Module({self.path!r})"

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Every node's parent, outer nodes first."""
        parents: dict[ast.AST, ast.AST] = {}
        todo: list[ast.AST] = [self.tree]
        for node in todo:
            inner = children(node)
            todo += inner
            for child in inner:
                parents[child] = node
        return parents

    @cached_property
    def scopes(self) -> Scopes:
        """Scopes and bindings."""
        return scopes_of(self.tree)

    @cached_property
    def uses(self) -> dict[ast.Name, frozenset[Binding]]:
        """The bindings that reach each name read in the scope that binds it."""
        return reaching(self.tree, self.scopes)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node, outer ones first."""
        return [self.tree, *self.parents]

    @cached_property
    def strings(self) -> dict[str, list[ast.Constant]]:
        """Every place at which each short string is written."""
        found: dict[str, list[ast.Constant]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100:
                found.setdefault(node.value, []).append(node)
        return found

    def is_within(self, node: ast.AST, outer: ast.AST) -> bool:
        """Whether a node is another one or lies inside it."""
        found: ast.AST | None = node
        while found is not None and found is not outer:
            found = self.parents.get(found)
        return found is not None

    @cached_property
    def reads(self) -> dict[str, list[ast.Name]]:
        """Every place at which each name is read."""
        found: dict[str, list[ast.Name]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, []).append(node)
        return found

    @cached_property
    def attributes(self) -> dict[str, list[ast.Attribute]]:
        """Every place at which an attribute of each name is read or set."""
        found: dict[str, list[ast.Attribute]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Attribute):
                found.setdefault(node.attr, []).append(node)
        return found

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """Every call, by the last name of what is called."""
        found: dict[str, list[ast.Call]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Call) and (names := path_names(node)):
                found.setdefault(names[-1], []).append(node)
        return found

    @cached_property
    def lowered(self) -> str:
        """The text in lower case."""
        return self.source.text.lower()

    @cached_property
    def words(self) -> str:
        """Every name, import and string of the module in lower case; comments say nothing."""
        found: list[str] = []
        for node in self.nodes:
            for name in _WORDS.get(type(node), ()):
                text = getattr(node, name)
                if isinstance(text, str):
                    found.append(text)
        return "\n".join(found).lower()

    def made_up(
        self, origin: ast.expr, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]
    ) -> ast.Call:
        """A call that is not written as one, in the place of the expression that comes to it."""
        assert self.nodes  # they are told before: what is made up is none of them
        call = ast.copy_location(ast.Call(function, arguments, keywords), origin)
        self.parents[call] = self.origins[call] = origin
        return call

    def own_nodes(self, function: ast.AST) -> list[ast.AST]:
        """The nodes of a function that are not those of a function inside it."""
        if function not in self._own:
            found: list[ast.AST] = []
            todo = children(function)
            while todo:
                node = todo.pop()
                found.append(node)
                if not isinstance(node, _INNER):
                    todo += children(node)
            self._own[function] = found
        return self._own[function]

    def assigned_to_self(self, cls: ast.ClassDef) -> dict[str, list[ast.expr]]:
        """What the methods of a class assign to attributes of their first parameter."""
        if cls not in self._assigned:
            found: dict[str, list[ast.expr]] = {}
            self._assigned[cls] = found
            for function in cls.body:
                if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    for name, value in assigned_attributes(self.own_nodes(function), function):
                        found.setdefault(name, []).append(value)
        return self._assigned[cls]

    def bindings(self, name: ast.Name) -> tuple[Binding, ...]:
        """What may have given a name its meaning where it is read, in the order of the file."""
        if name in self.uses:
            return tuple(sorted(self.uses[name], key=_position))
        scope = binding_scope(self.scopes, name)
        return tuple(scope.bindings[name.id]) if scope is not None else ()

    def loads(self, binding: Binding) -> list[ast.Name]:
        """Every place that may read a binding, in the order of the file."""
        if binding not in self._read:
            found = {*self._loads.get(binding, ()), *self._loads.get((binding.scope, binding.name), ())}
            self._read[binding] = sorted(found, key=lambda name: (name.lineno, name.col_offset))
        return self._read[binding]

    def changes(self, binding: Binding) -> list[ast.Name]:
        """The places that read a binding to store into what it holds, or to call a method that may."""
        if binding not in self._changed:
            self._changed[binding] = [name for name in self.loads(binding) if _may_change(self.parents.get(name))]
        return self._changed[binding]

    @cached_property
    def _loads(self) -> dict[Binding | tuple[Scope, str], list[ast.Name]]:
        """The places that read each binding; each name of a scope where the order of the code does not tell which."""
        found: dict[Binding | tuple[Scope, str], list[ast.Name]] = {}
        for group in self.reads.values():
            for name in group:
                if name in self.uses:
                    for binding in self.uses[name]:
                        found.setdefault(binding, []).append(name)
                elif (scope := binding_scope(self.scopes, name)) is not None:
                    found.setdefault((scope, name.id), []).append(name)
        return found

    def statement(self, node: ast.AST) -> ast.stmt:
        """The innermost statement around a node."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def enclosing(self, node: ast.AST, *kinds: type[ast.AST]) -> ast.AST | None:
        """The innermost node of the given kinds around a node."""
        found: ast.AST | None = self.parents.get(node)
        while found is not None and not isinstance(found, kinds):
            found = self.parents.get(found)
        return found


def _position(binding: Binding) -> tuple[int, int]:
    return getattr(binding.node, "lineno", 0), getattr(binding.node, "col_offset", 0)


def _may_change(parent: ast.AST | None) -> bool:
    return isinstance(parent, ast.Attribute) or isinstance(getattr(parent, "ctx", None), ast.Store)
