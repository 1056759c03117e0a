"""Find the names of methods and webhooks that code compares, looks up or dispatches on."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable as FunctionType
from collections.abc import Sequence
from dataclasses import dataclass

from migrator.matching.urls import GAP
from migrator.python.analysis import attributes, classes
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Step
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Hole,
    Item,
    Made,
    Many,
    ModuleRef,
    Spot,
    Text,
    Value,
    Values,
    as_text,
)
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import UrlEvidence
from migrator.python.finders.name_claims import ON_PURPOSE, NameClaims, method_claims, webhook_claims
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.finders.webhook_names import WebhookNames
from migrator.python.recognition.claims import Claims
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.url_text import shape_of
from migrator.python.recognition.webhook_objects import Verdict
from migrator.python.source.syntax import span

Test = FunctionType[[str, str], bool]
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)
_CONTAINS = str.__contains__
_PARTS: dict[str, Test] = {
    "startswith": str.startswith,
    "removeprefix": str.startswith,
    "endswith": str.endswith,
    "removesuffix": str.endswith,
    "replace": _CONTAINS,
    "partition": _CONTAINS,
    "rpartition": _CONTAINS,
    "split": _CONTAINS,
    "find": _CONTAINS,
    "index": _CONTAINS,
}

#: A repeated group that repeats inside, such as ``(a+)+``: matching it may take exponential time.
_SLOW = re.compile(r"[*+}]\)[*+{]")
#: One or two characters are part of nearly every name: a test for them says nothing about the names of webhooks.
_SHORTEST_PART = 3
_FOUND = "it is looked up by this name: rename both together"
_MATCHES = frozenset({"match", "fullmatch", "search"})
Judge = FunctionType[[Module, ast.expr, Values], list[Verdict]]


@dataclass(frozen=True, slots=True)
class ComparedNames:
    """The expressions that are compared with the name of a webhook, or looked up by one."""

    nodes: frozenset[ast.AST]


def find_compared_methods(
    isolation: FailureIsolation, context: SearchContext, graph: CallGraph, urls: UrlEvidence
) -> Claims:
    """Claim the names of methods that code acts on before it puts them into a URL."""
    names, methods = method_claims(context, graph), urls.methods
    isolation.for_program(context.modules, lambda: methods.claim_annotations(names))
    if methods.parameters:
        isolation.for_each_module(context.modules, NameUses(names, methods.judge, context.modules).find)
    return names.claims


def find_compared_webhooks(
    isolation: FailureIsolation,
    context: SearchContext,
    graph: CallGraph,
    received: ReceivedWebhooks,
    recognised: WebhookNames,
) -> tuple[Claims, ComparedNames]:
    """Claim the names of webhooks that code compares, looks up or dispatches on."""
    names = webhook_claims(context, graph)
    isolation.for_each_module(received.modules, NameUses(names, recognised.judge, received.modules).find)
    return names.claims, ComparedNames(frozenset(names.acted))


class NameUses:
    """Claims the names that a module acts on, and names elsewhere that flow into it.

    `judge` judges whether an expression, with its values, is a name or contains names.
    """

    def __init__(self, names: NameClaims, judge: Judge, modules: Sequence[Module]) -> None:
        self.names, self._judge, self.modules = names, judge, modules
        self.ev, self.claims = names.ev, names.claims
        self._either = {*names.known, *(named.new for named in names.known.values())}
        self._used: dict[object, list[tuple[Module, ast.expr]]] | None = None

    def judge(self, module: Module, node: ast.expr) -> list[Verdict]:
        """Judge whether an expression is a name."""
        return self._judge(module, node, self.ev.eval(module, node))

    def find(self, module: Module) -> None:
        """Claim every name in a module, and names elsewhere that flow into it."""
        for node in module.nodes:
            match node:
                case ast.Compare(left=left, ops=[operator], comparators=[right]):
                    self._compare(module, left, right, isinstance(operator, (ast.In, ast.NotIn)))
                case ast.Match(subject=subject, cases=cases):
                    for case in cases:
                        self._case(module, subject, case.pattern, ())
                case ast.Subscript(value=ast.Call(func=ast.Name(id="globals" | "vars" | "locals")), slice=name):
                    self._dispatch(module, None, name)
                case ast.Subscript(value=base, slice=key):
                    self._table(module, base, key)
                case ast.Call(func=ast.Attribute(value=base, attr=attr), args=[key, *_]):
                    self._method(module, base, attr, key)
                    if attr in _MATCHES:
                        self._matched(module, base, attr, node.args)
                case ast.Call(func=ast.Name(id="getattr"), args=[owner, name, *_]):
                    self._dispatch(module, owner, name)
                case ast.Call(args=[name, *_]):
                    self._converted(module, node, name)

    def _compare(self, module: Module, left: ast.expr, right: ast.expr, is_in: bool) -> None:
        for one, other in ((left, right), (right, left)):
            verdicts = self.judge(module, one)
            if verdicts:
                self.names.claim_all(module, other, verdicts)
            for text, _ in self.names.texts(module, other) if verdicts and one is right and is_in else ():
                if text.known not in self.names.known:
                    self._part(text, _CONTAINS, verdicts[0])

    def _converted(self, module: Module, node: ast.Call, name: ast.expr) -> None:
        """Claim the values of the enum in ``Action(hook["action"])``."""
        for value in self.ev.eval(module, node.func):
            if isinstance(value, Class) and classes.is_enum(self.ev, value):
                self.names.claim_all(module, node.func, self.judge(module, name))

    def _case(self, module: Module, subject: ast.expr, pattern: ast.pattern, path: tuple[Step, ...]) -> None:
        match pattern:
            case ast.MatchValue(value=value):
                found = tuple(v for s in self.ev.eval(module, subject) for v in self.ev.walk(s, path))
                self.names.claim_all(module, value, self._judge(module, subject, found))
            case ast.MatchOr(patterns=patterns):
                for inner in patterns:
                    self._case(module, subject, inner, path)
            case ast.MatchSequence(patterns=patterns):
                for index, inner in enumerate(patterns):
                    self._case(module, subject, inner, (*path, index))
            case ast.MatchAs(pattern=ast.pattern() as inner):
                self._case(module, subject, inner, path)
            case ast.MatchMapping(keys=keys, patterns=patterns):
                for key, inner in zip(keys, patterns, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        self._case(module, subject, inner, (*path, key.value))
            case ast.MatchClass(kwd_attrs=names, kwd_patterns=patterns):
                for name, inner in zip(names, patterns, strict=True):
                    self._case(module, subject, inner, (*path, name))

    def _table(self, module: Module, base: ast.expr, key: ast.expr) -> None:
        """Claim the keys of the table in ``HANDLERS[action]``, and those under which it is used elsewhere."""
        verdicts = self.judge(module, key)
        if verdicts:
            self._keys_of(module, base, verdicts)
        spelt: FunctionType[[str], str] = str
        if isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and key.func.attr == "upper":
            verdicts, spelt = self.judge(module, key.func.value), str.upper
        for value in self.ev.eval(module, base) if verdicts else ():
            if isinstance(value, Class) and classes.is_enum(self.ev, value):
                self._members(value, verdicts[0], spelt)

    def _members(self, enum: Class, verdict: Verdict, spelt: FunctionType[[str], str]) -> None:
        """Claim the members of the enum in ``Action[name]`` and ``Action[name.upper()]``."""
        names = {spelt(old): named for old, named in self.names.known.items()}
        targets = [target for node in enum.node.body if isinstance(node, ast.Assign) for target in node.targets]
        for target in targets:
            if isinstance(target, ast.Name) and (named := names.get(target.id)):
                where = span(enum.module.source, target)
                self.claims.at(named.rule, enum.module, where, verdict.strength, (verdict.evidence,), _FOUND)

    def _keys_of(self, module: Module, base: ast.expr, verdicts: list[Verdict]) -> None:
        for value in self.ev.eval(module, base):
            if isinstance(value, Display) and isinstance(value.spot.node, ast.Call):
                self._keywords(value.spot, verdicts[0])
        keys = [(module, base), *self._keys_elsewhere(module, base)]
        beside = {text.known for other, key in keys for text, _ in self.names.texts(other, key)}
        for other, key in keys:
            self.names.claim_all(other, key, verdicts, beside)

    def _keywords(self, spot: Spot, verdict: Verdict) -> None:
        """Claim the keywords of ``dict(name=handler)``, which are identifiers."""
        assert isinstance(spot.node, ast.Call)
        names: set[str | None] = {keyword.arg for keyword in spot.node.keywords}
        for keyword in spot.node.keywords:
            named = self.names.known.get(keyword.arg or "")
            if named and keyword.arg:
                start = span(spot.module.source, keyword)[0]
                held = ON_PURPOSE if self.names.both(keyword.arg, names) else ""
                where = (start, start + len(keyword.arg))
                self.claims.at(named.rule, spot.module, where, verdict.strength, (verdict.evidence,), held, named.new)

    def _keys_elsewhere(self, module: Module, base: ast.expr) -> list[tuple[Module, ast.expr]]:
        """Return the keys under which the same table is written or looked up, in any module."""
        if self._used is None:
            self._used = {}
            for other in self.modules:
                for target, key in filter(None, (self._used_in(node) for node in other.nodes)):
                    for table in set(self._identity(other, target)):
                        self._used.setdefault(table, []).append((other, key))
        tables = dict.fromkeys(self._identity(module, base))
        return list(dict.fromkeys(used for table in tables for used in self._used.get(table, ())))

    def _used_in(self, node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
        """Return the table that a node writes to, or in which it looks up a known name, and the key."""
        match node:
            case ast.Subscript(value=target, slice=ast.Constant(value=str(name)) as key) if name in self._either:
                return target, key
            case ast.Call(func=ast.Attribute(value=target, attr="get" | "pop"), args=[ast.Constant() as key, *_]):
                return (target, key) if key.value in self._either else None
        return _stored_in(node)

    def _identity(self, module: Module, node: ast.expr) -> list[object]:
        found: list[object] = []
        for value in self.ev.eval(module, node):
            match value:
                case Display(spot=spot):
                    found.append(spot)
                case Item() | Many():
                    found.append(value)
                case _ if (root := getattr(value, "root", None)) is not None:
                    found.append(root)
        return found

    def _method(self, module: Module, base: ast.expr, attr: str, key: ast.expr) -> None:
        if attr in ("get", "pop", "__getitem__", "__contains__"):
            self._table(module, base, key)
        elif attr in _PARTS:
            verdicts = self.judge(module, base)
            for verdict in verdicts[:1]:
                for text, _ in self.names.texts(module, key):
                    self._part(text, _PARTS[attr], verdict)

    def _matched(self, module: Module, base: ast.expr, how: str, given: list[ast.expr]) -> None:
        """Claim the pattern in ``re.match("...", action)``, and in the same call of a compiled pattern."""
        for value in self.ev.eval(module, base):
            if value == External("re") and len(given) > 1:
                home, pattern, subject = module, *given[:2]
            elif isinstance(value, Made) and value.dotted == "re.compile" and (made := _arguments(value.call)):
                home, pattern, subject = value.call.module, made[0], given[0]
            else:
                continue
            for verdict in self.judge(module, subject)[:1]:
                for text, _ in self.names.texts(home, pattern):
                    self._part(text, _test_of(how), verdict)

    def _part(self, text: Text, test: Test, verdict: Verdict) -> None:
        """Claim, as manual, the test of a part of a name that the new name does not pass."""
        known = text.known
        if not known or len(known) < _SHORTEST_PART:
            return
        for old, named in self.names.known.items():
            if test(old, known) and not (named.new and test(named.new, known)):
                reason = f"the new name of {old} does not pass this test" if named.new else f"{old} is no longer sent"
                self.claims.name(named.rule, text, (0, len(known)), verdict.strength, (verdict.evidence,), reason, None)

    def _dispatch(self, module: Module, owner: ast.expr | None, name: ast.expr) -> None:
        """Claim the functions that ``getattr(self, "on_" + action)`` finds by their name."""
        for value in self.ev.eval(module, name):
            holes = [p.item for p in as_text(value).parts if isinstance(p, Hole) and p.item]
            verdicts = self._judge(module, name, tuple(holes))
            if verdicts:
                shape = shape_of(as_text(value))
                for target in self.ev.eval(module, owner) if owner is not None else (ModuleRef(module),):
                    self._named_after(target, shape, verdicts[0])

    def _named_after(self, target: Value, shape: str, verdict: Verdict) -> None:
        for old, named in self.names.known.items():
            for found in attributes.attribute(self.ev, target, shape.replace(GAP, old)):
                if not isinstance(found, Callable) or not isinstance(found.node, _DEFINES):
                    continue
                source = found.module.source
                start = source.text.index(found.node.name, span(source, found.node)[0])
                where = (start, start + len(found.node.name))
                self.claims.at(named.rule, found.module, where, verdict.strength, (verdict.evidence,), _FOUND)


def _stored_in(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """Return the table that a node writes to, and the key."""
    match node:
        case ast.Subscript(value=target, slice=key, ctx=ast.Store()):
            return target, key
        case ast.Call(func=ast.Attribute(value=ast.Subscript(value=target, slice=key), attr="append" | "add")):
            return target, key
        case ast.Call(func=ast.Attribute(value=target, attr="setdefault" | "update"), args=[key, *_]):
            return target, key
    return None


def _arguments(call: Spot) -> list[ast.expr]:
    return call.node.args if isinstance(call.node, ast.Call) else []


def _test_of(how: str) -> Test:
    """Return the test of a name that a function of `re` makes; no name passes a pattern that may never end."""

    def test(name: str, pattern: str) -> bool:
        try:
            return _SLOW.search(pattern) is None and getattr(re, how)(pattern, name) is not None
        except re.error:
            return False

    return test
