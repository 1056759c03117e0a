"""Evaluate entries and elements: of dicts, lists and comprehensions, and of the values that behave like them."""

from __future__ import annotations

import ast

from migrator.python.analysis.attributes import found_under
from migrator.python.analysis.classes import enum_members
from migrator.python.analysis.dict_entries import Entry, entries, stored, taken_over
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH, Step
from migrator.python.analysis.values import (
    EVERY,
    Class,
    Display,
    External,
    Instance,
    Item,
    Made,
    Many,
    Row,
    Spot,
    Value,
    Values,
    one_of,
    opaque,
)


def step_into(ev: Evaluator, value: Value, step: Step) -> Values:
    """Return the alternatives for an entry or element of a value; for EACH, every element."""
    match value:
        case Item(root=root, path=path):
            return (Item(root, (*path, step if isinstance(step, str) else EVERY)),)
        case Made(root=root):
            return (Item(root, (step if isinstance(step, str) else EVERY,)),)
        case Display(spot=spot):
            return _value_under(ev, value, step) if isinstance(step, str) else _element_at(ev, spot, step)
        case Many(members=members):
            return members
        case Row(columns=columns):
            whole = tuple(inner for column in columns for inner in column)
            return columns[step] if isinstance(step, int) and step < len(columns) else whole
        case Class():
            return enum_members(ev, value) if step is EACH else ()
        case Instance():
            return found_under(ev, value, step)
    return ()


def list_members(ev: Evaluator, value: Value) -> Values:
    """Return the values of a dict, the elements of any other value."""
    if isinstance(value, Display) and isinstance(value.spot.node, ast.Dict):
        module = value.spot.module
        return one_of([found for entry in value.spot.node.values for found in ev.eval(module, entry)])
    if isinstance(value, Display) and isinstance(value.spot.node, ast.DictComp):
        return ev.eval(value.spot.module, value.spot.node.value)
    return ev.step(value, EACH)


def eval_subscript(ev: Evaluator, module: Module, base: ast.expr, index: ast.expr) -> Values:
    """Return the alternatives for ``base[index]``."""
    values = tuple(opaque(module, base) if type(v) is External else v for v in ev.eval(module, base))
    if isinstance(index, ast.Constant) and isinstance(index.value, (str, int)):
        step: Step = index.value
        return one_of([inner for value in values for inner in ev.step(value, step)])
    found: list[Value] = []
    for value in values:
        found += ev.members(value) if not isinstance(value, (Item, External)) else (opaque(module, base),)
    return one_of(found)


def _value_under(ev: Evaluator, display: Display, key: str) -> Values:
    if isinstance(display.spot.node, ast.DictComp):
        return ev.eval(display.spot.module, display.spot.node.value)
    found = [entry for entry in entries(ev, display, key) if isinstance(entry, Entry)]
    written = [value for entry in found for value in ev.eval(entry.spot.module, entry.value)]
    return one_of([*written, *_eval_stored(ev, display.spot, key)])


def _element_at(ev: Evaluator, spot: Spot, step: Step) -> Values:
    module, node = spot.module, spot.node
    match node:
        case ast.Dict(keys=keys):
            own = [found for key in keys if key for found in ev.eval(module, key)]
            return one_of([*own, *taken_over(ev, spot)])
        case ast.Call():
            return taken_over(ev, spot)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            if isinstance(step, int) and step < len(elements):
                return ev.eval(module, elements[step])
            written = [value for element in elements for value in _eval_element(ev, module, element)]
            return one_of([*written, *(_eval_stored(ev, spot, None) if isinstance(node, ast.List) else ())])
        case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
            return ev.eval(module, element)
        case ast.DictComp(key=key):
            return ev.eval(module, key)
    return ()


def _eval_element(ev: Evaluator, module: Module, element: ast.expr) -> Values:
    if isinstance(element, ast.Starred):
        return one_of([v for value in ev.eval(module, element.value) for v in ev.step(value, EACH)])
    return ev.eval(module, element)


def _eval_stored(ev: Evaluator, spot: Spot, key: str | None) -> Values:
    """Return the values that statements elsewhere store in a dict under a key, or append to a list (key None)."""
    return one_of([v for node in stored(ev, spot, key) for v in ev.eval(spot.module, node)])
