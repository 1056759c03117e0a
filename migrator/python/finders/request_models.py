"""Find changed keys in bodies that are not written as one dict: in models that are dumped, and inside of a wrapper."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis.data_models import find_field_uses, find_model_bodies
from migrator.python.analysis.dicts.dict_entries import DictEntry, find_added_entries, find_entries
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Display, ModuleNode
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.key_reads import find_key_span
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests
from migrator.python.source.syntax import node_span
from migrator.rules.rule import Kind, Rule

_BODIES = ("json", "data", "content", "body", "payload")


def find_request_models(isolation: FailureIsolation, context: SearchContext, sent: SentRequests) -> ClaimSet:
    """Claim, as manual, the changed keys of requests that a model declares or that a wrapper contains."""
    finder = ModelledRequestFinder(context)
    isolation.for_each_request(sent.requests, finder.find_in_request)
    return finder.claims


class ModelledRequestFinder:
    """Claims the keys of requests in models and wrappers."""

    def __init__(self, context: SearchContext) -> None:
        self.context, self.ev, self.words = context, context.ev, context.words
        self.claims = ClaimSet()

    def find_in_request(self, request: SentRequest) -> None:
        """Claim the changed keys of one request."""
        for rule, path in self.words.rows_for_request(request.method, Kind.REMOVE_KEY, Kind.RENAME_KEY):
            if rule.active:
                for _, wrapper in self.words.rows_for_request(request.method, Kind.UNNEST):
                    self._claim_wrapped(rule, (*wrapper, *path), request)
                if len(path) == 1:
                    self._claim_modelled(rule, str(path[0]), request)
                    self._claim_added(rule, str(path[0]), request)

    def _claim_wrapped(self, rule: Rule, path: tuple[str | None, ...], request: SentRequest) -> None:
        holders = [inner for body in request.bodies for inner in self.ev.follow_path(body, path[:-1])]
        for entry in (entry for holder in holders for entry in find_entries(self.ev, holder, str(path[-1]))):
            if isinstance(entry, DictEntry) and entry.key is not None:
                held = f"it is nested in `{path[0]}`: change both together"
                self._claim_node(rule, entry.origin, entry.key, str(path[-1]), request, held)

    def _claim_modelled(self, rule: Rule, key: str, request: SentRequest) -> None:
        bodies = [*_find_sent_bodies(request), *_find_passed_bodies(request)]
        models = [found for module, node in bodies for found in find_model_bodies(self.ev, module, node)]
        for cls in dict.fromkeys(models):
            held = f"requests are built from the model `{cls.node.name}` ({ModuleNode(cls.module, cls.node)})"
            for home, node, name in find_field_uses(self.ev, self.context.modules, cls, key):
                self._claim_node(rule, ModuleNode(home, node), node, name, request, held)

    def _claim_added(self, rule: Rule, key: str, request: SentRequest) -> None:
        """Claim what statements add to a body that is built elsewhere: a parameter, or the copy of one."""
        if all(isinstance(body, Display) for body in request.bodies) and request.bodies:
            return
        for module, node in _find_sent_bodies(request):
            for entry in find_added_entries(self.ev, module, node, key):
                held = "it is added to a dict that is built elsewhere, which may contain it as well"
                self._claim_node(rule, entry.origin, entry.key or entry.origin.node, key, request, held)

    def _claim_node(
        self, rule: Rule, spot: ModuleNode, node: ast.AST, name: str, request: SentRequest, held: str
    ) -> None:
        if isinstance(node, ast.stmt):
            span: tuple[int, int] | None = node_span(spot.module.source, node)
        else:
            span = find_key_span(spot.module, node, name)
        if span is not None:
            self.claims.claim_span(rule, spot.module, span, request.strength, request.evidence, held, rule.new)


def _find_sent_bodies(request: SentRequest) -> Iterator[tuple[Module, ast.expr]]:
    """Yield the arguments of the call that sends a request which may be its body."""
    if request.sender is not None and isinstance(request.sender.node, ast.Call):
        call = request.sender.node
        yield from ((request.sender.module, node) for node in call.args)
        yield from ((request.sender.module, each.value) for each in call.keywords if each.arg in _BODIES)


def _find_passed_bodies(request: SentRequest) -> Iterator[tuple[Module, ast.expr]]:
    """Yield the arguments of the call of a wrapper that may be the body: all, or the unpacked ones if it is a dict."""
    if request.spot != request.sender and isinstance(request.spot.node, ast.Call):
        call, is_dict = request.spot.node, all(isinstance(body, Display) for body in request.bodies)
        yield from ((request.spot.module, node) for node in call.args if not is_dict)
        yield from ((request.spot.module, each.value) for each in call.keywords if each.arg is None or not is_dict)
