"""The finder: every claim of one chain about the files of a tree. The audit and the codemod both start here."""

from __future__ import annotations

from migrator.code.calls import call_sites
from migrator.code.claims import Claims, Strength
from migrator.code.clients import known_clients
from migrator.code.comments import comments_of
from migrator.code.envelopes import Envelopes
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import Surroundings
from migrator.code.find_clients import find_clients
from migrator.code.find_envelopes import find_envelopes
from migrator.code.find_fields import Sent, find_fields, sent_in
from migrator.code.find_notes import find_left, find_notes, find_scopes
from migrator.code.find_urls import VersionSpots, claim_versions, find_urls
from migrator.code.find_webhook_sets import WebhookSets
from migrator.code.find_webhooks import WebhookUses
from migrator.code.find_wrappers import find_wrappers
from migrator.code.lexicon import Lexicon
from migrator.code.modules import Module, Project
from migrator.code.options import Options
from migrator.code.responses import Responses
from migrator.code.webhook_names import WebhookNames
from migrator.rules.table import Chain


def find(project: Project, modules: list[Module], chain: Chain, options: Options) -> Claims:
    """Everything that the rows of a chain are about in the given modules."""
    words = Lexicon(chain, options)
    ev = Evaluator(project, known_clients(chain.api.clients, options.clients))
    sites = call_sites(ev, modules)
    around = Surroundings(chain.api, project, modules)
    claims, spots = Claims(), VersionSpots()
    sent: list[Sent] = []
    for module in modules:
        find_urls(ev, words, around, sites, module, claims, spots)
        find_clients(ev, words, around, sites, module, claims)
        find_scopes(words, around, module, claims)
        find_left(words, module, comments_of(module.source), claims)
        sent += sent_in(ev, words, around, sites, module)
    if options.rename_wrappers:
        find_wrappers(ev, words, sites, modules, claims)
    claim_versions(words, claims, spots)
    find_fields(ev, words, sent, claims)
    find_notes(ev, words, sent, claims)
    around.speaking |= {
        claim.module for group in claims.found.values() for claim in group if claim.strength is Strength.STRONG
    }
    if chain.api.envelope is not None:
        envelopes = Envelopes(ev, chain.api.envelope, around, sites, modules)
        responses = Responses(ev, words, {node: request.method for request in sent for node in request.calls})
        names = WebhookNames(ev, words, sites, claims)
        uses = WebhookUses(names, envelopes, responses, modules)
        sets = WebhookSets(names, envelopes)
        for module in modules:
            uses.find(module)
            sets.find(module)
            find_envelopes(ev, words, envelopes, module, claims)
        for request in sent:
            uses.sent(request)
    return claims
