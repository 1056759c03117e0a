"""The modules of the scanned tree: parsed once, when first needed, and found by the names they are imported by."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import AnyStr

from migrator.code.flow import reaching
from migrator.code.notebook import read_notebook
from migrator.code.options import Reader
from migrator.code.scopes import Binding, Scope, Scopes, binding_scope, scopes_of
from migrator.code.source import Source, Unreadable, read_source, text_source
from migrator.code.syntax import assigned_attributes, children, parse

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


def meant(folder: str, dotted: str, level: int) -> Iterator[str]:
    """The paths that a dotted name can mean in a folder, which ends in a slash or is empty for the current one."""
    above = [folder, *_above(folder)]
    homes = above[level - 1 : level] if level else [home for base in above for home in (base, f"{base}src/")]
    tail = dotted.replace(".", "/")
    ends = (f"{tail}.py", f"{tail}/__init__.py") if tail else ("__init__.py",)
    return (home + end for home in homes for end in ends)


def _above(folder: str) -> Iterator[str]:
    """The folders above one, nearest first."""
    while inner := folder.rstrip("/"):
        folder = inner[: inner.rfind("/") + 1]
        yield folder


def _may_change(parent: ast.AST | None) -> bool:
    return isinstance(parent, ast.Attribute) or isinstance(getattr(parent, "ctx", None), ast.Store)


def _position(binding: Binding) -> tuple[int, int]:
    return getattr(binding.node, "lineno", 0), getattr(binding.node, "col_offset", 0)


def _source(path: str, text: bytes | str) -> Source:
    """A file as its name says: a notebook, or Python. Raises Unreadable."""
    if path.endswith(".ipynb"):
        return read_notebook(path, text if isinstance(text, bytes) else text_source(path, text).raw)
    return read_source(path, text) if isinstance(text, bytes) else text_source(path, text)


class Project:
    """The files that are scanned together; `reader` fetches further ones of the same tree when they are imported."""

    def __init__(self, files: Mapping[str, AnyStr], reader: Reader | None = None) -> None:
        self._files: dict[str, bytes | str] = dict(files)
        self._reader = reader
        self._modules: dict[str, Module | Unreadable | None] = {}
        self._found: dict[tuple[str, str, int], list[Module]] = {}
        self._homes: dict[ast.AST, Module] = {}

    def module(self, path: str) -> Module:
        """A file as a module. Raises Unreadable."""
        found = self._load(path)
        if isinstance(found, Unreadable):
            raise found
        if found is None:
            raise Unreadable("is not part of the scanned tree")
        return found

    def loaded(self) -> list[Module]:
        """Every module that was parsed so far, those of the files that were given first."""
        return [module for module in self._modules.values() if isinstance(module, Module)]

    def home(self, tree: ast.AST) -> Module | None:
        """The module of a syntax tree."""
        return self._homes.get(tree)

    def imports(self, module: Module) -> set[Module]:
        """The modules of the tree that a module imports."""
        found: set[Module | None] = set()
        for node in module.nodes:
            if isinstance(node, ast.Import):
                found |= {self.find(alias.name, module) for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                home = node.module or ""
                found.add(self.find(home, module, node.level))
                found |= {
                    self.find(f"{home}.{alias.name}" if home else alias.name, module, node.level)
                    for alias in node.names
                    if alias.name != "*"
                }
        return {inner for inner in found if inner is not None and inner is not module}

    def find(self, dotted: str, importer: Module, level: int = 0) -> Module | None:
        """The module that `importer` means by a dotted name; `level` counts the dots of a relative import."""
        path = importer.path.replace("\\", "/")
        key = (path[: path.rfind("/") + 1], dotted, level)
        if key not in self._found:
            self._found[key] = list(islice(self._search(*key), 2))
        return next((module for module in self._found[key] if module is not importer), None)

    def _search(self, folder: str, dotted: str, level: int) -> Iterator[Module]:
        return (found for path in meant(folder, dotted, level) if isinstance(found := self._load(path), Module))

    def _load(self, path: str) -> Module | Unreadable | None:
        if path not in self._modules:
            self._modules[path] = self._parse(path)
        return self._modules[path]

    def _parse(self, path: str) -> Module | Unreadable | None:
        if path not in self._files:
            if self._reader is None:
                return None
            try:
                self._files[path] = self._reader(path)
            except OSError:
                return None
        try:
            module = Module(_source(path, self._files[path]))
        except Unreadable as error:
            return error
        self._homes[module.tree] = module
        return module
