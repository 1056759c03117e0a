"""Evaluate expressions on demand: dispatch each kind of expression to the part that knows it."""

from __future__ import annotations

import ast

from migrator.python.analysis import calls, classes, names, strings, substitution
from migrator.python.analysis.containers import eval_subscript, list_members, step_into
from migrator.python.analysis.memo import Memo
from migrator.python.analysis.module import Module
from migrator.python.analysis.operators import eval_operation
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import EACH, Binding, Function, Step
from migrator.python.analysis.values import (
    EVERY,
    Callable,
    Class,
    Display,
    Instance,
    Item,
    Spot,
    Text,
    Value,
    Values,
    one_of,
    opaque,
)
from migrator.rules.table import Client


class ProjectEvaluator:
    """Evaluate each expression of a project once; `interface.Evaluator` describes its members."""

    def __init__(self, project: Project, clients: tuple[Client, ...]) -> None:
        self.project = project
        self.clients = clients
        self.memo = Memo()
        self.sites: dict[Function, list[tuple[Callable, Spot]]] = {}
        self.made: dict[ast.AST, list[Spot]] = {}
        self.decorated: dict[Binding, list[Callable]] | None = None
        self.growth: dict[Module, dict[Spot, list[tuple[str | None, ast.expr]]]] = {}
        self.barren: dict[tuple[str, ...], set[Item]] = {}
        self._known = self.memo.known
        self._subclasses: dict[Class, list[Class]] | None = None

    def eval(self, module: Module, node: ast.expr) -> Values:
        """Return the alternatives for an expression; none when nothing is known of it."""
        return self._known[node] if node in self._known else self.memo.get_or_find(node, self._eval, module, node)

    def _eval(self, module: Module, node: ast.expr) -> Values:
        match node:
            case ast.Constant(value=str() | bytes()):
                return (strings.literal(module, node),)
            case ast.Constant(value=None):
                return ()
            case ast.JoinedStr():
                return strings.formatted(self, module, node)
            case ast.Name():
                return names.named(self, module, node)
            case ast.Attribute():
                return calls.got(self, module, node)
            case ast.Subscript(value=base, slice=index):
                return eval_subscript(self, module, base, index)
            case ast.Call():
                return calls.called(self, module, node)
            case ast.BinOp():
                return eval_operation(self, module, node)
            case ast.Dict() | ast.List() | ast.Tuple() | ast.Set():
                return (Display(Spot(module, node)),)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return (Display(Spot(module, node)),)
            case ast.Lambda():
                return (Callable(module, node),)
            case ast.Await(value=inner) | ast.NamedExpr(value=inner):
                return self.eval(module, inner)
            case ast.IfExp(body=one, orelse=other):
                return one_of((*self.eval(module, one), *self.eval(module, other)))
            case ast.BoolOp(values=values):
                return one_of([value for inner in values for value in self.eval(module, inner)])
        return (opaque(module, node),)

    def step(self, value: Value, step: Step) -> Values:
        """Return the alternatives for an entry or element of a value; for EACH, every element."""
        if step == EVERY:
            step = EACH
        if step == "value" and isinstance(value, Text):
            return (value,)
        if isinstance(value, (Display, Instance)):
            return self.memo.get_or_find(("step", value, step), step_into, self, value, step)
        return step_into(self, value, step)

    def walk(self, value: Value, path: tuple[Step, ...]) -> Values:
        """Return the alternatives for what a path leads to inside a value."""
        found: Values = (value,)
        for step in path:
            found = one_of([inner for outer in found for inner in self.step(outer, step)])
        return found

    def members(self, value: Value) -> Values:
        """Return the values of a dict, the elements of any other value."""
        return list_members(self, value)

    def passed(self, value: Item) -> list[tuple[Spot, Value]]:
        """Return the values that callers pass for a parameter, each with the call."""
        parameter = value.parameter
        found: list[tuple[Spot, Value]] = []
        for target, site in self.sites.get(parameter.scope.node, []) if parameter else []:  # type: ignore[call-overload]
            given = substitution.arguments(self, target, site)
            found += [(site, inner) for inner in substitution.substituted(self, (value,), given) if inner != value]
        return found

    def is_client(self, dotted: str) -> bool:
        """Return True if a dotted name is that of a known client class."""
        return any(client.matches(dotted) for client in self.clients)

    def subclasses(self, cls: Class) -> tuple[Class, ...]:
        """Return the classes of the loaded modules that derive from a class."""
        if self._subclasses is None:
            self._subclasses = {}
            for module in self.project.loaded():
                for node in module.nodes:
                    if isinstance(node, ast.ClassDef) and node.bases:
                        for base in classes.lineage(self, Class(module, node))[1:]:
                            if isinstance(base, Class):
                                self._subclasses.setdefault(base, []).append(Class(module, node))
        return tuple(self._subclasses.get(cls, ()))

    def home(self, binding: Binding) -> Module | None:
        """Return the module that contains a binding."""
        scope = binding.scope
        while scope.parent is not None:
            scope = scope.parent
        return self.project.home(scope.node)
