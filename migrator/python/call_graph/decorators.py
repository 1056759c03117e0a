"""Match decorated functions to the parameters of their decorators."""

from __future__ import annotations

import ast

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding, list_parameters
from migrator.python.analysis.values import ClassValue, FunctionValue


def find_decorated(ev: Evaluator, parameter: Binding) -> list[FunctionValue]:
    """Return the functions that a decorator with this parameter is applied to."""
    if ev.decorated_functions is None:
        ev.decorated_functions = {}
        ev.decorated_functions = _collect_decorated(ev)
    return ev.decorated_functions.get(parameter, [])


def _collect_decorated(ev: Evaluator) -> dict[Binding, list[FunctionValue]]:
    found: dict[Binding, list[FunctionValue]] = {}
    for module in ev.project.loaded_modules():
        for node in module.nodes:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for decorator in node.decorator_list:
                    for value in ev.eval(module, decorator):
                        if isinstance(value, FunctionValue) and (parameter := _first_own_parameter(value)) is not None:
                            found.setdefault(parameter, []).append(FunctionValue(module, node))
    return found


def _first_own_parameter(target: FunctionValue) -> Binding | None:
    """Return the first parameter that is not ``self`` or ``cls``."""
    names = [parameter.arg for parameter in list_parameters(target.node)]
    is_class_method = isinstance(target.bound, ClassValue) and names[:1] == ["cls"]
    rest = names[1:] if is_class_method or (target.bound and names[:1] == ["self"]) else names
    return target.module.scopes.inner[target.node].bindings[rest[0]][0] if rest else None
