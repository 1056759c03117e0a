"""Find reads of removed keys in functions that are registered as handlers, or named as such, of a webhook."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, list_parameters
from migrator.python.analysis.values import Reference, StringValue
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.key_reads import find_key_reads, find_key_span
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import Claim, ClaimSet, EvidenceStrength
from migrator.python.recognition.search_context import SearchContext
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind, Rule

#: A name begins at most four characters after its literal: a prefix of one letter and three quotes.
_LONGEST_OPENING = 4
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


def find_handlers(
    isolation: FailureIsolation, context: SearchContext, received: ReceivedWebhooks, earlier: ClaimSet
) -> ClaimSet:
    """Claim the reads of removed keys in the handlers of webhooks, which `earlier` shows by the names it claims."""
    finder = HandlerFinder(context.ev, context.words, earlier.copy())
    isolation.for_each_module(received.modules, finder.find_in)
    return finder.claims


@dataclass(frozen=True, slots=True)
class HandlerFinder:
    """Claims what handlers read off their webhook although it is no longer sent."""

    ev: Evaluator
    words: Vocabulary
    claims: ClaimSet

    def find_in(self, module: Module) -> None:
        """Claim the reads in the handlers of one module."""
        rows = [(rule, place) for rule in self.words.rows_of_kinds(Kind.REMOVE_KEY) for place in rule.where]
        wanted = [(rule, place.name, parse_path(place.path)) for rule, place in rows if place.document == "webhook"]
        for node in module.nodes if wanted else ():
            if isinstance(node, _DEFINES):
                for rule, name, path in wanted:
                    seen = next(self._find_registrations(module, node, name or ""), None)
                    if seen is not None:
                        self._claim_reads(module, node, rule, path, seen)

    def _find_registrations(
        self, module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str
    ) -> Iterator[str]:
        """Yield the evidence that a function handles a webhook: a decorator with its name, or its own name."""
        named = self.words.webhooks.get(name)
        names = {name, named.new if named else None}
        for decorator in node.decorator_list:
            for argument in decorator.args if isinstance(decorator, ast.Call) else ():
                for value in self.ev.eval(module, argument):
                    if not isinstance(value, StringValue) or value.known not in names:
                        continue
                    # No claim is about the newer name, which is longer than a word that means anything else.
                    if (named and value.known == named.new) or self._is_claimed(module, argument):
                        yield f"`{node.name}` is registered for {value.known}"
        suffix = next((end for end in names if end and node.name.endswith(end)), None)
        if suffix is not None and any(claim.obstacle for claim in self._claims_at(module, node)):
            yield f"`{node.name}` is looked up by the name {suffix}"

    def _is_claimed(self, module: Module, node: ast.expr) -> bool:
        start = module.source.offset(node.lineno, node.col_offset)
        return any(home is module and start <= at <= start + _LONGEST_OPENING for home, at, _, _ in self.claims.groups)

    def _claims_at(self, module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Claim]:
        start = module.source.text.index(node.name, module.source.offset(node.lineno, node.col_offset))
        for (home, at, _, _), group in self.claims.groups.items():
            if home is module and at == start:
                yield from group

    def _claim_reads(
        self,
        module: Module,
        function: ast.FunctionDef | ast.AsyncFunctionDef,
        rule: Rule,
        path: tuple[str | None, ...],
        seen: str,
    ) -> None:
        bindings = module.scopes.inner[function].bindings
        owned: set[Binding] = {bindings[parameter.arg][0] for parameter in list_parameters(function)}
        inner = {path[:-1][index:] for index in range(len(path))}
        for node in module.own_nodes(function):
            for base, key, name in find_key_reads(node):
                values = self.ev.eval(module, base) if name == path[-1] else ()
                if any(isinstance(v, Reference) and v.root in owned and v.path in inner for v in values):
                    where = find_key_span(module, key, name)
                    if where is not None:
                        self.claims.claim_span(
                            rule, module, where, EvidenceStrength.STRONG, (seen,), "it is no longer sent", None
                        )
