"""The finder: every claim of one chain about the files of a tree. The audit and the codemod both start here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from migrator.code.calls import call_sites
from migrator.code.claims import Claims, Strength
from migrator.code.clients import known_clients
from migrator.code.comments import comments_of
from migrator.code.envelopes import Envelopes
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import Surroundings
from migrator.code.find_clients import find_clients
from migrator.code.find_envelopes import find_envelopes
from migrator.code.find_fields import find_fields
from migrator.code.find_mentions import find_mentions
from migrator.code.find_methods import MethodNames
from migrator.code.find_notes import find_left, find_notes, find_scopes
from migrator.code.find_urls import VersionSpots, claim_versions, find_urls
from migrator.code.find_webhook_sets import WebhookSets
from migrator.code.find_webhooks import WebhookNames
from migrator.code.find_wrappers import find_wrappers
from migrator.code.lexicon import Lexicon
from migrator.code.modules import Module, Project
from migrator.code.name_claims import NameClaims
from migrator.code.name_uses import NameUses
from migrator.code.options import Options
from migrator.code.requests import Sites
from migrator.code.responses import Responses
from migrator.code.sent import Sent, sent_in
from migrator.rules.table import Chain

T = TypeVar("T")


def find(project: Project, modules: list[Module], chain: Chain, options: Options) -> Claims:
    """Everything that the rows of a chain are about in the given modules.

    A module in which the finder itself fails is left out, and is named in `failed` of the claims.
    """
    return _Finder(project, modules, chain, options).run()


class _Finder:
    """One run over the modules: first what is sent, then what is received, then what is only mentioned."""

    def __init__(self, project: Project, modules: list[Module], chain: Chain, options: Options) -> None:
        self.modules, self.options = modules, options
        self.claims = Claims()
        self.words = Lexicon(chain, options)
        self.ev = Evaluator(project, known_clients(chain.api.clients, options.clients))
        self.sites: Sites = {}
        self.sent: list[Sent] = []
        self.each(lambda module: call_sites(self.ev, module, self.sites))
        self.around = Surroundings(chain.api, project, modules)

    def run(self) -> Claims:
        """Everything, in the order in which one part needs the other."""
        self.sending()
        if self.words.api.envelope is not None:
            self.receiving(Envelopes(self.ev, self.words.api.envelope, self.around, self.sites))
        self.each(lambda module: find_mentions(self.words, self.around, module, self.claims))
        return self.claims

    def sending(self) -> None:
        """Methods, versions and bodies of requests."""
        ev, words, claims, spots = self.ev, self.words, self.claims, VersionSpots()
        methods = MethodNames(ev, self.sites)
        names = NameClaims(ev, words.methods, {}, self.sites, claims)
        self.each(lambda m: find_urls(ev, words, self.around, self.sites, m, claims, spots, methods))
        self.each(lambda m: find_clients(ev, words, self.around, self.sites, m, claims))
        self.each(lambda m: find_scopes(words, self.around, m, claims))
        self.each(lambda m: find_left(words, m, comments_of(m.source), claims))
        self.each(lambda m: self.sent.extend(sent_in(ev, words, self.around, self.sites, m)))
        methods.claim_annotations(names)
        if methods.parameters:
            self.each(NameUses(names, methods.judge, self.modules).find)
        if self.options.rename_wrappers:
            find_wrappers(ev, words, self.sites, self.modules, claims)
        claim_versions(words, claims, spots)
        self.each_sent(lambda request: find_fields(ev, words, request, claims))
        self.each_sent(lambda request: find_notes(ev, words, request, claims))
        self.around.speaking |= {claim.module for claim in claims.all() if claim.strength is Strength.STRONG}

    def receiving(self, envelopes: Envelopes) -> None:
        """Webhooks: their names and their keys."""
        ev, words, claims = self.ev, self.words, self.claims
        self.each(envelopes.read)
        envelopes.hand_on()
        fetched = {node: request.method for request in self.sent for node in request.calls}
        names = NameClaims(ev, words.webhooks, words.references, self.sites, claims)
        webhooks = WebhookNames(names, words, envelopes, Responses(ev, words, fetched))
        self.each(NameUses(names, webhooks.judge, self.modules).find)
        self.each(WebhookSets(names, words, envelopes).find)
        self.each(lambda module: find_envelopes(ev, words, envelopes, module, claims))
        self.each_sent(webhooks.sent)

    def each(self, step: Callable[[Module], object]) -> None:
        """Take a step for every module. One that makes it fail is left out of the run; the others go on."""
        for module in self.modules:
            self._guarded(module, step, module)

    def each_sent(self, step: Callable[[Sent], object]) -> None:
        """Take a step for every request that is sent."""
        for request in self.sent:
            self._guarded(request.spot.module, step, request)

    def _guarded(self, module: Module, step: Callable[[T], object], subject: T) -> None:
        if module not in self.claims.failed:
            try:
                step(subject)
            except Exception as error:
                self.claims.failed[module] = f"{type(error).__name__}: {error}"
