"""Find the calls that send requests to URLs of the API, directly or through wrappers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.matching.urls import GAP, Url, api_url, markers_of
from migrator.python.analysis import attributes, classes, substitution
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Hole,
    Instance,
    Item,
    Lit,
    Made,
    Spot,
    Text,
    Value,
    Values,
    joined,
    one_of,
)
from migrator.python.call_graph.call_strings import Expansion, Sites, expansions
from migrator.python.call_graph.same_object import Frame
from migrator.python.recognition.url_text import shape_of
from migrator.python.source.syntax import keyword_value, path_names
from migrator.rules.table import Api

#: Arguments are followed through three callers: a method, its wrapper and a base class. Behind them a receiver is an
#: unknown object, and a body is reported as one that the caller builds.
_DEPTH = 3
#: ``request(method, url)`` and ``open(request, method, url)``: the URL is one of the first three arguments.
_URL_POSITIONS = 3
_BODIES = ("json", "data", "content", "body", "payload")
_ADDRESSES = ("url", "path", "endpoint", "uri")
_COMPOSE = ("format", "join", "urljoin", "partial", "strip", "rstrip", "lstrip", "replace", "encode", "get", "getenv")
_STAND_INS = frozenset({"responses", "respx", "httpretty", "pook", "vcr", "httpserver", "wiremock", "add_response"})
_TRANSPORT = ("requests", "httpx", "aiohttp", "urllib", "http.client", ".post(", ".request(")


@dataclass(frozen=True, slots=True)
class Request:
    """A call of a method of the API: the call itself, its URL, and the values of its body.

    In a `crossed` request, several methods and several bodies meet at one call.
    """

    spot: Spot
    method: str
    url: Url | None
    text: Text
    frames: tuple[Frame, ...]
    bodies: Values
    crossed: bool = False


def may_send(module: Module) -> bool:
    """Return whether a module mentions an HTTP library, so that it may send what it receives."""
    return any(word in module.source.text for word in _TRANSPORT)


def addresses(ev: Evaluator, module: Module, node: ast.expr) -> list[Text]:
    """Return the strings that an expression may evaluate to and that may be URLs."""
    return [value for value in ev.eval(module, node) if isinstance(value, Text) and _may_be_url(shape_of(value))]


def requests_in(ev: Evaluator, api: Api, sites: Sites, module: Module) -> Iterator[Request]:
    """Yield every call in a module that sends something to a URL of the API.

    Several methods and several bodies at one call are marked as crossed: nothing shows which of them belong together.
    """
    groups: dict[tuple[ast.AST, tuple[Spot, ...]], list[Request]] = {}
    for request in _requests_in(ev, api, sites, module):
        groups.setdefault((request.spot.node, tuple(site for _, site in request.frames)), []).append(request)
    for group in groups.values():
        crossed = len({r.method for r in group}) > 1 and len({b for r in group for b in r.bodies}) > 1
        yield from (replace(request, crossed=crossed) for request in group)


def _requests_in(ev: Evaluator, api: Api, sites: Sites, module: Module) -> Iterator[Request]:
    for node in module.nodes:
        if isinstance(node, ast.Call) and not _composes(node) and not _mocks(node):
            bases = base_urls(ev, sites, module, node)
            for argument in _candidates(node):
                for text in with_bases(ev, module, argument, bases):
                    for expansion in expansions(ev, sites, text, markers_of(api)):
                        shape = shape_of(expansion.text)
                        url = api_url(api, shape)
                        if url and url.whole and url.method:
                            method = shape[slice(*url.method)]
                            bodies = _bodies(ev, module, node, argument, expansion)
                            found = Request(Spot(module, node), method, url, expansion.text, expansion.frames, bodies)
                            yield from _with_callers(ev, sites, found)


def _with_callers(ev: Evaluator, sites: Sites, request: Request, depth: int = _DEPTH) -> Iterator[Request]:
    """Yield a request once for each caller that passes its body, or unchanged if the body is built where it is sent."""
    passed = next((body.parameter for body in request.bodies if isinstance(body, Item) and body.parameter), None)
    callers = sites.get(passed.scope.node, []) if passed and depth else []  # type: ignore[call-overload]  # a function's
    passing = [
        (frame, bodies)
        for frame in callers
        if (bodies := substitution.put_in(ev, request.bodies, (frame,))) != request.bodies
    ]
    for frame, bodies in passing:
        inner = replace(request, bodies=bodies, frames=(*request.frames, frame))
        yield from _with_callers(ev, sites, inner, depth - 1)
    if len(passing) < len(callers) or not callers:
        yield request


def base_urls(ev: Evaluator, sites: Sites, module: Module, call: ast.Call) -> list[Text]:
    """Return the base URLs of the client object on which a call is made."""
    if not isinstance(call.func, ast.Attribute):
        return []
    found: list[Text] = []
    for value in resolved(ev, sites, ev.eval(module, call.func.value)):
        if isinstance(value, Made):
            found += texts_of(substitution.put_in(ev, _base_given(ev, value.dotted, value.call), value.via))
        elif isinstance(value, Instance):
            found += texts_of(_base_of(ev, value))
    return found


def _base_given(ev: Evaluator, dotted: str, made: Spot) -> Values:
    """Return the base URL that is passed to the call which creates a client object."""
    call = made.node
    if not isinstance(call, ast.Call):
        return ()
    base = keyword_value(call, "base_url")
    if base is None and call.args and dotted.endswith("Session"):
        base = call.args[0]
    return ev.eval(made.module, base) if base is not None else ()


def _base_of(ev: Evaluator, instance: Instance) -> Values:
    """Return the base URL of an instance whose class derives from a client of an HTTP library."""
    lineage = classes.lineage(ev, instance.cls)
    outside = next((base.dotted for base in lineage if isinstance(base, External)), "")
    if not outside.endswith(("Client", "Session")):
        return ()
    found = attributes.known(ev, instance, "base_url")
    for cls in lineage:
        made = classes.method(ev, cls, "__init__") if isinstance(cls, Class) else None
        for node in made.module.own_nodes(made.node) if made else ():
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__")) if made:
                    given = _base_given(ev, outside, Spot(made.module, node))
                    found += substitution.with_arguments_of(ev, instance, given)
    return one_of(found)


def resolved(ev: Evaluator, sites: Sites, values: Values, depth: int = _DEPTH) -> Values:
    """Replace each parameter among the values by the arguments that callers pass for it."""
    return ev.memo.get_or_find(("resolved", values, depth), _resolved, ev, sites, values, depth)


def _resolved(ev: Evaluator, sites: Sites, values: Values, depth: int) -> Values:
    found: list[Value] = []
    for value in values:
        given = _decided(ev, sites, value) if depth and isinstance(value, Item) else []
        found += resolved(ev, sites, one_of(given), depth - 1) if given else [value]
    return one_of(found)


def _decided(ev: Evaluator, sites: Sites, item: Item) -> list[Value]:
    """Return the values of a parameter, from its callers, or of a field, from the calls that create its object."""
    root = item.root
    if item.parameter is not None:
        callers = sites.get(item.parameter.scope.node, ())  # type: ignore[call-overload]  # a function's scope
        return [
            v for frame in callers for v in substitution.substituted(ev, (item,), substitution.arguments(ev, *frame))
        ]
    if isinstance(root, Binding) and isinstance(root.node, ast.ClassDef) and (home := ev.home(root)):
        made = [Instance(Class(home, root.node), site) for site in ev.made.get(root.node, ())]
        given = [value for each in made for value in attributes.given_field(ev, each, item.path[0])]
        return [inner for value in given for inner in ev.walk(value, item.path[1:])]
    return []


def injected_sites(ev: Evaluator, module: Module, sites: Sites) -> None:
    """Add the calls of functions that a module receives as arguments, or as methods of an argument."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            handed = tuple(value for value in ev.eval(module, node.func) if isinstance(value, Item))
            for target in resolved(ev, sites, handed) if handed else ():
                if isinstance(target, Callable) and (target, Spot(module, node)) not in sites.get(target.node, ()):
                    sites.setdefault(target.node, []).append((target, Spot(module, node)))


def with_bases(ev: Evaluator, module: Module, argument: ast.expr, bases: list[Text]) -> list[Text]:
    """Return the URLs that an argument may be, behind each of the base URLs."""
    texts = texts_of(ev.eval(module, argument))
    if not bases:
        return [text for text in texts if _may_be_url(shape_of(text))]
    slash = Text((Lit("/"),))
    return [text if "://" in shape_of(text) else joined([base, slash, text]) for base in bases for text in texts]


def texts_of(values: Values) -> list[Text]:
    """Return the strings among the values, or, if there are none, the parameters that may be strings."""
    passed = [Text((Hole(value),)) for value in values if isinstance(value, Item) and value.parameter]
    return [value for value in values if isinstance(value, Text)] or passed


def _may_be_url(shape: str) -> bool:
    return shape.startswith(GAP) or "/" in shape


def _composes(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in _COMPOSE and not any(keyword.arg in _BODIES for keyword in node.keywords)


def _mocks(node: ast.Call) -> bool:
    """Return whether a call configures a stub of the server."""
    return any(name in _STAND_INS or "mock" in name.lower() for name in path_names(node))


def _candidates(node: ast.Call) -> list[ast.expr]:
    named = [keyword.value for keyword in node.keywords if keyword.arg in _ADDRESSES]
    return [*(argument for argument in node.args[:_URL_POSITIONS] if not isinstance(argument, ast.Starred)), *named]


def _bodies(ev: Evaluator, module: Module, node: ast.Call, address: ast.expr, expansion: Expansion) -> Values:
    """Return the values that a call may send as a body, with those that a spread dict contains."""
    found: list[Value] = []
    for keyword in node.keywords:
        if keyword.arg in _BODIES:
            found += ev.eval(module, keyword.value)
        elif keyword.arg is None:
            spread = substitution.put_in(ev, ev.eval(module, keyword.value), expansion.frames)
            found += [inner for value in spread for name in _BODIES for inner in ev.step(value, name)]
    if not found:
        others = [a for a in node.args if a is not address and not isinstance(a, (ast.Starred, ast.Constant))]
        found = [value for argument in others for value in ev.eval(module, argument)]
    return substitution.put_in(ev, tuple(value for value in found if _is_body(value)), expansion.frames)


def _is_body(value: Value) -> bool:
    """Return whether a value may be a body: a dict, a parameter, or a string that contains a JSON object."""
    if isinstance(value, Text):
        return (value.known or "").lstrip().startswith("{")
    return isinstance(value, Display) or (isinstance(value, Item) and value.parameter is not None)
