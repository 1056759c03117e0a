"""Match decorated functions to the parameters of their decorators."""

from __future__ import annotations

import ast

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, parameters
from migrator.python.analysis.values import Callable, Class


def wrapped(ev: Evaluator, parameter: Binding) -> list[Callable]:
    """Return the functions that a decorator with this parameter is applied to."""
    if ev.decorated is None:
        ev.decorated = {}
        ev.decorated = _decorated(ev)
    return ev.decorated.get(parameter, [])


def _decorated(ev: Evaluator) -> dict[Binding, list[Callable]]:
    found: dict[Binding, list[Callable]] = {}
    for module in ev.project.loaded():
        for node in module.nodes:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for decorator in node.decorator_list:
                    for value in ev.eval(module, decorator):
                        if isinstance(value, Callable) and (parameter := _first(value)) is not None:
                            found.setdefault(parameter, []).append(Callable(module, node))
    return found


def _first(target: Callable) -> Binding | None:
    """Return the first parameter that is not ``self`` or ``cls``."""
    names = [parameter.arg for parameter in parameters(target.node)]
    is_class_method = isinstance(target.bound, Class) and names[:1] == ["cls"]
    rest = names[1:] if is_class_method or (target.bound and names[:1] == ["self"]) else names
    return target.module.scopes.inner[target.node].bindings[rest[0]][0] if rest else None
