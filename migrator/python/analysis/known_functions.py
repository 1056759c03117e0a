"""Evaluate calls of modelled functions of Python and well-known libraries; others create an external object."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import attributes, classes, names, strings, substitution
from migrator.python.analysis.annotations import eval_annotation
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.configured_settings import eval_read_variable
from migrator.python.analysis.libraries.declared_defaults import eval_declared_default
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import read_import_call
from migrator.python.analysis.scopes import EACH_ELEMENT
from migrator.python.analysis.values import (
    ClassValue,
    CollectionValue,
    Display,
    ExternalName,
    ExternalObject,
    FunctionValue,
    Instance,
    ModuleNode,
    ModuleValue,
    RecordValue,
    StringValue,
    Value,
    Values,
    merge_alternatives,
    reference_to,
    source_expr,
)
from migrator.python.source.syntax import keyword_value

#: Functions whose result is their first argument, or contains the same values.
_IDENTITY_FUNCTIONS = frozenset(
    [
        "str",
        "list",
        "tuple",
        "set",
        "frozenset",
        "sorted",
        "reversed",
        "iter",
        "next",
        "dumps",
        "closing",
        "aclosing",
        "run",
        "wait_for",
        "shield",
        "quote",
        "nullcontext",
        "enter_context",
        "URL",
        "furl",
        "MappingProxyType",
        "AnyUrl",
        "HttpUrl",
    ]
)
#: Functions that create an instance of a model that is passed to them, or to the decoder that they are methods of.
_DECODERS = frozenset(
    ["decode", "convert", "structure", "from_dict", "parse_obj_as", "parse_raw_as", "validate_python", "validate_json"]
)
#: Functions that read a setting and take its default as second argument.
_SETTING_READERS = frozenset({"getenv", "get", "config", "env", "getattr"})


def eval_external_call(ev: Evaluator, dotted: str, site: ModuleNode) -> Values:
    """Return the alternatives for the result of calling an external name."""
    call, module = site.node, site.module
    assert isinstance(call, ast.Call)
    name = dotted.rpartition(".")[2]
    match name, call.args:
        case "getattr", [base, attr, *_] if found := _eval_getattr(ev, module, base, attr):
            return found
        case "import_module" | "__import__", [_, *_] if found := _eval_import_call(ev, site):
            return found
        case "partial" | "partialmethod", [function, *_]:
            found = ev.eval(module, function)
            return tuple(FunctionValue(v.module, v.node, v.bound, site) for v in found if isinstance(v, FunctionValue))
        case "urljoin", [base, tail, *_]:
            return strings.eval_urljoin(ev, module, base, tail)
        case "cast", [annotation, value]:
            return eval_annotation(ev, module, annotation) or ev.eval(module, value)
        case "map", [function, collection, *_]:
            return _eval_map(ev, module, function, collection)
        case "Depends" | "Security", [provider, *_]:
            return _eval_provided(ev, module, provider)
        case "super", _:
            return _eval_super(ev, site)
        case "dict", _:
            return (Display(site),)
        case "copy" | "deepcopy", [first, *_]:
            values = ev.eval(module, first) or (reference_to(module, call),)
            return tuple(replace(value, name=None) if isinstance(value, Display) else value for value in values)
        case "SimpleNamespace", _:
            return (_make_record(ev, [keyword.arg or "" for keyword in call.keywords], site),)
        case str(), [first, *_] if name in _IDENTITY_FUNCTIONS:
            return ev.eval(module, first) or (reference_to(module, call),)
    if name in _DECODERS and (found := _eval_decoded(ev, site)):
        return found
    if found := eval_declared_default(ev, dotted, site):
        return found
    if name in _SETTING_READERS or dotted.startswith("os."):
        return _eval_setting(ev, call, site)
    return (_make_object(ev, dotted, site),)


def _eval_import_call(ev: Evaluator, site: ModuleNode) -> Values:
    """Return the module that ``import_module("package.module")`` returns; ``__import__`` returns the package."""
    assert isinstance(site.node, ast.Call)
    named = read_import_call(site.node)
    if named is None:
        return ()
    is_builtin = isinstance(site.node.func, ast.Name) and site.node.func.id == "__import__"
    dotted = named[0].partition(".")[0] if is_builtin and not keyword_value(site.node, "fromlist") else named[0]
    found = ev.project.find_module(dotted, site.module, named[1])
    return (ModuleValue(found),) if found is not None else ()


def _eval_getattr(ev: Evaluator, module: Module, base: ast.expr, attr: ast.expr) -> Values:
    """Return the alternatives for ``getattr(object, name)`` with a computed name."""
    texts = [text for text in ev.eval(module, attr) if isinstance(text, StringValue)]
    return merge_alternatives(
        [v for o in ev.eval(module, base) for text in texts for v in attributes.eval_getattr(ev, o, text)]
    )


def _eval_provided(ev: Evaluator, module: Module, provider: ast.expr) -> Values:
    """Return what a framework injects for a provider: the results of a function, or an instance of a class."""
    found: list[Value] = []
    for value in ev.eval(module, provider):
        if isinstance(value, FunctionValue) and not isinstance(value.node, ast.Lambda):
            found += names.eval_results(ev, value.module, value.node)
        elif isinstance(value, ClassValue):
            found.append(Instance(value))
    return merge_alternatives(found)


def _eval_map(ev: Evaluator, module: Module, function: ast.expr, collection: ast.expr) -> Values:
    """Return the result of ``map(function, collection)``, for a lambda or an item getter."""
    members = tuple(m for value in ev.eval(module, collection) for m in ev.step_into(value, EACH_ELEMENT))
    found: list[Value] = []
    for value in ev.eval(module, function):
        if isinstance(value, FunctionValue) and isinstance(value.node, ast.Lambda) and value.node.args.args:
            binding = value.module.scopes.inner[value.node].bindings[value.node.args.args[0].arg][0]
            found += substitution.substitute_arguments(ev, ev.eval(value.module, value.node.body), {binding: members})
        elif isinstance(value, ExternalObject) and is_getter(value):
            found += _apply_getter(ev, value, members)
    return (CollectionValue(merge_alternatives(found)),)


def _make_object(ev: Evaluator, dotted: str, site: ModuleNode) -> Value:
    """Return a new external object; that of a client's factory has the client's class."""
    assert isinstance(site.node, ast.Call)
    owner, _, name = dotted.rpartition(".")
    for client in ev.clients:
        if name in client.factories and client.matches(owner):
            dotted = owner
    return ExternalObject(dotted, site, source_expr(site.module, site.node))


def is_getter(value: ExternalObject) -> bool:
    """Return True if an object is an ``itemgetter`` or ``attrgetter``."""
    return value.dotted.endswith(("itemgetter", "attrgetter"))


def eval_getter_call(ev: Evaluator, getter: ExternalObject, site: ModuleNode) -> Values:
    """Return the result of ``itemgetter("a", "b")(object)`` and ``attrgetter`` likewise."""
    call = site.node
    return (
        _apply_getter(ev, getter, ev.eval(site.module, call.args[0]))
        if isinstance(call, ast.Call) and call.args
        else ()
    )


def _apply_getter(ev: Evaluator, getter: ExternalObject, holders: Values) -> Values:
    made = getter.call.node
    given = made.args if isinstance(made, ast.Call) else []
    keys = [argument.value for argument in given if isinstance(argument, ast.Constant)]
    by_name = getter.dotted.endswith("attrgetter")
    columns = tuple(
        merge_alternatives(
            [
                v
                for holder in holders
                for v in (attributes.eval_attribute_of(ev, holder, str(key)) if by_name else ev.step_into(holder, key))
            ]
        )
        for key in keys
        if isinstance(key, (str, int))
    )
    return columns[0] if len(columns) == 1 else (RecordValue(columns),)


def _eval_decoded(ev: Evaluator, site: ModuleNode) -> Values:
    """Return the instances that ``decode(text, type=Model)`` and its like create."""
    if not isinstance(site.node, ast.Call):  # an object that is known by its annotation
        return ()
    given = [*site.node.args, *(keyword.value for keyword in site.node.keywords)]
    found = merge_alternatives([value for argument in given for value in eval_annotation(ev, site.module, argument)])
    return tuple(value for value in found if isinstance(value, Instance))


def eval_namedtuple_call(ev: Evaluator, maker: ExternalObject, site: ModuleNode) -> Values:
    """Return the record that calling the result of ``namedtuple("Name", "one other")`` creates."""
    match maker.call.node:
        case ast.Call(args=[_, ast.Constant(value=str(names)), *_]):
            return (_make_record(ev, names.replace(",", " ").split(), site),)
        case ast.Call(args=[_, ast.List(elts=names) | ast.Tuple(elts=names), *_]):
            return (_make_record(ev, [str(getattr(name, "value", "")) for name in names], site),)
    return ()


def _make_record(ev: Evaluator, names: list[str], site: ModuleNode) -> RecordValue:
    call = site.node
    assert isinstance(call, ast.Call)
    given = [*call.args[: len(names)], *(keyword_value(call, name) for name in names[len(call.args) :])]
    return RecordValue(tuple(ev.eval(site.module, node) if node is not None else () for node in given), tuple(names))


def eval_unknown_method(ev: Evaluator, site: ModuleNode) -> Values:
    """Return the result of an unknown method: a decoded model, or the default of ``env.str("NAME", "https://...")``."""
    call = site.node
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _DECODERS:
        owners = [v.call for v in ev.eval(site.module, call.func.value) if isinstance(v, ExternalObject)]
        return merge_alternatives([value for spot in (site, *owners) for value in _eval_decoded(ev, spot)])
    if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
        given = call.args[1] if len(call.args) == 2 else keyword_value(call, "default")
        found = ev.eval(site.module, given) if given is not None else ()
        return tuple(value for value in found if isinstance(value, StringValue) and "://" in (value.known or ""))
    return ()


def _eval_setting(ev: Evaluator, call: ast.Call, site: ModuleNode) -> Values:
    """Return the default of a setting read from the environment, or a reference if it has none."""
    given = keyword_value(call, "default") or (call.args[1] if len(call.args) > 1 else None)
    found = (*eval_read_variable(ev, site), *(ev.eval(site.module, given) if given is not None else ()))
    return tuple(value for value in found if isinstance(value, StringValue)) or (reference_to(site.module, call),)


def _eval_super(ev: Evaluator, site: ModuleNode) -> Values:
    owner = site.module.enclosing_node(site.node, ast.ClassDef)
    if not isinstance(owner, ast.ClassDef):
        return ()
    found: list[Value] = []
    for base in classes.resolve_lineage(ev, ClassValue(site.module, owner))[1:]:
        if isinstance(base, ExternalName):
            found.append(ExternalObject(base.dotted, site, reference_to(site.module, owner.bases[0]).root))
        else:
            found.append(Instance(base))
    return tuple(found)
