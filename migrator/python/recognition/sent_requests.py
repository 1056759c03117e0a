"""Collect the requests that code sends, by URL or by a client, with their bodies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.matching.urls import redact_shape, version_of
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import (
    Display,
    LiteralPart,
    ModuleNode,
    Reference,
    StringValue,
    UnknownPart,
    Values,
)
from migrator.python.recognition.api_clients import describe_creation, find_client, is_defined_here, is_passed_on
from migrator.python.recognition.api_requests import UrlRequest, find_url_requests, resolve_parameters
from migrator.python.recognition.claims import EvidenceStrength, find_written_span
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.url_text import shape_of
from migrator.python.source.syntax import keyword_value, node_span

NameSpan = tuple[Module, int, int]


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request that the code sends.

    `calls` are the calls through which it passes, `name` is the span of the method's name, and `evidence` says why the
    request is one of the API. `url` are the nodes of the strings in its URL, and `sender` is
    the call that sends it.
    """

    spot: ModuleNode
    method: str
    calls: frozenset[ast.AST]
    bodies: Values
    strength: EvidenceStrength
    evidence: tuple[str, ...]
    name: NameSpan
    crossed: bool = False
    url: frozenset[ast.AST] = frozenset()
    sender: ModuleNode | None = None


@dataclass(frozen=True, slots=True)
class SentRequests:
    """Every request that the program sends."""

    requests: tuple[SentRequest, ...]

    @property
    def methods_by_call(self) -> dict[ast.AST, str]:
        """Return the methods of the requests, by the calls that send them."""
        return {node: request.method for request in self.requests for node in request.calls}


def find_sent_requests(context: SearchContext, graph: CallGraph, module: Module) -> Iterator[SentRequest]:
    """Yield every request that a module sends, by URL or by a client."""
    ev, sites = context.ev, graph.sites
    for request in find_url_requests(ev, context.words.api, sites, module):
        if request.url is None or request.url.legacy or not _is_known(context, request):
            continue
        seen = f"{request.method} is called at URL {redact_shape(request.url.shape)} ({request.spot})"
        way = [request.spot, *(site for _, site in request.frames)]
        calls = frozenset(node for at in way for node in (at.node, at.module.origins.get(at.node)) if node)
        spot = request.frames[-1][1] if request.frames else request.spot
        strength = context.hints.judge_url(request.url.trust, module)
        if strength is None:
            continue
        trail, name = (seen, *request.text.trail), _find_name_span(request, spot)
        parts = (part.origin for part in request.text.parts if isinstance(part, LiteralPart) and part.origin)
        url = frozenset(part.node for part in parts)
        sender = request.spot
        yield SentRequest(
            spot, request.method, calls, request.bodies, strength, trail, name, request.crossed, url, sender
        )
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for value in resolve_parameters(ev, sites, ev.eval(module, node.func.value)):
                known = find_client(ev, value)
                method = node.func.attr
                if known and not is_defined_here(ev, value, method) and not is_passed_on(ev, value, method):
                    body = keyword_value(node, known[0].body) if known[0].body else None
                    spot = ModuleNode(module, node)
                    bodies: Values = ev.eval(module, body) if body is not None else (Display(spot),)
                    seen = f"{node.func.attr} of client {known[1]}{describe_creation(value)}"
                    end = node_span(module.source, node.func)[1]
                    name = (module, end - len(node.func.attr), end)
                    yield SentRequest(
                        spot, node.func.attr, frozenset({node}), bodies, EvidenceStrength.STRONG, (seen,), name
                    )


def _is_known(context: SearchContext, request: UrlRequest) -> bool:
    """Return whether the version in the URL is unknown, or one of the chain."""
    version = version_of(shape_of(request.text), request.url) if request.url else None
    return version is None or version in context.words.known_versions


def _find_name_span(request: UrlRequest, spot: ModuleNode) -> NameSpan:
    """Return the span of the method's name, or that of the called function if the name is built at run time."""
    place = find_written_span(request.text, request.url.method) if request.url and request.url.method else None
    if place is not None:
        return place
    assert isinstance(spot.node, ast.Call)
    return spot.module, *node_span(spot.module.source, spot.node.func)


def find_texts_at(ev: Evaluator, request: SentRequest, path: tuple[str | None, ...]) -> list[StringValue]:
    """Return the strings at a path of the bodies, with the parameters that may be strings."""
    values = [value for body in request.bodies for value in ev.follow_path(body, path)]
    passed = [
        StringValue((UnknownPart(value),)) for value in values if isinstance(value, Reference) and value.parameter
    ]
    return [value for value in values if isinstance(value, StringValue)] + passed
