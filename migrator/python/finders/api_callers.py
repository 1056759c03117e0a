"""Collect the requests that the program sends, and the modules that evidently call the API."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength
from migrator.python.recognition.context_hints import ModuleHints
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests, find_sent_requests


@dataclass(frozen=True, slots=True)
class ApiCallers:
    """The hints of the modules, with those that evidently call the API."""

    hints: ModuleHints


def collect_requests(isolation: FailureIsolation, context: SearchContext, graph: CallGraph) -> SentRequests:
    """Collect every request that a module sends, by URL or by a client."""
    found: list[SentRequest] = []
    isolation.for_each_module(graph.senders, lambda module: found.extend(find_sent_requests(context, graph, module)))
    return SentRequests(tuple(found))


def collect_callers(context: SearchContext, earlier: ClaimSet) -> ApiCallers:
    """Collect the modules with strong evidence of a call: what they import may be about the API as well."""
    strong = (claim.module for claim in earlier.all() if claim.strength is EvidenceStrength.STRONG)
    return ApiCallers(context.hints.with_callers(strong))
