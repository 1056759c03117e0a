"""Evaluate settings that code stores by name: the configuration of Flask, and variables of the environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis import attributes, names
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import (
    ClassValue,
    ModuleValue,
    StringValue,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import dotted_names

_STORING_CALLS = ("update", "from_mapping")
#: The last name of an expression that holds settings: ``current_app.config``, ``os.environ``.
_HOLDERS = ("config", "environ")


def eval_stored_setting(ev: Evaluator, owner: ast.expr, key: str) -> Values:
    """Return the strings that the program stores as ``app.config["KEY"]`` or ``os.environ["KEY"]``."""
    holder = "".join(dotted_names(owner)[-1:])
    if not key.isupper() or holder not in _HOLDERS:
        return ()
    return ev.memo.get_or_find(("stored setting", holder, key), _find_stored, ev, holder, key)


def _find_stored(ev: Evaluator, holder: str, key: str) -> Values:
    loaded = ev.project.loaded_modules()
    written = [
        value for module in loaded for node in _iter_stored(module, holder, key) for value in ev.eval(module, node)
    ]
    objects = [value for module in loaded for value in _eval_objects(ev, module, holder, key)]
    return merge_alternatives([value for value in (*written, *objects) if isinstance(value, StringValue)])


def _iter_stored(module: Module, holder: str, key: str) -> Iterator[ast.expr]:
    """Yield the expressions that a module stores under a key."""
    for constant in module.strings.get(key, ()):
        match module.parents.get(constant):
            case ast.Subscript(value=owner, ctx=ast.Store()) as target if _is_held(owner, holder):
                statement = module.parents.get(target)
                if isinstance(statement, ast.Assign):
                    yield statement.value
            case ast.Call(func=ast.Attribute(value=owner, attr="setdefault"), args=[_, value]) if _is_held(
                owner, holder
            ):
                yield value
            case ast.Dict(keys=keys, values=values) as given:
                if constant in keys and _is_stored(module, given, holder):
                    yield values[keys.index(constant)]
    for name in _STORING_CALLS:
        for call in module.calls.get(name, ()):
            if isinstance(call.func, ast.Attribute) and _is_held(call.func.value, holder):
                yield from (keyword.value for keyword in call.keywords if keyword.arg == key)


def _is_held(node: ast.expr, holder: str) -> bool:
    return dotted_names(node)[-1:] == (holder,)


def _is_stored(module: Module, node: ast.Dict, holder: str) -> bool:
    match module.parents.get(node):
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _STORING_CALLS:
            return _is_held(owner, holder)
    return False


def _eval_objects(ev: Evaluator, module: Module, holder: str, key: str) -> Iterator[Value]:
    """Yield what the classes and modules passed to ``config.from_object`` assign to a name."""
    for call in module.calls.get("from_object", ()):
        if isinstance(call.func, ast.Attribute) and _is_held(call.func.value, holder):
            for value in (value for node in call.args[:1] for value in ev.eval(module, node)):
                for source in _resolve_dotted(ev, module, value) if isinstance(value, StringValue) else (value,):
                    if isinstance(source, (ClassValue, ModuleValue)):
                        yield from attributes.eval_attribute_of(ev, source, key)


def _resolve_dotted(ev: Evaluator, module: Module, name: StringValue) -> Values:
    """Return the module, or the member of one, that a dotted name means."""
    dotted = name.known or ""
    home, _, member = dotted.rpartition(".")
    whole = ev.project.find_module(dotted, module) if dotted else None
    inner = ev.project.find_module(home, module) if home else None
    if whole is not None:
        return (ModuleValue(whole),)
    return names.eval_module_member(ev, inner, member) if inner is not None else ()
