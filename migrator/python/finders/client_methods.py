"""Find the methods that are called on, looked up on or patched into a client, and the version a client is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrator.python.analysis.attributes import eval_attribute_of
from migrator.python.analysis.module import Module
from migrator.python.analysis.names import eval_module_member
from migrator.python.analysis.values import (
    ClassValue,
    ExternalName,
    ExternalObject,
    LiteralPart,
    ModuleNode,
    Reference,
    StringValue,
    Value,
    Values,
)
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.recognition.api_clients import describe_creation, find_client, is_defined_here
from migrator.python.recognition.api_requests import resolve_parameters
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength, find_written_span
from migrator.python.recognition.context_hints import handles_both_names, is_declared_name, is_logged
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.source.syntax import dotted_names, keyword_value, node_span

_LOOKUPS = frozenset({"getattr", "hasattr", "setattr", "delattr", "object"})
#: Calls whose arguments are names of the user's own, or are claimed as lookups.
_OTHER_CALLS = _LOOKUPS | {"methodcaller", "get", "pop", "setdefault"}
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


def find_client_methods(
    isolation: FailureIsolation, context: SearchContext, graph: CallGraph, urls: UrlEvidence, earlier: ClaimSet
) -> ClaimSet:
    """Claim every use of a renamed method on a client. A name that `earlier` claims in a URL is no argument."""
    finder = ClientMethodFinder(context, graph, urls, earlier.copy())
    isolation.for_each_module(context.modules, finder.find_in)
    return finder.claims


class ClientMethodFinder:
    """Claims every use of a renamed method on a client."""

    def __init__(self, context: SearchContext, graph: CallGraph, urls: UrlEvidence, claims: ClaimSet) -> None:
        self.ev, self.words, self.hints = context.ev, context.words, context.hints
        self.sites, self.urls, self.claims = graph.sites, urls, claims

    def find_in(self, module: Module) -> None:
        """Claim the uses in one module."""
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and node.attr in self.words.methods:
                end = node_span(module.source, node)[1]
                self._claim_use(module, node, node.attr, self.ev.eval(module, node.value), (end - len(node.attr), end))
            elif isinstance(node, _DEFINES) and node.name in self.words.methods:
                self._claim_override(module, node)
            elif isinstance(node, ast.Call):
                for receiver, key in self._find_lookups(module, node):
                    for text in self.ev.eval(module, key):
                        if isinstance(text, StringValue) and text.known in self.words.methods:
                            self._claim_text(receiver, key, text, text.known)
                self._claim_patched(module, node)
                self._claim_version(module, node)
                self._claim_argument(module, node)

    def _claim_use(self, module: Module, node: ast.AST, name: str, receiver: Values, where: tuple[int, int]) -> None:
        values = resolve_parameters(self.ev, self.sites, receiver)
        known = {value: find_client(self.ev, value) for value in values if not is_defined_here(self.ev, value, name)}
        found = {value: client for value, client in known.items() if client is not None}
        if module.source.text[slice(*where)] != name:
            return
        named = self.words.methods[name]
        held = named.new is not None and handles_both_names(module, node, name, named.new)
        obstacle = "the code handles both names, or a missing method" if held else ""
        if found:
            evidence = tuple(f"client {client[1]}{describe_creation(value)}" for value, client in found.items())
            obstacle = "the receiver may also be another object" if len(found) < len(values) else obstacle
            self.claims.claim_span(named.rule, module, where, EvidenceStrength.STRONG, evidence, obstacle, named.new)
        elif (word := self.hints.find_hint(module)) and values and all(map(self._is_unknown, values)):
            seen = (f"`{name}` is an attribute of an unknown object; {word}",)
            self.claims.claim_span(named.rule, module, where, EvidenceStrength.WEAK, seen, obstacle, named.new)

    def _claim_text(self, receiver: Values, node: ast.expr, text: StringValue, name: str) -> None:
        end = len(text.known or "")
        place = find_written_span(text, (end - len(name), end))
        if place is not None:
            self._claim_use(place[0], node, name, receiver, place[1:])

    def _is_unknown(self, value: Value) -> bool:
        """Return whether nothing known of an object contradicts that it is a client."""
        if isinstance(value, (ExternalObject, ExternalName)):
            return any(word in value.dotted.lower() for word in self.words.api.words)
        return isinstance(value, Reference)

    def _claim_override(self, module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        owner = module.parents.get(node)
        if isinstance(owner, ast.ClassDef):
            found = re.compile(rf"def\s+({node.name})\b").search(module.source.text, *node_span(module.source, node))
            if found:
                self._claim_use(module, node, node.name, (ClassValue(module, owner),), found.span(1))

    def _find_lookups(self, module: Module, node: ast.Call) -> Iterator[tuple[Values, ast.expr]]:
        """Yield the receiver and the name of ``getattr(client, "name")``, ``methodcaller("name")(client)`` etc."""
        name = (dotted_names(node) or ("",))[-1]
        if name in _LOOKUPS and len(node.args) > 1:
            yield self.ev.eval(module, node.args[0]), node.args[1]
        for caller in self._find_method_callers(module, node.func) if node.args else ():
            yield self.ev.eval(module, node.args[0]), caller
        if name in ("map", "filter") and len(node.args) > 1:
            members = tuple(m for value in self.ev.eval(module, node.args[1]) for m in self.ev.list_members(value))
            for caller in self._find_method_callers(module, node.args[0]):
                yield members, caller

    def _find_method_callers(self, module: Module, node: ast.expr) -> Iterator[ast.expr]:
        for value in self.ev.eval(module, node):
            made = (
                value.call.node if isinstance(value, ExternalObject) and value.dotted.endswith("methodcaller") else None
            )
            if isinstance(made, ast.Call) and made.args:
                yield made.args[0]

    def _claim_patched(self, module: Module, node: ast.Call) -> None:
        """Claim the name in ``mock.patch("package.Client.name")`` and ``monkeypatch.setattr(...)``."""
        called = dotted_names(node) or ("",)
        if not node.args or not ("patch" in called or called[-1] == "setattr"):
            return
        for text in self.ev.eval(module, node.args[0]):
            if (
                isinstance(text, StringValue)
                and text.known
                and (name := text.known.rpartition(".")[2]) in self.words.methods
            ):
                self._claim_text(self._eval_dotted(module, text.known.rpartition(".")[0]), node.args[0], text, name)

    def _eval_dotted(self, module: Module, dotted: str) -> Values:
        parts = dotted.split(".")
        for count in range(len(parts) - 1, 0, -1):
            home = self.ev.project.find_module(".".join(parts[:count]), module)
            if home is not None:
                found = eval_module_member(self.ev, home, parts[count])
                for name in parts[count + 1 :]:
                    found = tuple(inner for outer in found for inner in eval_attribute_of(self.ev, outer, name))
                return found
        return (ExternalName(dotted),)

    def _claim_version(self, module: Module, node: ast.Call) -> None:
        """Claim the version that is passed to a client, or to its factory."""
        for value in (*self.ev.eval(module, node), *self.ev.eval(module, node.func)):
            known = find_client(self.ev, value)
            if known is None or not isinstance(value, ExternalObject) or value.call.node is not node:
                continue
            client, name = known
            given = keyword_value(node, client.version) if client.version else None
            for argument in [given] if given is not None else node.args:
                for text in self.ev.eval(module, argument):
                    rule = self.words.version_rules.get(text.known or "") if isinstance(text, StringValue) else None
                    if rule is not None and isinstance(text, StringValue):
                        seen = (f"version of client {name}", *text.trail)
                        where = (0, len(text.known or ""))
                        self.claims.claim_text(rule, text, where, EvidenceStrength.STRONG, seen, "", self.words.target)

    def _claim_argument(self, module: Module, node: ast.Call) -> None:
        """Claim a name that is an argument of an unknown call, in a module that hints at the API."""
        word = self.hints.find_hint(module)
        called = dotted_names(node) or ("",)
        if not word or is_logged(node) or called[-1] in _OTHER_CALLS or "patch" in called:
            return
        for argument in node.args:
            if (
                not isinstance(argument, ast.Constant)
                or argument in self.urls.other_hosts
                or is_declared_name(module, argument)
            ):
                continue
            if argument.value in self.words.methods:
                named = self.words.methods[argument.value]
                text = StringValue((LiteralPart(argument.value, ModuleNode(module, argument)),))
                place = find_written_span(text, (0, len(argument.value)))
                if place is not None and (*place, named.rule.id) not in self.claims.groups:
                    seen = (f"`{argument.value}` is an argument of a call; {word}",)
                    self.claims.claim_span(named.rule, module, place[1:], EvidenceStrength.WEAK, seen, "", named.new)
