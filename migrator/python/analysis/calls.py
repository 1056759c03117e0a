"""Evaluate calls of scanned functions and classes, methods of strings and collections, and external names."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import attributes, classes, known_functions, names, strings
from migrator.python.analysis.attributes import find_getattr_call
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.configured_settings import eval_loaded_key, eval_variable
from migrator.python.analysis.libraries.stored_settings import eval_stored_setting
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import list_parameters
from migrator.python.analysis.substitution import match_arguments, substitute_arguments
from migrator.python.analysis.values import (
    ClassValue,
    CollectionValue,
    Display,
    ExternalName,
    ExternalObject,
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


def eval_call(ev: Evaluator, module: Module, node: ast.Call) -> Values:
    """Return the alternatives for the result of a call."""
    if isinstance(node.func, ast.Attribute):
        special = _eval_known_method(ev, module, node, node.func)
        if special is not None:
            return special
    if isinstance(node.func, ast.Attribute) and node.func.attr == "__subclasses__":
        return tuple(
            CollectionValue(ev.find_subclasses(v))
            for v in ev.eval(module, node.func.value)
            if isinstance(v, ClassValue)
        )
    found = [
        result for value in ev.eval(module, node.func) for result in eval_call_of(ev, value, ModuleNode(module, node))
    ]
    return merge_alternatives(found) or (reference_to(module, node),)


def eval_call_of(ev: Evaluator, value: Value, site: ModuleNode) -> Values:
    """Return the alternatives for the result of calling a value at a call site."""
    assert isinstance(site.node, ast.Call)
    match value:
        case ClassValue() if classes.is_enum_class(ev, value):
            return ev.eval(site.module, site.node.args[0]) if site.node.args else ()
        case ClassValue():
            return (Instance(value, site),)
        case FunctionValue(module=module, node=ast.Lambda(body=body)):
            return substitute_arguments(ev, ev.eval(module, body), match_arguments(ev, value, site), str(site))
        case FunctionValue(module=module, node=(ast.FunctionDef() | ast.AsyncFunctionDef()) as function):
            found = tuple(
                _record_frame(function, result, (value, site)) for result in names.eval_results(ev, module, function)
            )
            return substitute_arguments(
                ev, found, match_arguments(ev, value, site), f"`{function.name}` called at {site}"
            )
        case ExternalName(dotted=dotted):
            return known_functions.eval_external_call(ev, dotted, site)
        case ExternalObject(dotted=dotted) if dotted.endswith("namedtuple"):
            return known_functions.eval_namedtuple_call(ev, value, site)
        case ExternalObject() if known_functions.is_getter(value):
            return known_functions.eval_getter_call(ev, value, site)
        case Reference() | ExternalObject():
            return known_functions.eval_unknown_method(ev, site)
        case Instance() if (target := classes.find_method(ev, value, "__call__")) is not None:
            return eval_call_of(ev, target, site)
    return ()


def _record_frame(
    function: ast.FunctionDef | ast.AsyncFunctionDef, value: Value, frame: tuple[FunctionValue, ModuleNode]
) -> Value:
    """Add the call to an object that the function created from its own arguments."""
    made = (value.via[-1][1] if value.via else value.call) if isinstance(value, (Instance, ExternalObject)) else None
    if (
        made is None
        or not isinstance(value, (Instance, ExternalObject))
        or not made.module.is_within(made.node, function)
    ):
        return value
    read = {node.id for node in ast.walk(made.node) if isinstance(node, ast.Name)}
    given = {parameter.arg for parameter in list_parameters(function)}
    return replace(value, via=(*value.via, frame)) if read & given else value


def eval_attribute(ev: Evaluator, module: Module, node: ast.Attribute) -> Values:
    """Return the alternatives for an attribute expression, ``__getattr__`` included."""
    found: list[Value] = []
    for value in ev.eval(module, node.value):
        asked = find_getattr_call(ev, module, node, value)
        answered = eval_call_of(ev, asked[0], ModuleNode(module, asked[1])) if asked else ()
        found += answered or attributes.eval_attribute_of(ev, value, node.attr)
    return merge_alternatives(found)


def _eval_known_method(ev: Evaluator, module: Module, node: ast.Call, func: ast.Attribute) -> Values | None:
    """Return the result of a method of a string, dict or collection; None for any other method."""
    keyed = func.attr in ("get", "pop", "setdefault")
    base = ev.eval(module, func.value)
    found: list[Value] = []
    match node.args:
        case [ast.Constant(value=str(name)), *_] if keyed:
            found += eval_stored_setting(ev, func.value, name)
            found += eval_variable(ev, ModuleNode(module, node), func.value, name)
            found += eval_loaded_key(ev, ModuleNode(module, node), base, name)
    for value in base:
        if keyed and isinstance(value, ExternalName) and value.dotted.rpartition(".")[2] in names.BODY_ATTRIBUTES:
            value = reference_to(module, func.value)
        if isinstance(value, StringValue):
            found += strings.eval_string_method(ev, module, value, node, func.attr) or ()
        elif func.attr in strings.PRESERVING_METHODS and isinstance(value, (Reference, Display)):
            found.append(value)
        elif keyed and node.args and isinstance(value, (Display, Reference, ExternalObject)):
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                found += ev.step_into(value, key.value)
            elif isinstance(value, Display):
                found += ev.list_members(value)
            found += [inner for default in node.args[1:] for inner in ev.eval(module, default)]
        elif func.attr == "copy" and isinstance(value, Display):
            found.append(replace(value, name=None))
        elif func.attr == "values" and isinstance(value, (Display, CollectionValue)):
            found.append(CollectionValue(ev.list_members(value)))
        elif func.attr == "keys" and isinstance(value, Display):
            found.append(value)
    return merge_alternatives(found) or None
