"""The phases of the search, in the order in which they run; the audit and the codemod both start here.

A phase is a function. Its parameters are what it needs, by type: the context of the search, what earlier phases
learned, and `Claims`, every claim of the phases before it. Its return type is what it adds: claims, and what later
phases need to know. Phases share nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.evaluator import ProjectEvaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.finders.api_callers import collect_callers, collect_requests
from migrator.python.finders.asserts.asserted_requests import find_asserted_requests
from migrator.python.finders.client_methods import find_client_methods
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.handlers import find_handlers
from migrator.python.finders.mentions import find_mentions
from migrator.python.finders.method_urls import find_urls, raise_versions
from migrator.python.finders.names.compared_names import find_compared_methods, find_compared_webhooks
from migrator.python.finders.names.derived_names import find_derived_names
from migrator.python.finders.names.webhook_names import find_registered_webhooks, recognise_webhook_names
from migrator.python.finders.names.webhook_sets import find_webhook_sets
from migrator.python.finders.notes import find_earlier_todos, find_notes, find_scopes, find_shell_commands
from migrator.python.finders.opaque_nodes import collect_opaque_nodes
from migrator.python.finders.received_webhooks import collect_webhooks
from migrator.python.finders.request_fields import find_request_fields
from migrator.python.finders.request_models import find_request_models
from migrator.python.finders.trace_calls import trace_calls
from migrator.python.finders.webhook_keys import find_webhook_keys
from migrator.python.finders.wrappers import find_wrappers
from migrator.python.groups.overridden_urls import find_overridden_urls
from migrator.python.groups.program_agreement import find_disagreements
from migrator.python.groups.setting_uses import FollowedSettings, follow_settings
from migrator.python.groups.shared_constants import find_shared_constants
from migrator.python.groups.split_options import find_split_options
from migrator.python.groups.unfollowed_bases import find_unfollowed_bases
from migrator.python.groups.unraised_versions import find_unraised_versions
from migrator.python.recognition.api_clients import known_clients
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.context_hints import ModuleHints
from migrator.python.recognition.search_context import SearchContext


@dataclass(frozen=True)
class Phase:
    """A named step of the search; `needs_webhooks` excludes it for an API that sends none."""

    name: str
    run: Callable[..., Any]
    needs_webhooks: bool = False

    @cached_property
    def inputs(self) -> tuple[tuple[type, ...], ...]:
        """Return the types of each parameter; an optional one has `NoneType` beside its own."""
        hints = get_type_hints(self.run)
        hints.pop("return")
        return tuple(get_args(hint) if isinstance(hint, UnionType) else (hint,) for hint in hints.values())

    @cached_property
    def outputs(self) -> tuple[type, ...]:
        """Return the types of the results."""
        hint = get_type_hints(self.run)["return"]
        return get_args(hint) if get_origin(hint) is tuple else (hint,)

    def results(self, known: Mapping[type, object]) -> dict[type, object]:
        """Run the phase on what is known; return its results by their types."""
        result = self.run(*(next(known[kind] for kind in kinds if kind in known) for kinds in self.inputs))
        return dict(zip(self.outputs, result if len(self.outputs) > 1 else (result,), strict=True))


#: Requests come first: a module that sends one is evidence for the webhooks that it, or what it imports, receives.
PHASES = (
    Phase("trace calls", trace_calls),
    Phase("find methods and versions in URLs", find_urls),
    Phase("find methods of clients", find_client_methods),
    Phase("find scopes", find_scopes),
    Phase("find shell commands of notebooks", find_shell_commands),
    Phase("find TODO comments of earlier runs", find_earlier_todos),
    Phase("collect requests", collect_requests),
    Phase("find names of methods that are compared", find_compared_methods),
    Phase("find wrappers that are named after a method", find_wrappers),
    Phase("raise versions", raise_versions),
    Phase("find fields of requests", find_request_fields),
    Phase("find fields of request models", find_request_models),
    Phase("find changes of behaviour", find_notes),
    Phase("collect opaque nodes", collect_opaque_nodes),
    Phase("collect modules that call the API", collect_callers),
    Phase("collect webhook objects", collect_webhooks, needs_webhooks=True),
    Phase("recognise names of webhooks", recognise_webhook_names, needs_webhooks=True),
    Phase("find names of webhooks that are compared", find_compared_webhooks, needs_webhooks=True),
    Phase("find names of webhooks that are listed", find_webhook_sets, needs_webhooks=True),
    Phase("find keys of webhooks", find_webhook_keys, needs_webhooks=True),
    Phase("find names of webhooks that are registered", find_registered_webhooks, needs_webhooks=True),
    Phase("find removed keys in handlers", find_handlers, needs_webhooks=True),
    Phase("find strings derived from names", find_derived_names, needs_webhooks=True),
    Phase("find constants that are also used for other data", find_shared_constants, needs_webhooks=True),
    Phase("find options that would change in part", find_split_options),
    Phase("find other mentions", find_mentions),
    Phase("find what tests expect in edited requests", find_asserted_requests),
    Phase("find URLs that a setting overrides", find_overridden_urls),
    Phase("find base URLs whose use is not followed", find_unfollowed_bases),
    Phase("find URLs whose version is not raised", find_unraised_versions),
    Phase("find edits that the rest of the program does not follow", find_disagreements),
    Phase("follow settings", follow_settings),
)


@dataclass(frozen=True, slots=True)
class FoundClaims:
    """The claims of every phase, the modules in which a finder failed, each with the error, and the settings."""

    claims: ClaimSet
    failed: Mapping[Module, str]
    settings: FollowedSettings


def find_claims(
    project: Project, modules: list[Module], words: Vocabulary, clients: tuple[str, ...], rename_wrappers: bool
) -> FoundClaims:
    """Run every phase on the given modules; `clients` are classes that the user names as clients of the API."""
    ev, isolation = ProjectEvaluator(project, known_clients(words.api.clients, clients)), FailureIsolation()
    hints = ModuleHints(words.api, project, modules)
    context = SearchContext(ev, words, hints, tuple(modules), rename_wrappers)
    claims = ClaimSet()
    known: dict[type, object] = {NoneType: None, FailureIsolation: isolation, SearchContext: context}
    for phase in PHASES:
        if words.api.envelope is not None or not phase.needs_webhooks:
            results = phase.results({**known, ClaimSet: claims})
            found = results.pop(ClaimSet, None)
            claims = claims.union(found) if isinstance(found, ClaimSet) and found.groups else claims
            known |= results
    settings = known.get(FollowedSettings)
    return FoundClaims(
        claims.hold_generated(),
        isolation.failed,
        settings if isinstance(settings, FollowedSettings) else FollowedSettings(),
    )
