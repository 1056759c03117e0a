"""Collect the call sites of the functions of the scanned code."""

from __future__ import annotations

import ast

from migrator.python.analysis import classes
from migrator.python.analysis.attributes import find_getattr_call
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Function
from migrator.python.analysis.values import ClassValue, FunctionValue, Instance, ModuleNode, Reference
from migrator.python.call_graph.decorators import find_decorated
from migrator.python.call_graph.indirect_calls import find_indirect_calls


def collect_call_sites(
    ev: Evaluator, module: Module, found: dict[Function, list[tuple[FunctionValue, ModuleNode]]]
) -> None:
    """Add every call of a scanned function in a module to `found`, constructors under their ``__init__``."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            reached = [(target, node) for target in find_targets(ev, module, node)]
            for target, call in (*reached, *find_indirect_calls(ev, module, node)):
                found.setdefault(target.node, []).append((target, ModuleNode(module, call)))
        elif ev.project.has_getattr_classes and isinstance(node, ast.Attribute):
            for asked in filter(None, [find_getattr_call(ev, module, node, v) for v in ev.eval(module, node.value)]):
                found.setdefault(asked[0].node, []).append((asked[0], ModuleNode(module, asked[1])))


def find_targets(ev: Evaluator, module: Module, call: ast.Call) -> list[FunctionValue]:
    """Return the scanned functions that a call may reach."""
    found: list[FunctionValue] = []
    for value in ev.eval(module, call.func):
        if isinstance(value, ClassValue):
            ev.constructor_calls.setdefault(value.node, []).append(ModuleNode(module, call))
            value = classes.find_method(ev, Instance(value, ModuleNode(module, call)), "__init__") or value
        elif isinstance(value, Instance):
            value = classes.find_method(ev, value, "__call__") or value
        if isinstance(value, FunctionValue):
            found.append(value)
        elif isinstance(value, Reference) and value.parameter and not value.path and _passes_arguments(call):
            found += find_decorated(ev, value.parameter)
    return found


def _passes_arguments(call: ast.Call) -> bool:
    """Return True if a call passes more than ``*args`` and ``**kwargs``."""
    return any(not isinstance(node, ast.Starred) for node in call.args) or any(k.arg for k in call.keywords)
