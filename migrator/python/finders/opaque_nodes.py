"""Collect the nodes in which a name of the API means something else."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from migrator.python.analysis.values import Display
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests


@dataclass(frozen=True, slots=True)
class OpaqueNodes:
    """Nodes that contain no names of the API: user data in the bodies of requests, and URLs of other hosts."""

    nodes: frozenset[ast.AST]


def collect_opaque_nodes(
    isolation: FailureIsolation, context: SearchContext, urls: UrlEvidence, sent: SentRequests
) -> OpaqueNodes:
    """Collect the bodies of requests that have nothing to do with webhooks, and the URLs of other hosts."""
    nodes = set(urls.other_hosts)

    def collect(request: SentRequest) -> None:
        if not context.words.request_webhook_paths(request.method):
            for body in request.bodies:
                if isinstance(body, Display) and isinstance(body.origin.node, ast.Dict):
                    nodes.update(ast.walk(body.origin.node))

    isolation.for_each_request(sent.requests, collect)
    return OpaqueNodes(frozenset(nodes))
