"""Find strings derived from a webhook name, such as routes, task names and event-emitter keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import source_span
from migrator.python.analysis.values import (
    CollectionValue,
    Display,
    Instance,
    LiteralPart,
    ModuleNode,
    Reference,
    StringValue,
    UnknownPart,
    Values,
)
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.names.compared_names import NameJudge
from migrator.python.finders.names.name_claims import NameClaims, start_webhook_claims
from migrator.python.finders.names.webhook_names import WebhookNameJudge
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.context_hints import is_docstring, is_logged
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.webhook_objects import Verdict
from migrator.python.source.syntax import dotted_names, node_span

_BUILT = "code looks it up by a string that is built from the name: keep both in step"
_LISTENED = "the same object also receives the names as they are sent: keep both in step"
#: Methods of strings and collections.
_BUILTIN_METHODS = frozenset(dir(str) + dir(list) + dir(dict) + dir(set))


def find_derived_names(
    isolation: FailureIsolation,
    context: SearchContext,
    graph: CallGraph,
    received: ReceivedWebhooks,
    recognised: WebhookNameJudge,
    earlier: ClaimSet,
) -> ClaimSet:
    """Claim the strings that are derived from a name which is received, or which `earlier` claims."""
    names = start_webhook_claims(context, graph, earlier)
    isolation.for_program(received.modules, DerivedNameFinder(names, recognised.judge_name, received.modules).find_all)
    return names.claims


class DerivedNameFinder:
    """Claims the strings that must agree with a name, as manual. `judge` judges whether an expression is a name."""

    def __init__(self, names: NameClaims, judge: NameJudge, modules: Sequence[Module]) -> None:
        self.names, self.judge, self.modules = names, judge, modules
        self.ev = names.ev
        self.listeners: dict[object, list[tuple[Module, ast.Constant]]] = {}

    def find_all(self) -> None:
        """Claim every such string in the modules."""
        for module, call, owner in self._find_method_calls():
            for argument in call.args:
                if isinstance(argument, ast.Constant) and argument.value in self.names.known:
                    for identity in self._find_identities(module, owner):
                        self.listeners.setdefault(identity, []).append((module, argument))
        for module, call, owner in self._find_method_calls() if self.listeners else ():
            self._claim_listeners(module, call, owner)
        for module in self.modules:
            for node in module.nodes:
                match node:
                    case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format" | "join")):
                        if not _is_message(module, node):
                            self._claim_built(module, node)

    def _find_method_calls(self) -> Iterator[tuple[Module, ast.Call, ast.expr]]:
        for module in self.modules:
            for node in module.nodes:
                match node:
                    case ast.Call(func=ast.Attribute(value=owner, attr=attr)) if attr not in _BUILTIN_METHODS:
                        if not _is_message(module, node) and not is_logged(node):
                            yield module, node, owner

    def _find_identities(self, module: Module, node: ast.expr) -> Iterator[object]:
        for value in self.ev.eval(module, node):
            if isinstance(value, (Reference, CollectionValue)):
                yield value
            elif isinstance(value, Instance):
                yield value.cls
            elif not isinstance(value, Display) and (root := getattr(value, "root", None)) is not None:
                yield root

    def _claim_listeners(self, module: Module, call: ast.Call, owner: ast.expr) -> None:
        """Claim the listeners of ``emitter.emit(hook["action"])``, which are registered by a name."""
        heard = [spot for identity in self._find_identities(module, owner) for spot in self.listeners.get(identity, ())]
        for argument in call.args if heard else ():
            for verdict in self.judge(module, argument, self.ev.eval(module, argument))[:1]:
                for home, literal in heard:
                    self._claim_string(home, literal, str(literal.value), verdict, _LISTENED)

    def _claim_built(self, module: Module, node: ast.expr) -> None:
        for text in self.ev.eval(module, node):
            if isinstance(text, StringValue) and len(text.parts) > 1:
                for index, part in enumerate(text.parts):
                    for verdict in self._judge_part(module, node, part):
                        before, after = _surrounding_text(text, index)
                        if (before + after).strip():
                            self._claim_equal_strings(before, after, verdict)
                        if dotted_names(module.parents[node])[-1:] == ("import_module",):
                            self._claim_imported(module, node, (before, after), verdict)

    def _judge_part(self, module: Module, node: ast.expr, part: LiteralPart | UnknownPart) -> list[Verdict]:
        if isinstance(part, UnknownPart):
            given: Values = (part.item,) if part.item else ()
            return self.judge(module, node, given)[:1] if given else []
        spot = part.origin if part.text in self.names.known else None
        place = source_span(LiteralPart(part.text, spot, part.offset), 0, len(part.text)) if spot else None
        groups = self.names.claims.groups
        return [
            Verdict(claim.strength, claim.evidence[0])
            for (home, start, end, _), group in (groups.items() if spot and place else ())
            if spot and home is spot.module and (start, end) == place
            for claim in group[:1]
        ][:1]

    def _claim_equal_strings(self, before: str, after: str, verdict: Verdict) -> None:
        for old in self.names.known:
            for module in self.modules:
                for literal in module.strings.get(f"{before}{old}{after}", ()):
                    self._claim_string(module, literal, old, verdict, _BUILT, len(before))

    def _claim_imported(self, module: Module, node: ast.expr, around: tuple[str, str], verdict: Verdict) -> None:
        """Claim the modules that ``import_module(f"handlers.{action}")`` imports."""
        for old, named in self.names.known.items():
            found = self.ev.project.find_module(old.join(around), module)
            if found is not None:
                reason = f"{found.path} is looked up by this name: rename both together"
                where, evidence = node_span(module.source, node), (verdict.evidence,)
                self.names.claims.claim_span(named.rule, module, where, verdict.strength, evidence, reason)

    def _claim_string(
        self, module: Module, literal: ast.Constant, old: str, verdict: Verdict, reason: str, at: int = 0
    ) -> None:
        text = StringValue((LiteralPart(str(literal.value), ModuleNode(module, literal)),))
        if not is_docstring(module, literal):
            named = self.names.known[old]
            evidence = (verdict.evidence,)
            self.names.claims.claim_text(
                named.rule, text, (at, at + len(old)), verdict.strength, evidence, reason, None
            )


def _surrounding_text(text: StringValue, index: int) -> tuple[str, str]:
    """Return the known characters before and after a part, up to the next unknown one."""
    before = after = ""
    for part in reversed(text.parts[:index]):
        if isinstance(part, UnknownPart):
            break
        before = part.text + before
    for part in text.parts[index + 1 :]:
        if isinstance(part, UnknownPart):
            break
        after += part.text
    return before, after


def _is_message(module: Module, node: ast.AST) -> bool:
    outer = module.parents.get(node)
    return is_logged(outer) or isinstance(outer, ast.Raise) or isinstance(module.parents.get(outer or node), ast.Raise)
