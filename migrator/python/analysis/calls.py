"""Evaluate calls of scanned functions and classes, methods of strings and collections, and external names."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import attributes, classes, known_functions, names, strings
from migrator.python.analysis.attributes import asked_for
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import parameters
from migrator.python.analysis.substitution import arguments, substituted
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Instance,
    Item,
    Made,
    Many,
    Spot,
    Text,
    Value,
    Values,
    one_of,
    opaque,
)


def called(ev: Evaluator, module: Module, node: ast.Call) -> Values:
    """Return the alternatives for the result of a call."""
    if isinstance(node.func, ast.Attribute):
        special = _method(ev, module, node, node.func)
        if special is not None:
            return special
    if isinstance(node.func, ast.Attribute) and node.func.attr == "__subclasses__":
        return tuple(Many(ev.subclasses(v)) for v in ev.eval(module, node.func.value) if isinstance(v, Class))
    found = [result for value in ev.eval(module, node.func) for result in result_of(ev, value, Spot(module, node))]
    return one_of(found) or (opaque(module, node),)


def result_of(ev: Evaluator, value: Value, site: Spot) -> Values:
    """Return the alternatives for the result of calling a value at a call site."""
    assert isinstance(site.node, ast.Call)
    match value:
        case Class() if classes.is_enum(ev, value):
            return ev.eval(site.module, site.node.args[0]) if site.node.args else ()
        case Class():
            return (Instance(value, site),)
        case Callable(module=module, node=ast.Lambda(body=body)):
            return substituted(ev, ev.eval(module, body), arguments(ev, value, site), str(site))
        case Callable(module=module, node=(ast.FunctionDef() | ast.AsyncFunctionDef()) as function):
            found = tuple(_made_in(function, result, (value, site)) for result in names.results(ev, module, function))
            return substituted(ev, found, arguments(ev, value, site), f"`{function.name}` called at {site}")
        case External(dotted=dotted):
            return known_functions.result(ev, dotted, site)
        case Made(dotted=dotted) if dotted.endswith("namedtuple"):
            return known_functions.record(ev, value, site)
        case Made() if known_functions.is_getter(value):
            return known_functions.picked(ev, value, site)
        case Item() | Made():
            return known_functions.fallback(ev, site)
        case Instance() if (target := classes.method(ev, value, "__call__")) is not None:
            return result_of(ev, target, site)
    return ()


def _made_in(function: ast.FunctionDef | ast.AsyncFunctionDef, value: Value, frame: tuple[Callable, Spot]) -> Value:
    """Add the call to an object that the function created from its own arguments."""
    made = (value.via[-1][1] if value.via else value.call) if isinstance(value, (Instance, Made)) else None
    if made is None or not isinstance(value, (Instance, Made)) or not made.module.is_within(made.node, function):
        return value
    read = {node.id for node in ast.walk(made.node) if isinstance(node, ast.Name)}
    given = {parameter.arg for parameter in parameters(function)}
    return replace(value, via=(*value.via, frame)) if read & given else value


def got(ev: Evaluator, module: Module, node: ast.Attribute) -> Values:
    """Return the alternatives for an attribute expression, ``__getattr__`` included."""
    found: list[Value] = []
    for value in ev.eval(module, node.value):
        asked = asked_for(ev, module, node, value)
        answered = result_of(ev, asked[0], Spot(module, asked[1])) if asked else ()
        found += answered or attributes.attribute(ev, value, node.attr)
    return one_of(found)


def _method(ev: Evaluator, module: Module, node: ast.Call, func: ast.Attribute) -> Values | None:
    """Return the result of a method of a string, dict or collection; None for any other method."""
    keyed = func.attr in ("get", "pop", "setdefault")
    base = ev.eval(module, func.value)
    found: list[Value] = []
    for value in base:
        if keyed and isinstance(value, External) and value.dotted.rpartition(".")[2] in names.BODIES:
            value = opaque(module, func.value)
        if isinstance(value, Text):
            found += strings.method(ev, module, value, node, func.attr) or ()
        elif func.attr in strings.KEEPING and isinstance(value, (Item, Display)):
            found.append(value)
        elif keyed and node.args and isinstance(value, (Display, Item, Made)):
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                found += ev.step(value, key.value)
            elif isinstance(value, Display):
                found += ev.members(value)
            found += [inner for default in node.args[1:] for inner in ev.eval(module, default)]
        elif func.attr == "copy" and isinstance(value, Display):
            found.append(replace(value, name=None))
        elif func.attr == "values" and isinstance(value, (Display, Many)):
            found.append(Many(ev.members(value)))
        elif func.attr == "keys" and isinstance(value, Display):
            found.append(value)
    return one_of(found) or None
