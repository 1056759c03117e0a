"""Find what only a person can judge: changed behaviour, scopes, notes, and what earlier runs left to do."""

from __future__ import annotations

import ast
import re

from migrator.python.analysis.dict_entries import entries
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Display
from migrator.python.recognition.claims import Strength
from migrator.python.recognition.context_hints import is_docstring
from migrator.python.recognition.search import Search
from migrator.python.recognition.sent_requests import Sent
from migrator.python.source.comments import comments_of
from migrator.python.source.syntax import span
from migrator.rules.rule import Kind, Rule

_TODO = re.compile(r"#\s*TODO\(migrator ([a-z0-9][a-z0-9.-]*)\)")
_NESTED = "take the body out of it by hand"
_MISSING = "the body does not hold it yet"
_NOTES = (Kind.BEHAVIOUR, Kind.MANUAL)


def find_notes(search: Search, request: Sent) -> None:
    """Claim a call whose meaning changed, unless its module already answers the change."""
    ev, words, claims = search.ev, search.words, search.claims
    module, start, end = request.name
    for rule, _ in words.for_request(request.method, *_NOTES):
        if not _answered(search, rule, request.spot.module) and not _is_told(search, rule, request):
            claims.at(rule, module, (start, end), request.strength, request.evidence)
    for rule, path in words.for_request(request.method, Kind.UNNEST, Kind.ADD_KEY):
        found = [entry for body in request.bodies for entry in entries(ev, body, str(path[-1]))]
        if bool(found) == (rule.kind is Kind.UNNEST):
            reason = _NESTED if rule.kind is Kind.UNNEST else _MISSING
            claims.at(rule, module, (start, end), request.strength, request.evidence, reason)


def find_scopes(search: Search, module: Module) -> None:
    """Claim the strings that name a scope whose reach changed."""
    for rule in search.words.rules(Kind.SCOPE):
        name = rule.old or rule.new or ""
        if name not in module.source.text:
            continue
        word = search.around.hint(module)
        pattern = re.compile(rf"(?<![\w.:-]){re.escape(name)}(?![\w.:-])")
        for node in module.nodes:
            match node:
                case ast.Constant(value=str(text)) if word and pattern.search(text) and not is_docstring(module, node):
                    seen = (f"the scope {name} is named; {word}",)
                    search.claims.at(rule, module, span(module.source, node), Strength.STRONG, seen)


def find_left(search: Search, module: Module) -> None:
    """Claim the comments in which an earlier run said what is left to do."""
    rules = {rule.id: rule for rule in search.words.rules()}
    for comment in comments_of(module.source):
        found = _TODO.match(comment.text)
        if found and found[1] in rules:
            where = (comment.start, comment.start + len(comment.text))
            seen = ("an earlier run left this to do",)
            search.claims.at(rules[found[1]], module, where, Strength.STRONG, seen, "it is still to be done")
            search.left.add((found[1], module, comment.line))


def _is_told(search: Search, rule: Rule, request: Sent) -> bool:
    """Whether the call is already told of, by a key that it still holds or that an earlier run took out."""
    for other, _ in search.words.for_request(request.method, Kind.REMOVE_KEY):
        if other.follow_up is not None and other.follow_up.method in rule.answered_by:
            written = [request.spot, *(body.spot for body in request.bodies if isinstance(body, Display))]
            above = [(at.module, at.module.statement(at.node).lineno - 1) for at in written]
            if (other.id, request.spot.node) in search.told or any((other.id, *at) in search.left for at in above):
                return True
    return False


def _answered(search: Search, rule: Rule, module: Module) -> bool:
    if (rule.id, module) not in search.answered:
        names = [name for name in rule.answered_by if name.lower() in module.words]
        search.answered[rule.id, module] = any(_names(node, names, module) for node in (module.nodes if names else ()))
    return search.answered[rule.id, module]


def _names(node: ast.AST, names: list[str], module: Module) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in names
        case ast.Constant(value=str(text)):
            return any(name in text for name in names) and not is_docstring(module, node)
    return False
