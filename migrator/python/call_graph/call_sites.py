"""Collect the call sites of the functions of the scanned code."""

from __future__ import annotations

import ast

from migrator.python.analysis import classes
from migrator.python.analysis.attributes import asked_for
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Function
from migrator.python.analysis.values import Callable, Class, Instance, Item, Spot
from migrator.python.call_graph.decorators import wrapped
from migrator.python.call_graph.indirect_calls import handed_on


def call_sites(ev: Evaluator, module: Module, found: dict[Function, list[tuple[Callable, Spot]]]) -> None:
    """Add every call of a scanned function in a module to `found`, constructors under their ``__init__``."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            reached = [(target, node) for target in targets(ev, module, node)]
            for target, call in (*reached, *handed_on(ev, module, node)):
                found.setdefault(target.node, []).append((target, Spot(module, call)))
        elif ev.project.answers and isinstance(node, ast.Attribute):
            for asked in filter(None, [asked_for(ev, module, node, v) for v in ev.eval(module, node.value)]):
                found.setdefault(asked[0].node, []).append((asked[0], Spot(module, asked[1])))


def targets(ev: Evaluator, module: Module, call: ast.Call) -> list[Callable]:
    """Return the scanned functions that a call may reach."""
    found: list[Callable] = []
    for value in ev.eval(module, call.func):
        if isinstance(value, Class):
            ev.made.setdefault(value.node, []).append(Spot(module, call))
            value = classes.method(ev, Instance(value, Spot(module, call)), "__init__") or value
        elif isinstance(value, Instance):
            value = classes.method(ev, value, "__call__") or value
        if isinstance(value, Callable):
            found.append(value)
        elif isinstance(value, Item) and value.parameter and not value.path and _tells(call):
            found += wrapped(ev, value.parameter)
    return found


def _tells(call: ast.Call) -> bool:
    """Return True if a call passes more than ``*args`` and ``**kwargs``."""
    return any(not isinstance(node, ast.Starred) for node in call.args) or any(k.arg for k in call.keywords)
