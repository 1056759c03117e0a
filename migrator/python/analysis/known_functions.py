"""Evaluate calls of modelled functions of Python and well-known libraries; others create an external object."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import attributes, classes, names, strings, substitution
from migrator.python.analysis.annotations import annotated
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Instance,
    Made,
    Many,
    Row,
    Spot,
    Text,
    Value,
    Values,
    one_of,
    opaque,
    place,
)
from migrator.python.source.syntax import keyword_value

#: Functions whose result is their first argument, or contains the same values.
_SAME = frozenset(
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
_READERS = frozenset(
    ["decode", "convert", "structure", "from_dict", "parse_obj_as", "parse_raw_as", "validate_python", "validate_json"]
)
#: Functions that read a setting and take its default as second argument.
_DEFAULTS = frozenset({"getenv", "get", "config", "env", "getattr"})


def result(ev: Evaluator, dotted: str, site: Spot) -> Values:
    """Return the alternatives for the result of calling an external name."""
    call, module = site.node, site.module
    assert isinstance(call, ast.Call)
    name = dotted.rpartition(".")[2]
    match name, call.args:
        case "getattr", [base, attr, *_] if found := _got(ev, module, base, attr):
            return found
        case "partial" | "partialmethod", [function, *_]:
            found = ev.eval(module, function)
            return tuple(Callable(v.module, v.node, v.bound, site) for v in found if isinstance(v, Callable))
        case "urljoin", [base, tail, *_]:
            return strings.url_joined(ev, module, base, tail)
        case "cast", [annotation, value]:
            return annotated(ev, module, annotation) or ev.eval(module, value)
        case "map", [function, collection, *_]:
            return _mapped(ev, module, function, collection)
        case "Depends" | "Security", [provider, *_]:
            return _provided(ev, module, provider)
        case "super", _:
            return _bases(ev, site)
        case "dict", _:
            return (Display(site),)
        case "copy" | "deepcopy", [first, *_]:
            values = ev.eval(module, first) or (opaque(module, call),)
            return tuple(replace(value, name=None) if isinstance(value, Display) else value for value in values)
        case "SimpleNamespace", _:
            return (_record(ev, [keyword.arg or "" for keyword in call.keywords], site),)
        case str(), [first, *_] if name in _SAME:
            return ev.eval(module, first) or (opaque(module, call),)
    if name in _READERS and (found := _read(ev, site)):
        return found
    if name in _DEFAULTS or dotted.startswith("os."):
        return _default(ev, call, site)
    return (_made(ev, dotted, site),)


def _got(ev: Evaluator, module: Module, base: ast.expr, attr: ast.expr) -> Values:
    """Return the alternatives for ``getattr(object, name)`` with a computed name."""
    texts = [text for text in ev.eval(module, attr) if isinstance(text, Text)]
    return one_of([v for o in ev.eval(module, base) for text in texts for v in attributes.attributes_like(ev, o, text)])


def _provided(ev: Evaluator, module: Module, provider: ast.expr) -> Values:
    """Return what a framework injects for a provider: the results of a function, or an instance of a class."""
    found: list[Value] = []
    for value in ev.eval(module, provider):
        if isinstance(value, Callable) and not isinstance(value.node, ast.Lambda):
            found += names.results(ev, value.module, value.node)
        elif isinstance(value, Class):
            found.append(Instance(value))
    return one_of(found)


def _mapped(ev: Evaluator, module: Module, function: ast.expr, collection: ast.expr) -> Values:
    """Return the result of ``map(function, collection)``, for a lambda or an item getter."""
    members = tuple(m for value in ev.eval(module, collection) for m in ev.step(value, EACH))
    found: list[Value] = []
    for value in ev.eval(module, function):
        if isinstance(value, Callable) and isinstance(value.node, ast.Lambda) and value.node.args.args:
            binding = value.module.scopes.inner[value.node].bindings[value.node.args.args[0].arg][0]
            found += substitution.substituted(ev, ev.eval(value.module, value.node.body), {binding: members})
        elif isinstance(value, Made) and is_getter(value):
            found += _found_by(ev, value, members)
    return (Many(one_of(found)),)


def _made(ev: Evaluator, dotted: str, site: Spot) -> Value:
    """Return a new external object; that of a client's factory has the client's class."""
    assert isinstance(site.node, ast.Call)
    owner, _, name = dotted.rpartition(".")
    for client in ev.clients:
        if name in client.factories and client.matches(owner):
            dotted = owner
    return Made(dotted, site, place(site.module, site.node))


def is_getter(value: Made) -> bool:
    """Return True if an object is an ``itemgetter`` or ``attrgetter``."""
    return value.dotted.endswith(("itemgetter", "attrgetter"))


def picked(ev: Evaluator, getter: Made, site: Spot) -> Values:
    """Return the result of ``itemgetter("a", "b")(object)`` and ``attrgetter`` likewise."""
    call = site.node
    return _found_by(ev, getter, ev.eval(site.module, call.args[0])) if isinstance(call, ast.Call) and call.args else ()


def _found_by(ev: Evaluator, getter: Made, holders: Values) -> Values:
    made = getter.call.node
    given = made.args if isinstance(made, ast.Call) else []
    keys = [argument.value for argument in given if isinstance(argument, ast.Constant)]
    by_name = getter.dotted.endswith("attrgetter")
    columns = tuple(
        one_of(
            [
                v
                for holder in holders
                for v in (attributes.attribute(ev, holder, str(key)) if by_name else ev.step(holder, key))
            ]
        )
        for key in keys
        if isinstance(key, (str, int))
    )
    return columns[0] if len(columns) == 1 else (Row(columns),)


def _read(ev: Evaluator, site: Spot) -> Values:
    """Return the instances that ``decode(text, type=Model)`` and its like create."""
    if not isinstance(site.node, ast.Call):  # an object that is known by its annotation
        return ()
    given = [*site.node.args, *(keyword.value for keyword in site.node.keywords)]
    found = one_of([value for argument in given for value in annotated(ev, site.module, argument)])
    return tuple(value for value in found if isinstance(value, Instance))


def record(ev: Evaluator, maker: Made, site: Spot) -> Values:
    """Return the record that calling the result of ``namedtuple("Name", "one other")`` creates."""
    match maker.call.node:
        case ast.Call(args=[_, ast.Constant(value=str(names)), *_]):
            return (_record(ev, names.replace(",", " ").split(), site),)
        case ast.Call(args=[_, ast.List(elts=names) | ast.Tuple(elts=names), *_]):
            return (_record(ev, [str(getattr(name, "value", "")) for name in names], site),)
    return ()


def _record(ev: Evaluator, names: list[str], site: Spot) -> Row:
    call = site.node
    assert isinstance(call, ast.Call)
    given = [*call.args[: len(names)], *(keyword_value(call, name) for name in names[len(call.args) :])]
    return Row(tuple(ev.eval(site.module, node) if node is not None else () for node in given), tuple(names))


def fallback(ev: Evaluator, site: Spot) -> Values:
    """Return the result of an unknown method: a decoded model, or the default of ``env.str("NAME", "https://...")``."""
    call = site.node
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _READERS:
        owners = [v.call for v in ev.eval(site.module, call.func.value) if isinstance(v, Made)]
        return one_of([value for spot in (site, *owners) for value in _read(ev, spot)])
    if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
        given = call.args[1] if len(call.args) == 2 else keyword_value(call, "default")
        found = ev.eval(site.module, given) if given is not None else ()
        return tuple(value for value in found if isinstance(value, Text) and "://" in (value.known or ""))
    return ()


def _default(ev: Evaluator, call: ast.Call, site: Spot) -> Values:
    """Return the default of a setting read from the environment, or a reference if it has none."""
    given = keyword_value(call, "default") or (call.args[1] if len(call.args) > 1 else None)
    found = ev.eval(site.module, given) if given is not None else ()
    return tuple(value for value in found if isinstance(value, Text)) or (opaque(site.module, call),)


def _bases(ev: Evaluator, site: Spot) -> Values:
    owner = site.module.enclosing(site.node, ast.ClassDef)
    if not isinstance(owner, ast.ClassDef):
        return ()
    found: list[Value] = []
    for base in classes.lineage(ev, Class(site.module, owner))[1:]:
        if isinstance(base, External):
            found.append(Made(base.dotted, site, opaque(site.module, owner.bases[0]).root))
        else:
            found.append(Instance(base))
    return tuple(found)
