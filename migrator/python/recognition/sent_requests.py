"""The requests that code sends, by URL or by a client, with what is known of their bodies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.matching.urls import readable, shape_of, spoken
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Display, Hole, Item, Spot, Text, Values
from migrator.python.recognition.api_clients import client_of, defined_here, made_at
from migrator.python.recognition.api_requests import Request, requests_in, resolved
from migrator.python.recognition.claims import Strength, place_of
from migrator.python.recognition.search import Search
from migrator.python.source.syntax import keyword_value, span

Named = tuple[Module, int, int]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that the code sends: the calls on its way, what is known of its body, and why it is the API's."""

    spot: Spot
    method: str
    calls: frozenset[ast.AST]
    bodies: Values
    strength: Strength
    evidence: tuple[str, ...]
    name: Named
    crossed: bool = False


def sent_in(search: Search, module: Module) -> Iterator[Sent]:
    """Every request that a module sends, by URL or by a client."""
    ev, sites = search.ev, search.sites
    for request in requests_in(ev, search.words.api, sites, module):
        if request.url is None or request.url.legacy or not _is_known(search, request):
            continue
        seen = f"{request.method} is called by URL {readable(request.url.shape)} ({request.spot})"
        way = [request.spot, *(site for _, site in request.frames)]
        calls = frozenset(node for at in way for node in (at.node, at.module.origins.get(at.node)) if node)
        spot = request.frames[-1][1] if request.frames else request.spot
        strength = search.around.strength_of(request.url.trust, module)
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
                    seen = f"{node.func.attr} of the client {known[1]}{made_at(value)}"
                    end = span(module.source, node.func)[1]
                    name = (module, end - len(node.func.attr), end)
                    yield Sent(spot, node.func.attr, frozenset({node}), bodies, Strength.STRONG, (seen,), name)


def _is_known(search: Search, request: Request) -> bool:
    """Whether the version in the URL is one of the chain's, or not written there."""
    version = spoken(shape_of(request.text), request.url) if request.url else None
    return version is None or version in search.words.known


def _named(request: Request, spot: Spot) -> Named:
    """Where the name of the method is written; the called function where it is put together."""
    place = place_of(request.text, request.url.method) if request.url and request.url.method else None
    if place is not None:
        return place
    assert isinstance(spot.node, ast.Call)
    return spot.module, *span(spot.module.source, spot.node.func)


def texts_at(ev: Evaluator, request: Sent, path: tuple[str | None, ...]) -> list[Text]:
    """The strings that the bodies of a request hold at a path, those that callers pass with them."""
    values = [value for body in request.bodies for value in ev.walk(body, path)]
    passed = [Text((Hole(value),)) for value in values if isinstance(value, Item) and value.parameter]
    return [value for value in values if isinstance(value, Text)] + passed
