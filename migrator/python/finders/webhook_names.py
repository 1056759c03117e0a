"""Find names of webhooks: where code acts on them, and in what it sends to register them."""

from __future__ import annotations

import ast
import re

from migrator.matching.vocabulary import Lexicon
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Text, Values
from migrator.python.call_graph.call_strings import expansions
from migrator.python.finders.name_claims import NameClaims
from migrator.python.recognition.claims import Strength
from migrator.python.recognition.responses import Responses
from migrator.python.recognition.sent_requests import Sent, texts_at
from migrator.python.recognition.webhook_objects import Envelopes, Verdict


class WebhookNames:
    """Judges what is the name of a webhook, and claims the names in the bodies of requests."""

    def __init__(self, names: NameClaims, words: Lexicon, envelopes: Envelopes, responses: Responses) -> None:
        self.names, self.words, self.envelopes, self.responses = names, words, envelopes, responses

    def judge(self, module: Module, node: ast.expr, values: Values) -> list[Verdict]:
        """How sure it is that an expression is the name of a webhook, or a collection of such names."""
        answer = self.responses.trace(module, node)
        if answer is not None:
            holds = answer[1] in self.words.response_paths(answer[0])
            return [Verdict(Strength.STRONG, f"the answer of {answer[0]} is read")] if holds else []
        return self.envelopes.names(values, module) or self.envelopes.named_by_key(module, node)

    def sent(self, request: Sent) -> None:
        """Claim the names in the body of a request that registers webhooks."""
        paths = self.words.webhook_paths(request.method)
        for body in request.bodies if paths else ():
            if isinstance(body, Text):
                self._in_json(request, body)
        for path in paths:
            for text in texts_at(self.names.ev, request, path):
                for expansion in expansions(self.names.ev, self.names.sites, text, tuple(self.names.known)):
                    self.names.claim(expansion.text, Verdict(request.strength, request.evidence[0]), "")

    def _in_json(self, request: Sent, body: Text) -> None:
        for found in re.finditer(r'"(\w+)"', body.known or ""):
            named = self.words.webhooks.get(found[1])
            if named:
                held, where = "it stands in JSON in a string", found.span(1)
                self.names.claims.name(named.rule, body, where, request.strength, request.evidence, held, named.new)
