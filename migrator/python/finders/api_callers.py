"""Collect the requests that the program sends, and the modules that evidently call the API."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.claims import Claims, Strength
from migrator.python.recognition.context_hints import Surroundings
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.sent_requests import Sent, SentRequests, sent_in


@dataclass(frozen=True, slots=True)
class ApiCallers:
    """The hints of the modules, with those that evidently call the API."""

    hints: Surroundings


def collect_requests(isolation: FailureIsolation, context: SearchContext, graph: CallGraph) -> SentRequests:
    """Collect every request that a module sends, by URL or by a client."""
    found: list[Sent] = []
    isolation.for_each_module(graph.senders, lambda module: found.extend(sent_in(context, graph, module)))
    return SentRequests(tuple(found))


def collect_callers(context: SearchContext, earlier: Claims) -> ApiCallers:
    """Collect the modules with strong evidence of a call: what they import may be about the API as well."""
    strong = (claim.module for claim in earlier.all() if claim.strength is Strength.STRONG)
    return ApiCallers(context.around.with_callers(strong))
