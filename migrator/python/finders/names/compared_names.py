"""Find the names of methods and webhooks that code compares, looks up or dispatches on."""

from __future__ import annotations

import ast
from collections.abc import Callable as FunctionType
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.matching.urls import GAP
from migrator.python.analysis import attributes, classes
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import PathStep
from migrator.python.analysis.values import (
    ClassValue,
    Display,
    ExternalName,
    ExternalObject,
    FunctionValue,
    Instance,
    ModuleNode,
    ModuleValue,
    Reference,
    StringValue,
    UnknownPart,
    Value,
    Values,
    to_string,
)
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.finders.names.name_claims import BOTH_NAMES, NameClaims, start_method_claims, start_webhook_claims
from migrator.python.finders.names.part_tests import CONTAINS, PARTS, PartTest, create_regex_test
from migrator.python.finders.names.table_uses import TableUses
from migrator.python.finders.names.webhook_names import WebhookNameJudge
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.url_text import shape_of
from migrator.python.recognition.webhook_objects import Verdict
from migrator.python.source.syntax import node_span

#: One or two characters are part of nearly every name: a test for them says nothing about the names of webhooks.
_SHORTEST_PART = 3
_LOOKED_UP = "it is looked up by this name: rename both together"
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)
_MATCHES = frozenset({"match", "fullmatch", "search"})
NameJudge = FunctionType[[Module, ast.expr, Values], list[Verdict]]


@dataclass(frozen=True, slots=True)
class ComparedNames:
    """The expressions that are compared with the name of a webhook, or looked up by one."""

    nodes: frozenset[ast.AST]


def find_compared_methods(
    isolation: FailureIsolation, context: SearchContext, graph: CallGraph, urls: UrlEvidence
) -> ClaimSet:
    """Claim the names of methods that code acts on before it puts them into a URL."""
    names, methods = start_method_claims(context, graph), urls.methods
    isolation.for_program(context.modules, lambda: methods.claim_annotations(names))
    if methods.parameters:
        isolation.for_each_module(
            context.modules, ComparedNameFinder(names, methods.judge_name, context.modules).find_in
        )
    return names.claims


def find_compared_webhooks(
    isolation: FailureIsolation,
    context: SearchContext,
    graph: CallGraph,
    received: ReceivedWebhooks,
    recognised: WebhookNameJudge,
) -> tuple[ClaimSet, ComparedNames]:
    """Claim the names of webhooks that code compares, looks up or dispatches on."""
    names = start_webhook_claims(context, graph)
    isolation.for_each_module(
        received.modules, ComparedNameFinder(names, recognised.judge_name, received.modules).find_in
    )
    return names.claims, ComparedNames(frozenset(names.acted))


class ComparedNameFinder:
    """Claims the names that a module acts on, and names elsewhere that flow into it.

    `judge` judges whether an expression, with its values, is a name or contains names.
    """

    def __init__(self, names: NameClaims, judge: NameJudge, modules: Sequence[Module]) -> None:
        self.names, self._judge, self.modules = names, judge, modules
        self.ev, self.claims = names.ev, names.claims
        either = {*names.known, *(named.new for named in names.known.values())}
        self._tables = TableUses(self.ev, modules, frozenset(name for name in either if name))

    def judge_expression(self, module: Module, node: ast.expr) -> list[Verdict]:
        """Judge whether an expression is a name."""
        return self._judge(module, node, self.ev.eval(module, node))

    def find_in(self, module: Module) -> None:
        """Claim every name in a module, and names elsewhere that flow into it."""
        for node in module.nodes:
            match node:
                case ast.Compare(left=left, ops=[operator], comparators=[right]):
                    self._claim_comparison(module, left, right, isinstance(operator, (ast.In, ast.NotIn)))
                case ast.Match(subject=subject, cases=cases):
                    for case in cases:
                        self._claim_case(module, subject, case.pattern, ())
                case ast.Subscript(value=ast.Call(func=ast.Name(id="globals" | "vars" | "locals")), slice=name):
                    self._claim_dispatch(module, None, name)
                case ast.Subscript(value=base, slice=key):
                    self._claim_table(module, base, key)
                case ast.Call(func=ast.Attribute(value=base, attr=attr), args=[key, *_]):
                    self._claim_method_call(module, base, attr, key)
                    if attr in _MATCHES:
                        self._claim_pattern(module, base, attr, node.args)
                case ast.Call(func=ast.Name(id="getattr"), args=[owner, name, *_]):
                    self._claim_dispatch(module, owner, name)
                case ast.Call(args=[name, *_]):
                    self._claim_enum_values(module, node, name)

    def _claim_comparison(self, module: Module, left: ast.expr, right: ast.expr, is_in: bool) -> None:
        for one, other in ((left, right), (right, left)):
            verdicts = self.judge_expression(module, one)
            if verdicts:
                self.names.claim_all(module, other, verdicts)
            for text, _ in self.names.find_texts(module, other) if verdicts and one is right and is_in else ():
                if text.known not in self.names.known:
                    self._claim_part(text, CONTAINS, verdicts[0])

    def _claim_enum_values(self, module: Module, node: ast.Call, name: ast.expr) -> None:
        """Claim the values of the enum in ``Action(hook["action"])``."""
        for value in self.ev.eval(module, node.func):
            if isinstance(value, ClassValue) and classes.is_enum_class(self.ev, value):
                self.names.claim_all(module, node.func, self.judge_expression(module, name))

    def _claim_case(self, module: Module, subject: ast.expr, pattern: ast.pattern, path: tuple[PathStep, ...]) -> None:
        match pattern:
            case ast.MatchValue(value=value):
                found = [v for s in self.ev.eval(module, subject) for v in self._eval_part(s, path)]
                self.names.claim_all(module, value, self._judge(module, subject, tuple(found)))
            case ast.MatchOr(patterns=patterns):
                for inner in patterns:
                    self._claim_case(module, subject, inner, path)
            case ast.MatchSequence(patterns=patterns):
                for index, inner in enumerate(patterns):
                    self._claim_case(module, subject, inner, (*path, index))
            case ast.MatchAs(pattern=ast.pattern() as inner):
                self._claim_case(module, subject, inner, path)
            case ast.MatchMapping(keys=keys, patterns=patterns):
                for key, inner in zip(keys, patterns, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        self._claim_case(module, subject, inner, (*path, key.value))
            case ast.MatchClass(kwd_attrs=names, kwd_patterns=patterns):
                for name, inner in zip(names, patterns, strict=True):
                    self._claim_case(module, subject, inner, (*path, name))

    def _eval_part(self, subject: Value, path: tuple[PathStep, ...]) -> Iterator[Value]:
        """Yield what a path leads to in a subject; a field of a model also as the one that all its objects share."""
        yield from self.ev.follow_path(subject, path)
        for owner in self.ev.follow_path(subject, path[:-1]) if path and isinstance(path[-1], str) else ():
            if isinstance(owner, Instance):
                cls = owner.cls
                yield Reference(cls.module.scopes.at[cls.node, cls.node.name], (str(path[-1]),))

    def _claim_table(self, module: Module, base: ast.expr, key: ast.expr) -> None:
        """Claim the keys of the table in ``HANDLERS[action]``, and those under which it is used elsewhere."""
        verdicts = self.judge_expression(module, key)
        if verdicts:
            self._claim_keys(module, base, verdicts)
        spelt: FunctionType[[str], str] = str
        if isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and key.func.attr == "upper":
            verdicts, spelt = self.judge_expression(module, key.func.value), str.upper
        for value in self.ev.eval(module, base) if verdicts else ():
            if isinstance(value, ClassValue) and classes.is_enum_class(self.ev, value):
                self._claim_members(value, verdicts[0], spelt)

    def _claim_members(self, enum: ClassValue, verdict: Verdict, spelt: FunctionType[[str], str]) -> None:
        """Claim the members of the enum in ``Action[name]`` and ``Action[name.upper()]``."""
        names = {spelt(old): named for old, named in self.names.known.items()}
        targets = [target for node in enum.node.body if isinstance(node, ast.Assign) for target in node.targets]
        for target in targets:
            if isinstance(target, ast.Name) and (named := names.get(target.id)):
                where = node_span(enum.module.source, target)
                self.claims.claim_span(
                    named.rule, enum.module, where, verdict.strength, (verdict.evidence,), _LOOKED_UP
                )

    def _claim_keys(self, module: Module, base: ast.expr, verdicts: list[Verdict]) -> None:
        for value in self.ev.eval(module, base):
            if isinstance(value, Display) and isinstance(value.origin.node, ast.Call):
                self._claim_keywords(value.origin, verdicts[0])
        keys = [(module, base), *self._tables.find_keys_elsewhere(module, base)]
        beside = {text.known for other, key in keys for text, _ in self.names.find_texts(other, key)}
        for other, key in keys:
            self.names.claim_all(other, key, verdicts, beside)

    def _claim_keywords(self, spot: ModuleNode, verdict: Verdict) -> None:
        """Claim the keywords of ``dict(name=handler)``, which are identifiers."""
        assert isinstance(spot.node, ast.Call)
        names: set[str | None] = {keyword.arg for keyword in spot.node.keywords}
        for keyword in spot.node.keywords:
            named = self.names.known.get(keyword.arg or "")
            if named and keyword.arg:
                start = node_span(spot.module.source, keyword)[0]
                held = BOTH_NAMES if self.names.has_both(keyword.arg, names) else ""
                where = (start, start + len(keyword.arg))
                self.claims.claim_span(
                    named.rule, spot.module, where, verdict.strength, (verdict.evidence,), held, named.new
                )

    def _claim_method_call(self, module: Module, base: ast.expr, attr: str, key: ast.expr) -> None:
        if attr in ("get", "pop", "__getitem__", "__contains__"):
            self._claim_table(module, base, key)
        elif attr in PARTS:
            verdicts = self.judge_expression(module, base)
            for verdict in verdicts[:1]:
                for text, _ in self.names.find_texts(module, key):
                    self._claim_part(text, PARTS[attr], verdict)

    def _claim_pattern(self, module: Module, base: ast.expr, how: str, given: list[ast.expr]) -> None:
        """Claim the pattern in ``re.match("...", action)``, and in the same call of a compiled pattern."""
        for value in self.ev.eval(module, base):
            if value == ExternalName("re") and len(given) > 1:
                home, pattern, subject = module, *given[:2]
            elif (
                isinstance(value, ExternalObject)
                and value.dotted == "re.compile"
                and (made := _call_arguments(value.call))
            ):
                home, pattern, subject = value.call.module, made[0], given[0]
            else:
                continue
            for verdict in self.judge_expression(module, subject)[:1]:
                for text, _ in self.names.find_texts(home, pattern):
                    self._claim_part(text, create_regex_test(how), verdict)

    def _claim_part(self, text: StringValue, test: PartTest, verdict: Verdict) -> None:
        """Claim, as manual, the test of a part of a name that the new name does not pass."""
        known = text.known
        if not known or len(known) < _SHORTEST_PART:
            return
        for old, named in self.names.known.items():
            if test(old, known) and not (named.new and test(named.new, known)):
                reason = f"the new name of {old} does not pass this test" if named.new else f"{old} is no longer sent"
                self.claims.claim_text(
                    named.rule, text, (0, len(known)), verdict.strength, (verdict.evidence,), reason, None
                )

    def _claim_dispatch(self, module: Module, owner: ast.expr | None, name: ast.expr) -> None:
        """Claim the functions that ``getattr(self, "on_" + action)`` finds by their name."""
        for value in self.ev.eval(module, name):
            holes = [p.item for p in to_string(value).parts if isinstance(p, UnknownPart) and p.item]
            verdicts = self._judge(module, name, tuple(holes))
            if verdicts:
                shape = shape_of(to_string(value))
                for target in self.ev.eval(module, owner) if owner is not None else (ModuleValue(module),):
                    self._claim_functions(target, shape, verdicts[0])

    def _claim_functions(self, target: Value, shape: str, verdict: Verdict) -> None:
        for old, named in self.names.known.items():
            for found in attributes.eval_attribute_of(self.ev, target, shape.replace(GAP, old)):
                if not isinstance(found, FunctionValue) or not isinstance(found.node, _DEFINES):
                    continue
                source = found.module.source
                start = source.text.index(found.node.name, node_span(source, found.node)[0])
                where = (start, start + len(found.node.name))
                self.claims.claim_span(
                    named.rule, found.module, where, verdict.strength, (verdict.evidence,), _LOOKED_UP
                )


def _call_arguments(call: ModuleNode) -> list[ast.expr]:
    return call.node.args if isinstance(call.node, ast.Call) else []
