"""Judge which expressions are names of webhooks, and find those in the requests that register them."""

from __future__ import annotations

import ast
import re

from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import StringValue, Values
from migrator.python.call_graph.call_strings import expand_string
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.names.name_claims import NameClaims, start_webhook_claims
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength
from migrator.python.recognition.responses import ResponseTracer
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests, find_texts_at
from migrator.python.recognition.webhook_objects import Verdict, WebhookObjects


class WebhookNameJudge:
    """Judges whether an expression is the name of a webhook: one that is received, or one in a response."""

    def __init__(self, words: Vocabulary, envelopes: WebhookObjects, responses: ResponseTracer) -> None:
        self.words, self.envelopes, self.responses = words, envelopes, responses

    def judge_name(self, module: Module, node: ast.expr, values: Values) -> list[Verdict]:
        """Return how sure it is that an expression is the name of a webhook, or a collection of such names."""
        answer = self.responses.trace_response(module, node)
        if answer is not None:
            holds = answer[1] in self.words.response_webhook_paths(answer[0])
            return [Verdict(EvidenceStrength.STRONG, f"read from the response of {answer[0]}")] if holds else []
        return self.envelopes.judge_names(values, module) or self.envelopes.judge_key_read(module, node)


def recognise_webhook_names(context: SearchContext, sent: SentRequests, received: ReceivedWebhooks) -> WebhookNameJudge:
    """Prepare the judgement of names, from the objects that are received and the responses that are fetched."""
    return WebhookNameJudge(
        context.words, received.objects, ResponseTracer(context.ev, context.words, sent.methods_by_call)
    )


def find_registered_webhooks(
    isolation: FailureIsolation, context: SearchContext, graph: CallGraph, sent: SentRequests
) -> ClaimSet:
    """Claim the names of webhooks in the bodies of requests, such as those that register them."""
    names = start_webhook_claims(context, graph)
    isolation.for_each_request(sent.requests, lambda request: _claim_registered(context.words, names, request))
    return names.claims


def _claim_registered(words: Vocabulary, names: NameClaims, request: SentRequest) -> None:
    paths = words.request_webhook_paths(request.method)
    for body in request.bodies if paths else ():
        if isinstance(body, StringValue):
            _claim_in_json(words, names, request, body)
    for path in paths:
        for text in find_texts_at(names.ev, request, path):
            for expansion in expand_string(names.ev, names.sites, text, tuple(names.known)):
                names.claim_name(expansion.text, Verdict(request.strength, request.evidence[0]), "")


def _claim_in_json(words: Vocabulary, names: NameClaims, request: SentRequest, body: StringValue) -> None:
    for found in re.finditer(r'"(\w+)"', body.known or ""):
        named = words.webhooks.get(found[1])
        if named:
            held, where = "it is part of JSON in a string", found.span(1)
            names.claims.claim_text(named.rule, body, where, request.strength, request.evidence, held, named.new)
