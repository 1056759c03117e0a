"""Evaluate entries and elements: of dicts, lists and comprehensions, and of the values that behave like them."""

from __future__ import annotations

import ast

from migrator.python.analysis.attributes import eval_member
from migrator.python.analysis.classes import eval_enum_members
from migrator.python.analysis.dicts.dict_entries import DictEntry, find_entries, merged_keys, stored_values
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.configured_settings import eval_loaded_key, eval_variable
from migrator.python.analysis.libraries.declared_options import eval_parsed_option
from migrator.python.analysis.libraries.stored_settings import eval_stored_setting
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH_ELEMENT, PathStep
from migrator.python.analysis.values import (
    ANY_ELEMENT,
    ClassValue,
    CollectionValue,
    Display,
    ExternalName,
    ExternalObject,
    Instance,
    ModuleNode,
    RecordValue,
    Reference,
    Value,
    Values,
    merge_alternatives,
    reference_to,
)


def step_into(ev: Evaluator, value: Value, step: PathStep) -> Values:
    """Return the alternatives for an entry or element of a value; for EACH, every element."""
    match value:
        case Reference(root=root, path=path):
            further = Reference(root, (*path, step if isinstance(step, str) else ANY_ELEMENT))
            return (*eval_parsed_option(ev, value, step), further)
        case ExternalObject(root=root):
            return (Reference(root, (step if isinstance(step, str) else ANY_ELEMENT,)),)
        case Display(origin=spot):
            return _value_under(ev, value, step) if isinstance(step, str) else _element_at(ev, spot, step)
        case CollectionValue(members=members):
            return members
        case RecordValue(columns=columns):
            whole = tuple(inner for column in columns for inner in column)
            return columns[step] if isinstance(step, int) and step < len(columns) else whole
        case ClassValue():
            return eval_enum_members(ev, value) if step is EACH_ELEMENT else ()
        case Instance():
            return eval_member(ev, value, step)
    return ()


def list_members(ev: Evaluator, value: Value) -> Values:
    """Return the values of a dict, the elements of any other value."""
    if isinstance(value, Display) and isinstance(value.origin.node, ast.Dict):
        module = value.origin.module
        return merge_alternatives([found for entry in value.origin.node.values for found in ev.eval(module, entry)])
    if isinstance(value, Display) and isinstance(value.origin.node, ast.DictComp):
        return ev.eval(value.origin.module, value.origin.node.value)
    return ev.step_into(value, EACH_ELEMENT)


def eval_subscript(ev: Evaluator, module: Module, base: ast.expr, index: ast.expr) -> Values:
    """Return the alternatives for ``base[index]``."""
    values = tuple(reference_to(module, base) if type(v) is ExternalName else v for v in ev.eval(module, base))
    if isinstance(index, ast.Constant) and isinstance(index.value, (str, int)):
        step: PathStep = index.value
        stored = eval_stored_setting(ev, base, step) if isinstance(step, str) else ()
        site = ModuleNode(module, module.parents.get(index, index))
        configured = (
            (*eval_variable(ev, site, base, step), *eval_loaded_key(ev, site, values, step))
            if isinstance(step, str)
            else ()
        )
        return merge_alternatives(
            [*stored, *configured, *(inner for value in values for inner in ev.step_into(value, step))]
        )
    found: list[Value] = []
    for value in values:
        found += (
            ev.list_members(value)
            if not isinstance(value, (Reference, ExternalName))
            else (reference_to(module, base),)
        )
    return merge_alternatives(found)


def _value_under(ev: Evaluator, display: Display, key: str) -> Values:
    if isinstance(display.origin.node, ast.DictComp):
        return ev.eval(display.origin.module, display.origin.node.value)
    found = [entry for entry in find_entries(ev, display, key) if isinstance(entry, DictEntry)]
    written = [value for entry in found for value in ev.eval(entry.origin.module, entry.value)]
    return merge_alternatives([*written, *_eval_stored(ev, display.origin, key)])


def _element_at(ev: Evaluator, spot: ModuleNode, step: PathStep) -> Values:
    module, node = spot.module, spot.node
    match node:
        case ast.Dict(keys=keys):
            own = [found for key in keys if key for found in ev.eval(module, key)]
            return merge_alternatives([*own, *merged_keys(ev, spot)])
        case ast.Call():
            return merged_keys(ev, spot)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            if isinstance(step, int) and step < len(elements):
                return ev.eval(module, elements[step])
            written = [value for element in elements for value in _eval_element(ev, module, element)]
            return merge_alternatives([*written, *(_eval_stored(ev, spot, None) if isinstance(node, ast.List) else ())])
        case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
            return ev.eval(module, element)
        case ast.DictComp(key=key):
            return ev.eval(module, key)
    return ()


def _eval_element(ev: Evaluator, module: Module, element: ast.expr) -> Values:
    if isinstance(element, ast.Starred):
        return merge_alternatives(
            [v for value in ev.eval(module, element.value) for v in ev.step_into(value, EACH_ELEMENT)]
        )
    return ev.eval(module, element)


def _eval_stored(ev: Evaluator, spot: ModuleNode, key: str | None) -> Values:
    """Return the values that statements elsewhere store in a dict under a key, or append to a list (key None)."""
    return merge_alternatives([v for node in stored_values(ev, spot, key) for v in ev.eval(spot.module, node)])
