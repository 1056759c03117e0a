"""Collect the objects that are webhooks, and the modules that receive them."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.python.analysis.module import Module
from migrator.python.call_graph.call_sites import collect_call_sites
from migrator.python.finders.api_callers import ApiCallers
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.webhook_objects import WebhookObjects

#: Modules that were not given are analysed up to four hops behind a given one: a route, a dispatcher, a service and
#: its helper are four. Old names further away are found when the files are given, and are in the ledger otherwise.
_MOST_HOPS = 4


@dataclass(frozen=True, slots=True)
class ReceivedWebhooks:
    """The webhook objects of the program, and its modules with those that receive such objects from them."""

    objects: WebhookObjects
    modules: tuple[Module, ...]


def collect_webhooks(
    isolation: FailureIsolation, context: SearchContext, graph: CallGraph, callers: ApiCallers
) -> ReceivedWebhooks:
    """Collect the keys that are read off objects, in the given modules and in those that receive the objects."""
    envelope = context.words.api.envelope
    assert envelope is not None
    objects = WebhookObjects(context.ev, envelope, callers.hints, graph.sites)
    modules = [*context.modules]
    isolation.for_each_module(modules, objects.read_module)
    isolation.for_program(modules, objects.trace_arguments)
    for _ in range(_MOST_HOPS):
        further = sorted(objects.receiving_modules.difference(modules), key=lambda module: module.path)
        if not further:
            break
        modules += further
        for module in further:
            isolation.for_each_module([module], lambda module: collect_call_sites(context.ev, module, graph.sites))
            isolation.for_each_module([module], objects.read_module)
        isolation.for_program(modules, objects.trace_arguments)
    return ReceivedWebhooks(objects, tuple(modules))
