"""Parse one file, and answer cached questions about its syntax tree."""

from __future__ import annotations

import ast
from functools import cached_property

from migrator.matching.generated import is_generated
from migrator.python.analysis.reaching_definitions import find_reaching_definitions
from migrator.python.analysis.scopes import Binding, NameScope, ScopeTable, collect_scopes, find_binding_scope
from migrator.python.source.source_file import SourceFile
from migrator.python.source.syntax import child_nodes, dotted_names, iter_self_assignments, parse_newer_source

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
#: Fields of nodes that contain words of the program.
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

#: Characters of a string that is indexed. Lookups are for names, which have up to thirty characters, and for routes
#: around them; old names in longer strings are found by searching the text.
_MAX_STRING = 100


class Module:
    """One parsed file with indexes of its nodes, names and bindings, each built on first use."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.path = source.path
        parsed = parse_newer_source(source)
        self.tree, self.unread = parsed.tree, parsed.unread
        self.quoted_annotations: dict[ast.expr, ast.expr | None] = {}
        self.getattr_calls: dict[ast.Attribute, ast.Call] = {}
        self.origins: dict[ast.AST, ast.AST] = {}
        self._own_nodes: dict[ast.AST, list[ast.AST]] = {}
        self._loads_of: dict[Binding, list[ast.Name]] = {}
        self._mutations_of: dict[Binding, list[ast.Name]] = {}
        self._self_assignments: dict[ast.ClassDef, dict[str, list[ast.expr]]] = {}

    def __repr__(self) -> str:
        return f"Module({self.path!r})"

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Return the parent of every node, outer nodes first."""
        parents: dict[ast.AST, ast.AST] = {}
        todo: list[ast.AST] = [self.tree]
        for node in todo:
            inner = child_nodes(node)
            todo += inner
            for child in inner:
                parents[child] = node
        return parents

    @cached_property
    def scopes(self) -> ScopeTable:
        """Return the scopes and bindings of the module."""
        return collect_scopes(self.tree)

    @cached_property
    def uses(self) -> dict[ast.Name, frozenset[Binding]]:
        """Return the bindings that reach each name read in the scope that binds it."""
        return find_reaching_definitions(self.tree, self.scopes)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Return every node, outer ones first."""
        return [self.tree, *self.parents]

    @cached_property
    def star_imports(self) -> tuple[ast.ImportFrom, ...]:
        """Return the statements ``from ... import *``, the last first: it binds what it shares with earlier ones."""
        found = (node for node in self.nodes if isinstance(node, ast.ImportFrom) and node.names[0].name == "*")
        return tuple(sorted(found, key=lambda node: -node.lineno))

    @cached_property
    def strings(self) -> dict[str, list[ast.Constant]]:
        """Return the nodes of each short string constant."""
        found: dict[str, list[ast.Constant]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < _MAX_STRING:
                found.setdefault(node.value, []).append(node)
        return found

    def is_within(self, node: ast.AST, outer: ast.AST) -> bool:
        """Return True if a node is another one or is nested in it."""
        found: ast.AST | None = node
        while found is not None and found is not outer:
            found = self.parents.get(found)
        return found is not None

    @cached_property
    def reads(self) -> dict[str, list[ast.Name]]:
        """Return the nodes that read each name."""
        found: dict[str, list[ast.Name]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, []).append(node)
        return found

    @cached_property
    def attributes(self) -> dict[str, list[ast.Attribute]]:
        """Return the nodes that read or set an attribute of each name."""
        found: dict[str, list[ast.Attribute]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Attribute):
                found.setdefault(node.attr, []).append(node)
        return found

    @cached_property
    def augmented_names(self) -> dict[str, list[ast.Name]]:
        """Return the targets of augmented assignments to each name."""
        found: dict[str, list[ast.Name]] = {}
        for node in self.nodes:
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, []).append(node.target)
        return found

    @cached_property
    def class_patterns(self) -> tuple[ast.MatchClass, ...]:
        """Return the patterns of ``match`` statements that name a class."""
        return tuple(node for node in self.nodes if isinstance(node, ast.MatchClass))

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """Return the calls of each name: of ``a.b.c()``, the name is ``c``."""
        found: dict[str, list[ast.Call]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Call) and (names := dotted_names(node)):
                found.setdefault(names[-1], []).append(node)
        return found

    @cached_property
    def is_generated(self) -> bool:
        """Return True if a comment before the code says that the file is generated."""
        return is_generated(self.source.text)

    @cached_property
    def lowercase_text(self) -> str:
        """Return the text in lower case."""
        return self.source.text.lower()

    @cached_property
    def lowercase_words(self) -> str:
        """Return every name, import and string of the module in lower case, without its comments."""
        found: list[str] = []
        for node in self.nodes:
            for name in _WORDS.get(type(node), ()):
                text = getattr(node, name)
                if isinstance(text, str):
                    found.append(text)
        return "\n".join(found).lower()

    def make_synthetic_call(
        self, origin: ast.expr, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]
    ) -> ast.Call:
        """Create a synthetic call node at the position of `origin`, for a call that another construct makes."""
        assert self.nodes  # built before, as a synthetic node is none of them
        call = ast.copy_location(ast.Call(function, arguments, keywords), origin)
        self.parents[call] = self.origins[call] = origin
        return call

    def own_nodes(self, function: ast.AST) -> list[ast.AST]:
        """Return the nodes of a function without those of the functions and classes inside it."""
        if function not in self._own_nodes:
            found: list[ast.AST] = []
            todo = child_nodes(function)
            while todo:
                node = todo.pop()
                found.append(node)
                if not isinstance(node, _INNER):
                    todo += child_nodes(node)
            self._own_nodes[function] = found
        return self._own_nodes[function]

    def self_assignments(self, cls: ast.ClassDef) -> dict[str, list[ast.expr]]:
        """Return the values that the methods of a class assign to attributes of their first parameter."""
        if cls not in self._self_assignments:
            found: dict[str, list[ast.expr]] = {}
            self._self_assignments[cls] = found
            for function in cls.body:
                if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    for name, value in iter_self_assignments(self.own_nodes(function), function):
                        found.setdefault(name, []).append(value)
        return self._self_assignments[cls]

    def find_bindings(self, name: ast.Name) -> tuple[Binding, ...]:
        """Return the bindings that may reach a name where it is read, in the order of the file."""
        if name in self.uses:
            return tuple(sorted(self.uses[name], key=_position_of))
        scope = find_binding_scope(self.scopes, name)
        return tuple(scope.bindings[name.id]) if scope is not None else ()

    def find_loads(self, binding: Binding) -> list[ast.Name]:
        """Return the nodes that may read a binding, in the order of the file."""
        if binding not in self._loads_of:
            found = {
                *self._loads_by_binding.get(binding, ()),
                *self._loads_by_binding.get((binding.scope, binding.name), ()),
            }
            self._loads_of[binding] = sorted(found, key=lambda name: (name.lineno, name.col_offset))
        return self._loads_of[binding]

    def find_mutations(self, binding: Binding) -> list[ast.Name]:
        """Return the reads of a binding that store into its value or access an attribute of it, such as ``update``."""
        if binding not in self._mutations_of:
            self._mutations_of[binding] = [
                name for name in self.find_loads(binding) if _may_change(self.parents.get(name))
            ]
        return self._mutations_of[binding]

    @cached_property
    def _loads_by_binding(self) -> dict[Binding | tuple[NameScope, str], list[ast.Name]]:
        """Return the reads of each binding; where the order of the code does not decide, of each name of a scope."""
        found: dict[Binding | tuple[NameScope, str], list[ast.Name]] = {}
        for group in self.reads.values():
            for name in group:
                if name in self.uses:
                    for binding in self.uses[name]:
                        found.setdefault(binding, []).append(name)
                elif (scope := find_binding_scope(self.scopes, name)) is not None:
                    found.setdefault((scope, name.id), []).append(name)
        return found

    def enclosing_statement(self, node: ast.AST) -> ast.stmt:
        """Return the innermost statement around a node."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def enclosing_node(self, node: ast.AST, *kinds: type[ast.AST]) -> ast.AST | None:
        """Return the innermost node of the given kinds around a node."""
        found: ast.AST | None = self.parents.get(node)
        while found is not None and not isinstance(found, kinds):
            found = self.parents.get(found)
        return found


def _position_of(binding: Binding) -> tuple[int, int]:
    return getattr(binding.node, "lineno", 0), getattr(binding.node, "col_offset", 0)


def _may_change(parent: ast.AST | None) -> bool:
    return isinstance(parent, ast.Attribute) or isinstance(getattr(parent, "ctx", None), ast.Store)
