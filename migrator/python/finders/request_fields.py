"""Find the keys of requests that are renamed or removed, and edit them where nothing else depends on them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from migrator.matching.json_keys import top_level
from migrator.python.analysis.dict_displays import is_written
from migrator.python.analysis.dict_entries import Entry, Unseen, entries, feeds_only, is_parameter, within
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.strings import runs
from migrator.python.analysis.values import Display, Spot, Text, Value
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.claims import Change, Claim, Claims
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import Sent, SentRequests
from migrator.python.rewrite.removal import comment_above, is_pure, without_element, without_statement
from migrator.python.source.syntax import span
from migrator.rules.rule import Kind, Rule

_CROSSED = "a loop combines methods and bodies; the method of this body is unknown"


@dataclass(frozen=True, slots=True)
class ClaimedFields:
    """The calls that send a changed field, each with the id of the rule that changes it."""

    calls: frozenset[tuple[str, ast.AST]]


def find_request_fields(
    isolation: FailureIsolation, context: SearchContext, sent: SentRequests
) -> tuple[Claims, ClaimedFields]:
    """Claim every key of a request that a row renames or removes."""
    claims, calls = Claims(), set[tuple[str, ast.AST]]()

    def find(request: Sent) -> None:
        for rule, path in context.words.for_request(request.method, Kind.REMOVE_KEY, Kind.RENAME_KEY):
            if rule.active and _claim(context.ev, rule, request, path, claims):
                calls.add((rule.id, request.spot.node))

    isolation.for_each_request(sent.requests, find)
    return claims, ClaimedFields(frozenset(calls))


def _claim(ev: Evaluator, rule: Rule, request: Sent, path: tuple[str | None, ...], claims: Claims) -> bool:
    """Claim the keys that a row is about. Return whether the request may contain one."""
    holders = [inner for body in request.bodies for inner in ev.walk(body, path[:-1])]
    found = [entry for holder in holders for entry in entries(ev, holder, str(path[-1]))]
    unseen = [holder for holder in holders if not isinstance(holder, (Display, Text))]
    for holder in holders:
        keys = top_level(holder.known or "") if isinstance(holder, Text) else {}
        if isinstance(holder, Text) and path[-1] in keys:
            place = keys[str(path[-1])][0]
            claims.name(rule, holder, place, request.strength, request.evidence, "it is part of JSON in a string", None)
    for entry in found:
        if isinstance(entry, Entry):
            obstacle = _CROSSED if request.crossed else _obstacle(ev, entry, rule, request.calls | entry.via)
            _claim_entry(rule, request, entry, obstacle, claims)
    hidden = [entry for entry in found if isinstance(entry, Unseen)]
    if (hidden or unseen) and not any(isinstance(entry, Entry) for entry in found):
        _claim_unseen(rule, request, hidden[0].spot if hidden else None, unseen, claims)
    return bool(found or unseen)


def _claim_unseen(rule: Rule, request: Sent, hidden: Spot | None, unseen: Sequence[Value], claims: Claims) -> None:
    module, *where = request.name
    if hidden is not None and isinstance(hidden.node, ast.expr):
        module, where = hidden.module, [*span(hidden.module.source, hidden.node)]
    what = "by the caller" if unseen and all(is_parameter(value) for value in unseen) else "elsewhere"
    claims.at(
        rule,
        module,
        (where[0], where[1]),
        request.strength,
        request.evidence,
        f"the body is built {what}: make sure that it does not contain `{rule.old}`",
    )


def _obstacle(ev: Evaluator, entry: Entry, rule: Rule, calls: frozenset[ast.AST]) -> str:
    module = entry.spot.module
    if rule.kind is Kind.REMOVE_KEY and not is_pure(entry.value):
        return "the value is a call, which would no longer be made"
    if rule.kind is Kind.REMOVE_KEY and _holds_dict(ev, entry):
        return "the value is a dict, or is built from one"
    if not all(map(_is_made_there, entry.names)):
        return "the dict is built away from the call and may have other uses"
    if any(not feeds_only(ev, module, name, calls) for name in entry.names):
        return "the dict has other uses"
    if not entry.names and not within(module, entry.spot.node, calls):
        return "the dict is built away from the call and may have other uses"
    return ""


def _is_made_there(binding: Binding) -> bool:
    """Return whether a name is bound to a dict of its own, not to one that is used elsewhere too."""
    value = binding.value
    for step in binding.path:
        value = value.elts[step] if isinstance(value, ast.Tuple) and isinstance(step, int) else None
    return value is not None and (is_written(value) or isinstance(value, (ast.BinOp, ast.DictComp)))


def _holds_dict(ev: Evaluator, entry: Entry) -> bool:
    """Return whether a value reads a name bound to a dict or list, which may lose its last use."""
    module = entry.spot.module
    names = [node for node in ast.walk(entry.value) if isinstance(node, ast.Name)]
    return any(isinstance(value, Display) for name in names for value in ev.eval(module, name))


def _claim_entry(rule: Rule, request: Sent, entry: Entry, obstacle: str, claims: Claims) -> None:
    module = entry.spot.module
    where = _key_span(entry)
    changes: tuple[Change, ...] = ()
    if not obstacle and rule.kind is Kind.RENAME_KEY:
        changes = (Change(*where, rule.new or ""),)
    elif not obstacle:
        changes = _removed(rule, entry)
    claim = Claim(rule, module, *where, rule.old, rule.new, request.strength, request.evidence, obstacle, changes)
    claims.add(claim)


def _key_span(entry: Entry) -> tuple[int, int]:
    module, key = entry.spot.module, entry.key
    if isinstance(key, ast.keyword):
        start = span(module.source, key)[0]
        return start, start + len(key.arg or "")
    if isinstance(key, ast.Constant):
        first = runs(Spot(module, key))
        return first[0].start, first[-1].end
    assert isinstance(entry.spot.node, ast.stmt)
    return span(module.source, entry.spot.node)


def _removed(rule: Rule, entry: Entry) -> tuple[Change, ...]:
    module, node = entry.spot.module, entry.spot.node
    if isinstance(node, ast.stmt):
        change = without_statement(module, node)
    else:
        assert isinstance(node, (ast.Dict, ast.Call))
        assert entry.element is not None
        change = without_element(module, node, entry.element)
    todo = _todo(rule, entry)
    return (change,) if todo is None else (comment_above(module, node, todo), change)


def _todo(rule: Rule, entry: Entry) -> str | None:
    """Return the comment that replaces a key, or None if the request means the same without it."""
    source = entry.spot.module.source.text[slice(*span(entry.spot.module.source, entry.value))]
    value = entry.value.value if isinstance(entry.value, ast.Constant) else None
    call = rule.follow_up
    if call is None:
        return f"TODO(migrator {rule.id}): {rule.advice}"
    if value in call.unless:
        return None
    mapped = call.values.get(value) if isinstance(value, str) else None
    shown = f'"{mapped}"' if mapped else " ".join(source.split())
    given = {name: _source_of(argument.origin, argument.path) for name, argument in call.arguments.items()}
    listed = ", ".join(f"{name}={where or shown}" for name, where in given.items())
    values = "" if mapped else f", where {_values(call.values)}"
    return f"TODO(migrator {rule.id}): call {call.method}({listed}) of the {call.api} API{values}"


def _source_of(origin: str, path: str | None) -> str:
    return "" if origin == "value" else f"<{(path or '$').removeprefix('$.')} of the {origin}>"


def _values(values: dict[str, str]) -> str:
    return ", ".join(f"{old!r} is {new!r}" for old, new in values.items() if old != new)
