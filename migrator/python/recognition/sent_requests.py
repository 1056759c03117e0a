"""Collect the requests that code sends, by URL or by a client, with their bodies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.matching.urls import readable, spoken
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Display, Hole, Item, Spot, Text, Values
from migrator.python.recognition.api_clients import client_of, defined_here, made_at
from migrator.python.recognition.api_requests import Request, requests_in, resolved
from migrator.python.recognition.claims import Strength, place_of
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.url_text import shape_of
from migrator.python.source.syntax import keyword_value, span

Named = tuple[Module, int, int]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that the code sends.

    `calls` are the calls through which it passes, `name` is the span of the method's name, and `evidence` says why the
    request is one of the API.
    """

    spot: Spot
    method: str
    calls: frozenset[ast.AST]
    bodies: Values
    strength: Strength
    evidence: tuple[str, ...]
    name: Named
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class SentRequests:
    """Every request that the program sends."""

    requests: tuple[Sent, ...]

    @property
    def fetched(self) -> dict[ast.AST, str]:
        """Return the methods of the requests, by the calls that send them."""
        return {node: request.method for request in self.requests for node in request.calls}


def sent_in(context: SearchContext, graph: CallGraph, module: Module) -> Iterator[Sent]:
    """Yield every request that a module sends, by URL or by a client."""
    ev, sites = context.ev, graph.sites
    for request in requests_in(ev, context.words.api, sites, module):
        if request.url is None or request.url.legacy or not _is_known(context, request):
            continue
        seen = f"{request.method} is called at URL {readable(request.url.shape)} ({request.spot})"
        way = [request.spot, *(site for _, site in request.frames)]
        calls = frozenset(node for at in way for node in (at.node, at.module.origins.get(at.node)) if node)
        spot = request.frames[-1][1] if request.frames else request.spot
        strength = context.around.strength_of(request.url.trust, module)
        if strength is None:
            continue
        trail, name = (seen, *request.text.trail), _named(request, spot)
        yield Sent(spot, request.method, calls, request.bodies, strength, trail, name, request.crossed)
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for value in resolved(ev, sites, ev.eval(module, node.func.value)):
                known = client_of(ev, value)
                if known and not defined_here(ev, value, node.func.attr):
                    body = keyword_value(node, known[0].body) if known[0].body else None
                    spot = Spot(module, node)
                    bodies: Values = ev.eval(module, body) if body is not None else (Display(spot),)
                    seen = f"{node.func.attr} of client {known[1]}{made_at(value)}"
                    end = span(module.source, node.func)[1]
                    name = (module, end - len(node.func.attr), end)
                    yield Sent(spot, node.func.attr, frozenset({node}), bodies, Strength.STRONG, (seen,), name)


def _is_known(context: SearchContext, request: Request) -> bool:
    """Return whether the version in the URL is unknown, or one of the chain."""
    version = spoken(shape_of(request.text), request.url) if request.url else None
    return version is None or version in context.words.known


def _named(request: Request, spot: Spot) -> Named:
    """Return the span of the method's name, or that of the called function if the name is built at run time."""
    place = place_of(request.text, request.url.method) if request.url and request.url.method else None
    if place is not None:
        return place
    assert isinstance(spot.node, ast.Call)
    return spot.module, *span(spot.module.source, spot.node.func)


def texts_at(ev: Evaluator, request: Sent, path: tuple[str | None, ...]) -> list[Text]:
    """Return the strings at a path of the bodies, with the parameters that may be strings."""
    values = [value for body in request.bodies for value in ev.walk(body, path)]
    passed = [Text((Hole(value),)) for value in values if isinstance(value, Item) and value.parameter]
    return [value for value in values if isinstance(value, Text)] + passed
