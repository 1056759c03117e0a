"""The finder: every claim of one chain about the files of a tree. The audit and the codemod both start here."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar

from migrator.matching.selection import Options
from migrator.matching.vocabulary import Lexicon
from migrator.python.analysis.evaluator import ProjectEvaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.analysis.values import Display
from migrator.python.call_graph.call_sites import call_sites
from migrator.python.finders.client_methods import ClientFinder
from migrator.python.finders.compared_names import NameUses
from migrator.python.finders.derived_names import Echoes
from migrator.python.finders.handlers import find_handlers
from migrator.python.finders.mentions import find_mentions
from migrator.python.finders.method_parameters import MethodNames
from migrator.python.finders.method_urls import UrlFinder
from migrator.python.finders.name_claims import NameClaims
from migrator.python.finders.notes import find_left, find_notes, find_scopes
from migrator.python.finders.request_fields import find_fields
from migrator.python.finders.shared_constants import SharedNames
from migrator.python.finders.url_versions import Versions
from migrator.python.finders.webhook_keys import find_envelopes
from migrator.python.finders.webhook_names import WebhookNames
from migrator.python.finders.webhook_sets import WebhookSets
from migrator.python.finders.wrappers import find_wrappers
from migrator.python.recognition.api_clients import known_clients
from migrator.python.recognition.api_requests import injected_sites, may_send
from migrator.python.recognition.claims import Claims, Strength
from migrator.python.recognition.context_hints import Surroundings
from migrator.python.recognition.responses import Responses
from migrator.python.recognition.search import Search
from migrator.python.recognition.sent_requests import Sent, sent_in
from migrator.python.recognition.webhook_objects import Envelopes
from migrator.rules.table import Chain

T = TypeVar("T")

#: So many modules that were not given are followed, one from the other, by what is handed on to them.
_FAR = 4
#: So often an object may be handed on before something is called on it.
_HANDED_ON = 2


def find(project: Project, modules: list[Module], chain: Chain, options: Options) -> Claims:
    """Everything that the rows of a chain are about in the given modules.

    A module in which the finder itself fails is left out, and is named in `failed` of the claims.
    """
    return _Finder(project, modules, chain, options).run()


class _Finder:
    """One run over the modules: first what is sent, then what is received, then what is only mentioned."""

    def __init__(self, project: Project, modules: list[Module], chain: Chain, options: Options) -> None:
        self.modules, self.options = modules, options
        ev = ProjectEvaluator(project, known_clients(chain.api.clients, options.clients))
        around = Surroundings(chain.api, project, modules)
        self.search = Search(ev, Lexicon(chain, options), around, ev.sites)
        self.failed = self.search.claims.failed
        self.sent: list[Sent] = []
        given = set(modules)
        self.sending_modules = [*modules, *(m for m in project.loaded() if m not in given and may_send(m))]
        self.each(lambda module: call_sites(ev, module, self.search.sites), self.sending_modules)
        for _ in range(_HANDED_ON):
            self.each(lambda module: injected_sites(ev, module, self.search.sites), self.sending_modules)
            ev.memo.invalidate_kind("resolved")

    def run(self) -> Claims:
        """Everything, in the order in which one part needs the other."""
        search, envelope = self.search, self.search.words.api.envelope
        self.sending()
        if envelope is not None:
            self.receiving(Envelopes(search.ev, envelope, search.around, search.sites))
        self.each(lambda module: find_mentions(search, module))
        return search.claims

    def sending(self) -> None:
        """Methods, versions and bodies of requests."""
        search = self.search
        methods, versions = MethodNames(search), Versions(search)
        names = NameClaims(search.ev, search.words.methods, search.words.gone, search.sites, search.claims)
        self.each(UrlFinder(search, versions, methods).find, self.sending_modules)
        self.each(ClientFinder(search).find)
        self.each(lambda module: find_scopes(search, module))
        self.each(lambda module: find_left(search, module))
        self.each(lambda module: self.sent.extend(sent_in(search, module)), self.sending_modules)
        self.whole(lambda: methods.claim_annotations(names))
        if methods.parameters:
            self.each(NameUses(names, methods.judge, self.modules).find)
        if self.options.rename_wrappers:
            self.whole(lambda: find_wrappers(search, self.modules))
        self.whole(versions.claim)
        self.each_sent(lambda request: find_fields(search, request))
        self.each_sent(lambda request: find_notes(search, request))
        self.each_sent(self.user_data)
        strong = (claim.module for claim in search.claims.all() if claim.strength is Strength.STRONG)
        search.around.speaking.update(strong)

    def user_data(self, request: Sent) -> None:
        """Remember what a body holds that has nothing to do with webhooks."""
        if not self.search.words.webhook_paths(request.method):
            for body in request.bodies:
                if isinstance(body, Display) and isinstance(body.spot.node, ast.Dict):
                    self.search.opaque.update(ast.walk(body.spot.node))

    def receiving(self, envelopes: Envelopes) -> None:
        """Webhooks: their names and their keys."""
        search, words = self.search, self.search.words
        self.each(envelopes.read)
        self.whole(envelopes.hand_on)
        self.follow(envelopes)
        fetched = {node: request.method for request in self.sent for node in request.calls}
        names = NameClaims(search.ev, words.webhooks, words.gone, search.sites, search.claims)
        webhooks = WebhookNames(names, words, envelopes, Responses(search.ev, words, fetched))
        self.each(NameUses(names, webhooks.judge, self.modules).find)
        self.each(WebhookSets(names, words, envelopes, search.opaque).find)
        self.each(lambda module: find_envelopes(search.ev, words, envelopes, module, search.claims))
        self.each_sent(webhooks.sent)
        self.each(lambda module: find_handlers(search, module))
        self.whole(Echoes(names, webhooks.judge, self.modules).find)
        self.whole(SharedNames(search, names.acted, fetched.keys(), self.modules).find)

    def follow(self, envelopes: Envelopes) -> None:
        """Read the further modules that webhooks are handed on to, so far as they are."""
        for _ in range(_FAR):
            more = sorted(envelopes.reached.difference(self.modules), key=lambda module: module.path)
            if not more:
                return
            self.modules = [*self.modules, *more]
            for module in more:
                self._guarded(module, lambda module: call_sites(self.search.ev, module, self.search.sites), module)
                self._guarded(module, envelopes.read, module)
            self.whole(envelopes.hand_on)

    def each(self, step: Callable[[Module], object], modules: list[Module] | None = None) -> None:
        """Take a step for every module. One that makes it fail is left out of the run; the others go on."""
        for module in self.modules if modules is None else modules:
            self._guarded(module, step, module)

    def each_sent(self, step: Callable[[Sent], object]) -> None:
        """Take a step for every request that is sent."""
        for request in self.sent:
            self._guarded(request.spot.module, step, request)

    def whole(self, step: Callable[[], object]) -> None:
        """Take a step that no single module answers for: when it fails, no file is changed, and each says why."""
        try:
            step()
        except Exception as error:
            self.failed.update({module: f"{type(error).__name__}: {error}" for module in self.modules})

    def _guarded(self, module: Module, step: Callable[[T], object], subject: T) -> None:
        if module not in self.failed:
            try:
                step(subject)
            except Exception as error:
                self.failed[module] = f"{type(error).__name__}: {error}"
