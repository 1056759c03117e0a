"""Trace the calls of the program: which functions are called where, also those that arrive as arguments."""

from __future__ import annotations

from migrator.python.call_graph.call_sites import collect_call_sites
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.api_requests import add_injected_sites, may_send
from migrator.python.recognition.search_context import CallGraph, SearchContext

#: A function that is injected may itself receive the function that it calls: a factory that gets a client, given to a
#: service. Two rounds follow both steps; a call behind a third is reported as the call of an unknown object.
_INJECTION_ROUNDS = 2


def trace_calls(isolation: FailureIsolation, context: SearchContext) -> CallGraph:
    """Collect the call sites of each function, in the given modules and in those that may send for them."""
    ev, searched = context.ev, set(context.modules)
    imported = (module for module in ev.project.loaded_modules() if module not in searched and may_send(module))
    graph = CallGraph(ev.call_sites, (*context.modules, *imported))
    isolation.for_each_module(graph.senders, lambda module: collect_call_sites(ev, module, graph.sites))
    for _ in range(_INJECTION_ROUNDS):
        isolation.for_each_module(graph.senders, lambda module: add_injected_sites(ev, module, graph.sites))
        ev.memo.invalidate_kind("resolved")
    return graph
