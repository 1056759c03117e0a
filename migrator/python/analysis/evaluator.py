"""Evaluate expressions on demand: dispatch each kind of expression to the part that knows it."""

from __future__ import annotations

import ast

from migrator.python.analysis import calls, classes, names, strings, substitution
from migrator.python.analysis.containers import eval_subscript, list_members, step_into
from migrator.python.analysis.memo import Memo
from migrator.python.analysis.module import Module
from migrator.python.analysis.operators import eval_operation
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import EACH_ELEMENT, Binding, Function, PathStep
from migrator.python.analysis.values import (
    ANY_ELEMENT,
    ClassValue,
    Display,
    FunctionValue,
    Instance,
    ModuleNode,
    Reference,
    StringValue,
    Value,
    Values,
    merge_alternatives,
    reference_to,
)
from migrator.rules.table import ApiClient


class ProjectEvaluator:
    """Evaluate each expression of a project once; `interface.Evaluator` describes its members."""

    def __init__(self, project: Project, clients: tuple[ApiClient, ...]) -> None:
        self.project = project
        self.clients = clients
        self.memo = Memo()
        self.call_sites: dict[Function, list[tuple[FunctionValue, ModuleNode]]] = {}
        self.constructor_calls: dict[ast.AST, list[ModuleNode]] = {}
        self.decorated_functions: dict[Binding, list[FunctionValue]] | None = None
        self.stored_entries: dict[Module, dict[ModuleNode, list[tuple[str | None, ast.expr]]]] = {}
        self.parameters_without_marker: dict[tuple[str, ...], set[Reference]] = {}
        self._known = self.memo.known
        self._subclasses: dict[ClassValue, list[ClassValue]] | None = None

    def eval(self, module: Module, node: ast.expr) -> Values:
        """Return the alternatives for an expression; none when nothing is known of it."""
        return self._known[node] if node in self._known else self.memo.get_or_find(node, self._eval_node, module, node)

    def _eval_node(self, module: Module, node: ast.expr) -> Values:
        match node:
            case ast.Constant(value=str() | bytes()):
                return (strings.eval_literal(module, node),)
            case ast.Constant(value=None):
                return ()
            case ast.JoinedStr():
                return strings.eval_fstring(self, module, node)
            case ast.Name():
                return names.eval_name(self, module, node)
            case ast.Attribute():
                return calls.eval_attribute(self, module, node)
            case ast.Subscript(value=base, slice=index):
                return eval_subscript(self, module, base, index)
            case ast.Call():
                return calls.eval_call(self, module, node)
            case ast.BinOp():
                return eval_operation(self, module, node)
            case ast.Dict() | ast.List() | ast.Tuple() | ast.Set():
                return (Display(ModuleNode(module, node)),)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return (Display(ModuleNode(module, node)),)
            case ast.Lambda():
                return (FunctionValue(module, node),)
            case ast.Await(value=inner) | ast.NamedExpr(value=inner):
                return self.eval(module, inner)
            case ast.IfExp(body=one, orelse=other):
                return merge_alternatives((*self.eval(module, one), *self.eval(module, other)))
            case ast.BoolOp(values=values):
                return merge_alternatives([value for inner in values for value in self.eval(module, inner)])
        return (reference_to(module, node),)

    def step_into(self, value: Value, step: PathStep) -> Values:
        """Return the alternatives for an entry or element of a value; for EACH, every element."""
        if step == ANY_ELEMENT:
            step = EACH_ELEMENT
        if step == "value" and isinstance(value, StringValue):
            return (value,)
        if isinstance(value, (Display, Instance)):
            return self.memo.get_or_find(("step", value, step), step_into, self, value, step)
        return step_into(self, value, step)

    def follow_path(self, value: Value, path: tuple[PathStep, ...]) -> Values:
        """Return the alternatives for what a path leads to inside a value."""
        found: Values = (value,)
        for step in path:
            found = merge_alternatives([inner for outer in found for inner in self.step_into(outer, step)])
        return found

    def list_members(self, value: Value) -> Values:
        """Return the values of a dict, the elements of any other value."""
        return list_members(self, value)

    def passed_values(self, value: Reference) -> list[tuple[ModuleNode, Value]]:
        """Return the values that callers pass for a parameter, each with the call."""
        parameter = value.parameter
        found: list[tuple[ModuleNode, Value]] = []
        for target, site in self.call_sites.get(parameter.scope.node, []) if parameter else []:  # type: ignore[call-overload]
            given = substitution.match_arguments(self, target, site)
            found += [
                (site, inner) for inner in substitution.substitute_arguments(self, (value,), given) if inner != value
            ]
        return found

    def is_client(self, dotted: str) -> bool:
        """Return True if a dotted name is that of a known client class."""
        return any(client.matches(dotted) for client in self.clients)

    def find_subclasses(self, cls: ClassValue) -> tuple[ClassValue, ...]:
        """Return the classes of the loaded modules that derive from a class."""
        if self._subclasses is None:
            self._subclasses = {}
            for module in self.project.loaded_modules():
                for node in module.nodes:
                    if isinstance(node, ast.ClassDef) and node.bases:
                        for base in classes.resolve_lineage(self, ClassValue(module, node))[1:]:
                            if isinstance(base, ClassValue):
                                self._subclasses.setdefault(base, []).append(ClassValue(module, node))
        return tuple(self._subclasses.get(cls, ()))

    def module_of(self, binding: Binding) -> Module | None:
        """Return the module that contains a binding."""
        scope = binding.scope
        while scope.parent is not None:
            scope = scope.parent
        return self.project.module_of(scope.node)
