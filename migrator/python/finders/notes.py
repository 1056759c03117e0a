"""Find changes that need a judgement: changed behaviour, scopes, and the TODO comments of earlier runs."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from migrator.findings.messages import RESPONSE_CHANGED
from migrator.findings.operation import TakeBackComment
from migrator.python.analysis.dicts.dict_entries import find_entries
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Display
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.request_fields import ClaimedFields
from migrator.python.recognition.claims import Claim, ClaimSet, EvidenceStrength
from migrator.python.recognition.context_hints import is_docstring
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests
from migrator.python.recognition.shell_commands import claim_shell_commands
from migrator.python.rewrite.todo import find_todos
from migrator.python.source.comments import extract_comments
from migrator.python.source.source_file import SourceFile
from migrator.python.source.syntax import node_span
from migrator.rules.rule import Kind, Rule

_TODO = re.compile(r"#\s*TODO\(migrator ([a-z0-9][a-z0-9.-]*)\)")
_EARLIER = ("TODO comment of an earlier run",)
_NESTED = "move its contents up manually"
_MISSING = "the body does not contain it yet"
_NOTES = (Kind.BEHAVIOUR, Kind.MANUAL)


@dataclass(frozen=True, slots=True)
class EarlierTodos:
    """The TODO comments of earlier runs: the rule, the module and the line of each."""

    lines: frozenset[tuple[str, Module, int]]


def find_scopes(isolation: FailureIsolation, context: SearchContext) -> ClaimSet:
    """Claim the strings that name a scope whose reach changed."""
    claims = ClaimSet()
    isolation.for_each_module(context.modules, lambda module: _claim_scopes(context, module, claims))
    return claims


def find_shell_commands(isolation: FailureIsolation, context: SearchContext) -> ClaimSet:
    """Claim, as manual, the methods and versions in the shell commands of notebooks."""
    claims = ClaimSet()
    isolation.for_each_module(context.modules, lambda module: claim_shell_commands(context, module, claims))
    return claims


def find_earlier_todos(isolation: FailureIsolation, context: SearchContext) -> tuple[ClaimSet, EarlierTodos]:
    """Claim the TODO comments that an earlier run added and that are still there."""
    claims, lines = ClaimSet(), set[tuple[str, Module, int]]()
    isolation.for_each_module(context.modules, lambda module: _claim_todos(context, module, claims, lines))
    return claims, EarlierTodos(frozenset(lines))


def find_notes(
    isolation: FailureIsolation, context: SearchContext, sent: SentRequests, fields: ClaimedFields, todos: EarlierTodos
) -> ClaimSet:
    """Claim the calls whose meaning changed, unless a field of the call or a TODO already reports it."""
    finder = NoteFinder(context, fields, todos)
    isolation.for_each_request(sent.requests, finder.find_in_request)
    return finder.claims


def _claim_scopes(context: SearchContext, module: Module, claims: ClaimSet) -> None:
    for rule in context.words.rows_of_kinds(Kind.SCOPE):
        name = rule.old or rule.new or ""
        if name not in module.source.text:
            continue
        word = context.hints.find_hint(module)
        pattern = re.compile(rf"(?<![\w.:-]){re.escape(name)}(?![\w.:-])")
        for node in module.nodes:
            match node:
                case ast.Constant(value=str(text)) if word and pattern.search(text) and not is_docstring(module, node):
                    seen = (f"scope {name} is used; {word}",)
                    claims.claim_span(rule, module, node_span(module.source, node), EvidenceStrength.STRONG, seen)


def _claim_todos(context: SearchContext, module: Module, claims: ClaimSet, lines: set[tuple[str, Module, int]]) -> None:
    rules = {rule.id: rule for rule in context.words.rows_of_kinds()}
    source = module.source
    last_lines = _find_last_lines(source)
    for comment in extract_comments(source):
        found = _TODO.match(comment.text)
        if found is None:
            continue
        where = (comment.start, comment.start + len(comment.text))
        rule = context.words.reversed_rules.get(found[1])
        if rule is not None and comment.line in last_lines:
            operations = (TakeBackComment(rule.id, *where),)
            strong = EvidenceStrength.STRONG
            claims.add(Claim(rule, module, *where, comment.text, None, strong, _EARLIER, operations=operations))
        elif found[1] in rules:
            claims.claim_span(rules[found[1]], module, where, EvidenceStrength.STRONG, _EARLIER, "this is still to do")
            lines.add((found[1], module, last_lines.get(comment.line, comment.line)))


def _find_last_lines(source: SourceFile) -> dict[int, int]:
    """Return for the first line of each TODO comment the line above the code: one TODO may follow another."""
    found: dict[int, int] = {}
    for todo in reversed(list(find_todos(source.text))):
        last = source.position(todo.end - 1)[0]
        found[source.position(todo.start)[0]] = found.get(last + 1, last)
    return found


class NoteFinder:
    """Claims the calls of methods whose behaviour changed; remembers which modules already answer a change."""

    def __init__(self, context: SearchContext, fields: ClaimedFields, todos: EarlierTodos) -> None:
        self.ev, self.words, self.fields, self.todos = context.ev, context.words, fields, todos
        self.claims = ClaimSet()
        self._answered: dict[tuple[str, Module], bool] = {}

    def find_in_request(self, request: SentRequest) -> None:
        """Claim a call whose meaning changed, unless its module already answers the change."""
        module, start, end = request.name
        for rule, _ in self.words.rows_for_request(request.method, *_NOTES):
            if not self._is_answered(rule, request.spot.module) and not self._is_reported(rule, request):
                self.claims.claim_span(rule, module, (start, end), request.strength, request.evidence)
        for rule, path in self.words.rows_for_request(request.method, Kind.UNNEST, Kind.ADD_KEY):
            found = [entry for body in request.bodies for entry in find_entries(self.ev, body, str(path[-1]))]
            if bool(found) == (rule.kind is Kind.UNNEST):
                reason = _NESTED if rule.kind is Kind.UNNEST else _MISSING
                self.claims.claim_span(rule, module, (start, end), request.strength, request.evidence, reason)
        for rule, _ in self.words.rows_for_response(request.method):
            if not self._is_answered(rule, request.spot.module):
                span, seen = (start, end), request.evidence
                self.claims.claim_span(rule, module, span, request.strength, seen, RESPONSE_CHANGED)

    def _is_reported(self, rule: Rule, request: SentRequest) -> bool:
        """Return whether a field that the call still sends, or the TODO above a removed one, reports the change."""
        for other, _ in self.words.rows_for_request(request.method, Kind.REMOVE_KEY):
            if other.follow_up is not None and other.follow_up.method in rule.answered_by:
                written = [request.spot, *(body.origin for body in request.bodies if isinstance(body, Display))]
                above = [(at.module, at.module.enclosing_statement(at.node).lineno - 1) for at in written]
                if (other.id, request.spot.node) in self.fields.calls:
                    return True
                if any((other.id, *at) in self.todos.lines for at in above):
                    return True
        return False

    def _is_answered(self, rule: Rule, module: Module) -> bool:
        if (rule.id, module) not in self._answered:
            names = [name for name in rule.answered_by if name.lower() in module.lowercase_words]
            nodes = module.nodes if names else ()
            self._answered[rule.id, module] = any(_mentions_any(node, names, module) for node in nodes)
        return self._answered[rule.id, module]


def _mentions_any(node: ast.AST, names: list[str], module: Module) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in names
        case ast.Constant(value=str(text)):
            return any(name in text for name in names) and not is_docstring(module, node)
    return False
