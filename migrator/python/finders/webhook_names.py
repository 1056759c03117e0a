"""Judge which expressions are names of webhooks, and find those in the requests that register them."""

from __future__ import annotations

import ast
import re

from migrator.matching.vocabulary import Lexicon
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Text, Values
from migrator.python.call_graph.call_strings import expansions
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.name_claims import NameClaims, webhook_claims
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import Claims, Strength
from migrator.python.recognition.responses import Responses
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.sent_requests import Sent, SentRequests, texts_at
from migrator.python.recognition.webhook_objects import Envelopes, Verdict


class WebhookNames:
    """Judges whether an expression is the name of a webhook: one that is received, or one in a response."""

    def __init__(self, words: Lexicon, envelopes: Envelopes, responses: Responses) -> None:
        self.words, self.envelopes, self.responses = words, envelopes, responses

    def judge(self, module: Module, node: ast.expr, values: Values) -> list[Verdict]:
        """Return how sure it is that an expression is the name of a webhook, or a collection of such names."""
        answer = self.responses.trace(module, node)
        if answer is not None:
            holds = answer[1] in self.words.response_paths(answer[0])
            return [Verdict(Strength.STRONG, f"read from the response of {answer[0]}")] if holds else []
        return self.envelopes.names(values, module) or self.envelopes.named_by_key(module, node)


def recognise_webhook_names(context: SearchContext, sent: SentRequests, received: ReceivedWebhooks) -> WebhookNames:
    """Prepare the judgement of names, from the objects that are received and the responses that are fetched."""
    return WebhookNames(context.words, received.objects, Responses(context.ev, context.words, sent.fetched))


def find_registered_webhooks(
    isolation: FailureIsolation, context: SearchContext, graph: CallGraph, sent: SentRequests
) -> Claims:
    """Claim the names of webhooks in the bodies of requests, such as those that register them."""
    names = webhook_claims(context, graph)
    isolation.for_each_request(sent.requests, lambda request: _claim_registered(context.words, names, request))
    return names.claims


def _claim_registered(words: Lexicon, names: NameClaims, request: Sent) -> None:
    paths = words.webhook_paths(request.method)
    for body in request.bodies if paths else ():
        if isinstance(body, Text):
            _claim_in_json(words, names, request, body)
    for path in paths:
        for text in texts_at(names.ev, request, path):
            for expansion in expansions(names.ev, names.sites, text, tuple(names.known)):
                names.claim(expansion.text, Verdict(request.strength, request.evidence[0]), "")


def _claim_in_json(words: Lexicon, names: NameClaims, request: Sent, body: Text) -> None:
    for found in re.finditer(r'"(\w+)"', body.known or ""):
        named = words.webhooks.get(found[1])
        if named:
            held, where = "it is part of JSON in a string", found.span(1)
            names.claims.name(named.rule, body, where, request.strength, request.evidence, held, named.new)
