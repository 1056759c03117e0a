"""Find the calls that send requests to URLs of the API, directly or through wrappers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.matching.urls import GAP, ApiUrl, find_api_url, url_markers
from migrator.python.analysis import attributes, classes, substitution
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.values import (
    ClassValue,
    Display,
    ExternalName,
    ExternalObject,
    FunctionValue,
    Instance,
    LiteralPart,
    ModuleNode,
    Reference,
    StringValue,
    UnknownPart,
    Value,
    Values,
    concatenate,
    merge_alternatives,
)
from migrator.python.call_graph.call_strings import Expansion, SitesByFunction, expand_string
from migrator.python.call_graph.same_object import Frame
from migrator.python.recognition.url_text import shape_of
from migrator.python.source.syntax import dotted_names, keyword_value
from migrator.rules.table import Api

#: Arguments are followed through three callers: a method, its wrapper and a base class. Behind them a receiver is an
#: unknown object, and a body is reported as one that the caller builds.
_DEPTH = 3
#: ``request(method, url)`` and ``open(request, method, url)``: the URL is one of the first three arguments.
_URL_POSITIONS = 3
_BODIES = ("json", "data", "content", "body", "payload")
_ADDRESSES = ("url", "path", "endpoint", "uri")
_COMPOSING_CALLS = (
    "format",
    "join",
    "urljoin",
    "partial",
    "strip",
    "rstrip",
    "lstrip",
    "replace",
    "encode",
    "get",
    "getenv",
)
_STUB_LIBRARIES = frozenset(
    {"responses", "respx", "httpretty", "pook", "vcr", "httpserver", "wiremock", "add_response"}
)
#: Connections to a host (`http.client`, `urllib3`): the path is an argument of each request.
_CONNECTIONS = ("HTTPConnection", "HTTPSConnection", "HTTPConnectionPool", "HTTPSConnectionPool")
_SCHEME = StringValue((LiteralPart("https://"),))
_TRANSPORT = ("requests", "httpx", "aiohttp", "urllib", "http.client", ".post(", ".request(")


@dataclass(frozen=True, slots=True)
class UrlRequest:
    """A call of a method of the API: the call itself, its URL, and the values of its body.

    In a `crossed` request, several methods and several bodies meet at one call.
    """

    spot: ModuleNode
    method: str
    url: ApiUrl | None
    text: StringValue
    frames: tuple[Frame, ...]
    bodies: Values
    crossed: bool = False


def may_send(module: Module) -> bool:
    """Return whether a module mentions an HTTP library, so that it may send what it receives."""
    return any(word in module.source.text for word in _TRANSPORT)


def find_urls_in(ev: Evaluator, module: Module, node: ast.expr) -> list[StringValue]:
    """Return the strings that an expression may evaluate to and that may be URLs."""
    return [value for value in ev.eval(module, node) if isinstance(value, StringValue) and _may_be_url(shape_of(value))]


def find_url_requests(ev: Evaluator, api: Api, sites: SitesByFunction, module: Module) -> Iterator[UrlRequest]:
    """Yield every call in a module that sends something to a URL of the API.

    Several methods and several bodies at one call are marked as crossed: nothing shows which of them belong together.
    """
    groups: dict[tuple[ast.AST, tuple[ModuleNode, ...]], list[UrlRequest]] = {}
    for request in _find_url_requests(ev, api, sites, module):
        groups.setdefault((request.spot.node, tuple(site for _, site in request.frames)), []).append(request)
    for group in groups.values():
        crossed = len({r.method for r in group}) > 1 and len({b for r in group for b in r.bodies}) > 1
        yield from (replace(request, crossed=crossed) for request in group)


def _find_url_requests(ev: Evaluator, api: Api, sites: SitesByFunction, module: Module) -> Iterator[UrlRequest]:
    for node in module.nodes:
        if isinstance(node, ast.Call) and not _is_composition(node) and not _configures_stub(node):
            bases = find_base_urls(ev, sites, module, node)
            for argument in _url_arguments(node):
                for text in join_base_urls(ev, module, argument, bases):
                    for expansion in expand_string(ev, sites, text, url_markers(api)):
                        shape = shape_of(expansion.text)
                        url = find_api_url(api, shape)
                        if url and url.whole and url.method:
                            method = shape[slice(*url.method)]
                            bodies = _find_bodies(ev, module, node, argument, expansion)
                            found = UrlRequest(
                                ModuleNode(module, node), method, url, expansion.text, expansion.frames, bodies
                            )
                            yield from _expand_callers(ev, sites, found)


def _expand_callers(
    ev: Evaluator, sites: SitesByFunction, request: UrlRequest, depth: int = _DEPTH
) -> Iterator[UrlRequest]:
    """Yield a request once for each caller that passes its body, or unchanged if the body is built where it is sent."""
    passed = next((body.parameter for body in request.bodies if isinstance(body, Reference) and body.parameter), None)
    callers = sites.get(passed.scope.node, []) if passed and depth else []  # type: ignore[call-overload]  # a function's
    passing = [
        (frame, bodies)
        for frame in callers
        if (bodies := substitution.substitute_frames(ev, request.bodies, (frame,))) != request.bodies
    ]
    for frame, bodies in passing:
        inner = replace(request, bodies=bodies, frames=(*request.frames, frame))
        yield from _expand_callers(ev, sites, inner, depth - 1)
    if len(passing) < len(callers) or not callers:
        yield request


def find_base_urls(ev: Evaluator, sites: SitesByFunction, module: Module, call: ast.Call) -> list[StringValue]:
    """Return the base URLs of the client object on which a call is made."""
    if not isinstance(call.func, ast.Attribute):
        return []
    found: list[StringValue] = []
    for value in resolve_parameters(ev, sites, ev.eval(module, call.func.value)):
        if isinstance(value, ExternalObject):
            found += find_texts(
                substitution.substitute_frames(ev, _find_base_argument(ev, value.dotted, value.call), value.via)
            )
        elif isinstance(value, Instance):
            found += find_texts(_find_inherited_base(ev, value))
    return found


def _find_base_argument(ev: Evaluator, dotted: str, made: ModuleNode) -> Values:
    """Return the base URL that is passed to the call which creates a client object."""
    call = made.node
    if not isinstance(call, ast.Call):
        return ()
    if dotted.rpartition(".")[2] in _CONNECTIONS:
        host = keyword_value(call, "host") or next(iter(call.args), None)
        hosts = ev.eval(made.module, host) if host is not None else ()
        return tuple(concatenate([_SCHEME, text]) for text in find_texts(hosts))
    base = keyword_value(call, "base_url")
    if base is None and call.args and dotted.endswith("Session"):
        base = call.args[0]
    return ev.eval(made.module, base) if base is not None else ()


def _find_inherited_base(ev: Evaluator, instance: Instance) -> Values:
    """Return the base URL of an instance whose class derives from a client of an HTTP library."""
    lineage = classes.resolve_lineage(ev, instance.cls)
    outside = next((base.dotted for base in lineage if isinstance(base, ExternalName)), "")
    if not outside.endswith(("Client", "Session")):
        return ()
    found = attributes.eval_instance_attribute(ev, instance, "base_url")
    for cls in lineage:
        made = classes.find_method(ev, cls, "__init__") if isinstance(cls, ClassValue) else None
        for node in made.module.own_nodes(made.node) if made else ():
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__")) if made:
                    given = _find_base_argument(ev, outside, ModuleNode(made.module, node))
                    found += substitution.substitute_constructor(ev, instance, given)
    return merge_alternatives(found)


def resolve_parameters(ev: Evaluator, sites: SitesByFunction, values: Values, depth: int = _DEPTH) -> Values:
    """Replace each parameter among the values by the arguments that callers pass for it."""
    return ev.memo.get_or_find(("resolved", values, depth), _resolve_parameters, ev, sites, values, depth)


def _resolve_parameters(ev: Evaluator, sites: SitesByFunction, values: Values, depth: int) -> Values:
    found: list[Value] = []
    for value in values:
        given = _find_passed_values(ev, sites, value) if depth and isinstance(value, Reference) else []
        found += resolve_parameters(ev, sites, merge_alternatives(given), depth - 1) if given else [value]
    return merge_alternatives(found)


def _find_passed_values(ev: Evaluator, sites: SitesByFunction, item: Reference) -> list[Value]:
    """Return the values of a parameter, from its callers, or of a field, from the calls that create its object."""
    root = item.root
    if item.parameter is not None:
        callers = sites.get(item.parameter.scope.node, ())  # type: ignore[call-overload]  # a function's scope
        return [
            v
            for frame in callers
            for v in substitution.substitute_arguments(ev, (item,), substitution.match_arguments(ev, *frame))
        ]
    if isinstance(root, Binding) and isinstance(root.node, ast.ClassDef) and (home := ev.module_of(root)):
        made = [Instance(ClassValue(home, root.node), site) for site in ev.constructor_calls.get(root.node, ())]
        given = [value for each in made for value in attributes.eval_passed_field(ev, each, item.path[0])]
        return [inner for value in given for inner in ev.follow_path(value, item.path[1:])]
    return []


def add_injected_sites(ev: Evaluator, module: Module, sites: SitesByFunction) -> None:
    """Add the calls of functions that a module receives as arguments, or as methods of an argument."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            handed = tuple(value for value in ev.eval(module, node.func) if isinstance(value, Reference))
            for target in resolve_parameters(ev, sites, handed) if handed else ():
                if isinstance(target, FunctionValue) and (target, ModuleNode(module, node)) not in sites.get(
                    target.node, ()
                ):
                    sites.setdefault(target.node, []).append((target, ModuleNode(module, node)))


def join_base_urls(ev: Evaluator, module: Module, argument: ast.expr, bases: list[StringValue]) -> list[StringValue]:
    """Return the URLs that an argument may be, behind each of the base URLs."""
    texts = find_texts(ev.eval(module, argument))
    if not bases:
        return [text for text in texts if _may_be_url(shape_of(text))]
    slash = StringValue((LiteralPart("/"),))
    return [text if "://" in shape_of(text) else concatenate([base, slash, text]) for base in bases for text in texts]


def find_texts(values: Values) -> list[StringValue]:
    """Return the strings among the values, or, if there are none, the parameters that may be strings."""
    passed = [
        StringValue((UnknownPart(value),)) for value in values if isinstance(value, Reference) and value.parameter
    ]
    return [value for value in values if isinstance(value, StringValue)] or passed


def _may_be_url(shape: str) -> bool:
    return shape.startswith(GAP) or "/" in shape


def _is_composition(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in _COMPOSING_CALLS and not any(keyword.arg in _BODIES for keyword in node.keywords)


def _configures_stub(node: ast.Call) -> bool:
    """Return whether a call configures a stub of the server."""
    return any(name in _STUB_LIBRARIES or "mock" in name.lower() for name in dotted_names(node))


def _url_arguments(node: ast.Call) -> list[ast.expr]:
    named = [keyword.value for keyword in node.keywords if keyword.arg in _ADDRESSES]
    return [*(argument for argument in node.args[:_URL_POSITIONS] if not isinstance(argument, ast.Starred)), *named]


def _find_bodies(ev: Evaluator, module: Module, node: ast.Call, address: ast.expr, expansion: Expansion) -> Values:
    """Return the values that a call may send as a body, with those that a spread dict contains."""
    found: list[Value] = []
    for keyword in node.keywords:
        if keyword.arg in _BODIES:
            found += ev.eval(module, keyword.value)
        elif keyword.arg is None:
            spread = substitution.substitute_frames(ev, ev.eval(module, keyword.value), expansion.frames)
            found += [inner for value in spread for name in _BODIES for inner in ev.step_into(value, name)]
    if not found:
        others = [a for a in node.args if a is not address and not isinstance(a, (ast.Starred, ast.Constant))]
        found = [value for argument in others for value in ev.eval(module, argument)]
    return substitution.substitute_frames(ev, tuple(value for value in found if _is_body(value)), expansion.frames)


def _is_body(value: Value) -> bool:
    """Return whether a value may be a body: a dict, a parameter, or a string that contains a JSON object."""
    if isinstance(value, StringValue):
        return (value.known or "").lstrip().startswith("{")
    return isinstance(value, Display) or (isinstance(value, Reference) and value.parameter is not None)
