"""Evaluate the options of command lines: what argparse, optparse and click put into a namespace or a parameter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, PathStep
from migrator.python.analysis.values import (
    ANY_ELEMENT,
    CollectionValue,
    FunctionValue,
    Reference,
    SourceExpr,
    StringValue,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import DEFINITIONS, dotted_names, keyword_value

_PARSERS = ("parse_args", "parse_known_args", "parse_intermixed_args")
_PARSED = re.compile(r"\.parse_(?:known_|intermixed_)?args\(")
_DECLARATIONS = ("add_argument", "add_option")
#: An option that is a list of what the command line gives.
_MANY = ("*", "+")


def eval_parsed_option(ev: Evaluator, namespace: Reference, name: PathStep) -> Values:
    """Return the choices and defaults of ``args.name``, if `namespace` is what a parser returned; else nothing."""
    home = _find_parsing_module(ev, namespace) if isinstance(name, str) else None
    if home is None or not isinstance(name, str):
        return ()
    declared = [home, *(other for other in ev.project.imported_modules(home) if _declares_options(other))]
    return merge_alternatives([value for module in declared for value in _eval_option(ev, module, name)])


def _find_parsing_module(ev: Evaluator, namespace: Reference) -> Module | None:
    """Return the module that calls ``parse_args`` for a namespace, or for the first of the pair that is returned."""
    root = namespace.root
    if namespace.path not in ((), (ANY_ELEMENT,)):
        return None
    if isinstance(root, SourceExpr):
        called = _PARSED.search(root.text) is not None and root.text.endswith(")")
        loaded = ev.project.loaded_modules() if called else []
        return next((module for module in loaded if module.path == root.module), None)
    match root.value:
        case ast.Call(func=ast.Attribute(attr=name)) if name in _PARSERS:
            return ev.module_of(root)
    return None


def _declares_options(module: Module) -> bool:
    return any(name in module.calls for name in _DECLARATIONS)


def _eval_option(ev: Evaluator, module: Module, name: str) -> Iterator[Value]:
    for call in (call for declaring in _DECLARATIONS for call in module.calls.get(declaring, ())):
        if _read_destination(call) == name:
            yield from _eval_declaration(ev, module, call)
    for call in module.calls.get("set_defaults", ()):
        given = keyword_value(call, name)
        for value in ev.eval(module, given) if given is not None else ():
            if isinstance(value, (StringValue, FunctionValue)):
                yield value


def _eval_declaration(ev: Evaluator, module: Module, call: ast.Call) -> Values:
    """Return the strings among the choices and the default of one option, as a collection if it takes many."""
    listed = [given for name in ("choices", "type") if (given := keyword_value(call, name)) is not None]
    wrapped = [node.args[0] if isinstance(node, ast.Call) and node.args else node for node in listed]
    found = [value for node in wrapped for whole in ev.eval(module, node) for value in ev.list_members(whole)]
    default = keyword_value(call, "default")
    for value in ev.eval(module, default) if default is not None else ():
        found += [value] if isinstance(value, StringValue) else ev.list_members(value)
    texts = merge_alternatives([value for value in found if isinstance(value, StringValue)])
    return (CollectionValue(texts),) if texts and _takes_many(call) else texts


def _takes_many(call: ast.Call) -> bool:
    given = {keyword.arg: getattr(keyword.value, "value", None) for keyword in call.keywords}
    many = given.get("nargs") in _MANY or isinstance(given.get("nargs"), int)
    return many or given.get("action") in ("append", "extend") or bool(given.get("multiple"))


def _read_destination(call: ast.Call) -> str | None:
    """Return the name under which an option is stored: `dest`, or the first long name, or the first name at all."""
    dest = keyword_value(call, "dest")
    if isinstance(dest, ast.Constant):
        return str(dest.value)
    names = [node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    plain = [name for name in names if name.isidentifier()]
    chosen = next((name for name in (*plain, *(n for n in names if n.startswith("--")), *names)), None)
    return chosen.lstrip("-").replace("-", "_") if chosen is not None else None


def eval_click_parameter(ev: Evaluator, parameter: Binding) -> Values:
    """Return the choices and the default of the option of click that a parameter of a command receives."""
    function, module = parameter.scope.node, ev.module_of(parameter)
    if module is None or not isinstance(function, DEFINITIONS):
        return ()
    found: list[Value] = []
    for decorator in function.decorator_list:
        declares = isinstance(decorator, ast.Call) and dotted_names(decorator)[-1:] in (("option",), ("argument",))
        if isinstance(decorator, ast.Call) and declares and _read_destination(decorator) == parameter.name:
            found += _eval_declaration(ev, module, decorator)
    return merge_alternatives(found)
