"""Find the keys of requests that are renamed or removed, and edit them where nothing else depends on them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from migrator.findings.messages import describe_call
from migrator.findings.operation import AddComment, DropEntry, DropStatement, Operation, RenameText
from migrator.matching.json_keys import find_top_level_keys
from migrator.python.analysis.dicts.dict_displays import is_dict_display
from migrator.python.analysis.dicts.dict_entries import (
    DictEntry,
    UnknownEntries,
    find_entries,
    find_operand_entries,
    find_overridden_operands,
    is_added_by_update,
    is_parameter,
)
from migrator.python.analysis.dicts.dict_uses import find_other_uses, is_within_calls
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.strings import source_runs
from migrator.python.analysis.values import Display, ModuleNode, StringValue, Value
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.claims import Claim, ClaimSet
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.sent_requests import SentRequest, SentRequests
from migrator.python.source.syntax import is_pure, node_span
from migrator.rules.rule import Kind, Rule

_CROSSED = "a loop combines methods and bodies; the method of this body is unknown"


@dataclass(frozen=True, slots=True)
class ClaimedFields:
    """The calls that send a changed field, each with the id of the rule that changes it."""

    calls: frozenset[tuple[str, ast.AST]]


def find_request_fields(
    isolation: FailureIsolation, context: SearchContext, sent: SentRequests
) -> tuple[ClaimSet, ClaimedFields]:
    """Claim every key of a request that a row renames or removes."""
    claims, calls = ClaimSet(), set[tuple[str, ast.AST]]()

    def find(request: SentRequest) -> None:
        for rule, path in context.words.rows_for_request(request.method, Kind.REMOVE_KEY, Kind.RENAME_KEY):
            if rule.active and _claim_rule(context.ev, rule, request, path, claims):
                calls.add((rule.id, request.spot.node))

    isolation.for_each_request(sent.requests, find)
    return claims, ClaimedFields(frozenset(calls))


def _claim_rule(
    ev: Evaluator, rule: Rule, request: SentRequest, path: tuple[str | None, ...], claims: ClaimSet
) -> bool:
    """Claim the keys that a row is about. Return whether the request may contain one."""
    holders = [inner for body in request.bodies for inner in ev.follow_path(body, path[:-1])]
    found = [entry for holder in holders for entry in find_entries(ev, holder, str(path[-1]))]
    unseen = [holder for holder in holders if not isinstance(holder, (Display, StringValue))]
    for holder in holders:
        keys = find_top_level_keys(holder.known or "") if isinstance(holder, StringValue) else {}
        if isinstance(holder, StringValue) and path[-1] in keys:
            place = keys[str(path[-1])][0]
            claims.claim_text(
                rule, holder, place, request.strength, request.evidence, "it is part of JSON in a string", None
            )
    for holder in holders:
        for entry in find_entries(ev, holder, str(path[-1])):
            if isinstance(entry, DictEntry):
                obstacle = _CROSSED if request.crossed else _find_obstacle(ev, entry, rule, request.calls | entry.via)
                obstacle = obstacle or _find_overridden(ev, entry, rule, request, holder)
                _claim_entry(rule, request, entry, obstacle, claims)
    hidden = [entry for entry in found if isinstance(entry, UnknownEntries)]
    if (hidden or unseen) and not any(isinstance(entry, DictEntry) for entry in found):
        _claim_unseen(rule, request, hidden[0].origin if hidden else None, unseen, claims)
    return bool(found or unseen)


def _claim_unseen(
    rule: Rule, request: SentRequest, hidden: ModuleNode | None, unseen: Sequence[Value], claims: ClaimSet
) -> None:
    module, *where = request.name
    if hidden is not None and isinstance(hidden.node, ast.expr):
        module, where = hidden.module, [*node_span(hidden.module.source, hidden.node)]
    what = "by the caller" if unseen and all(is_parameter(value) for value in unseen) else "elsewhere"
    claims.claim_span(
        rule,
        module,
        (where[0], where[1]),
        request.strength,
        request.evidence,
        f"the body is built {what}: make sure that it does not contain `{rule.old}`",
    )


def _find_obstacle(ev: Evaluator, entry: DictEntry, rule: Rule, calls: frozenset[ast.AST]) -> str:
    module = entry.origin.module
    if rule.kind is Kind.REMOVE_KEY and not is_pure(entry.value):
        return "the value is a call, which would no longer be made"
    if rule.kind is Kind.REMOVE_KEY and _holds_dict(ev, entry):
        return "the value is a dict, or is built from one"
    if not all(map(_is_made_there, entry.names)):
        return "the dict is built away from the call and may have other uses"
    other = next((use for name in entry.names for use in find_other_uses(ev, module, name, calls)), None)
    if other is not None:
        return f"the dict is also used at {_describe_line(module, other)}"
    if not entry.names and not is_within_calls(module, entry.origin.node, calls):
        return "the dict is built away from the call and may have other uses"
    return ""


def _find_overridden(ev: Evaluator, entry: DictEntry, rule: Rule, request: SentRequest, holder: Value) -> str:
    """Return why an entry stays: without it, the value that it overrides would be sent."""
    if rule.kind is not Kind.REMOVE_KEY:
        return ""
    where = [(entry.origin, entry.element)]
    adds = isinstance(entry.origin.node, ast.stmt) or is_added_by_update(entry.origin.module, entry.origin.node)
    if adds and isinstance(holder, Display):
        where.append((holder.origin, None))
    for spot, element in where:
        for operand in find_overridden_operands(spot.module, spot.node, element):
            for other in find_operand_entries(ev, spot.module, operand, str(rule.old)):
                if isinstance(other, UnknownEntries) or _find_obstacle(ev, other, rule, request.calls | other.via):
                    shown = ModuleNode(spot.module, operand)
                    return f"it overrides the `{rule.old}` of the dict at {shown}, which would be sent instead"
    return ""


def _describe_line(module: Module, use: ModuleNode) -> str:
    line = use.module.source.displayed_line(getattr(use.node, "lineno", 1))
    return f"line {line}" if use.module is module else f"{use.module.path}:{line}"


def _is_made_there(binding: Binding) -> bool:
    """Return whether a name is bound to a dict of its own, not to one that is used elsewhere too."""
    value = binding.value
    for step in binding.path:
        value = value.elts[step] if isinstance(value, ast.Tuple) and isinstance(step, int) else None
    return value is not None and (is_dict_display(value) or isinstance(value, (ast.BinOp, ast.DictComp)))


def _holds_dict(ev: Evaluator, entry: DictEntry) -> bool:
    """Return whether a value reads a name bound to a dict or list, which may lose its last use."""
    module = entry.origin.module
    names = [node for node in ast.walk(entry.value) if isinstance(node, ast.Name)]
    return any(isinstance(value, Display) for name in names for value in ev.eval(module, name))


def _claim_entry(rule: Rule, request: SentRequest, entry: DictEntry, obstacle: str, claims: ClaimSet) -> None:
    module = entry.origin.module
    where = _key_span(entry)
    operations: tuple[Operation, ...] = ()
    if not obstacle and rule.kind is Kind.RENAME_KEY:
        operations = (RenameText(rule.id, *where, rule.new or ""),)
    elif not obstacle:
        operations = _removal_operations(rule, entry)
    claim = Claim(rule, module, *where, rule.old, rule.new, request.strength, request.evidence, obstacle, operations)
    claims.add(claim)


def _key_span(entry: DictEntry) -> tuple[int, int]:
    module, key = entry.origin.module, entry.key
    if isinstance(key, ast.keyword):
        start = node_span(module.source, key)[0]
        return start, start + len(key.arg or "")
    if isinstance(key, ast.Constant):
        first = source_runs(ModuleNode(module, key))
        return first[0].start, first[-1].end
    assert isinstance(entry.origin.node, ast.stmt)
    return node_span(module.source, entry.origin.node)


def _removal_operations(rule: Rule, entry: DictEntry) -> tuple[Operation, ...]:
    """Return what removes an entry, and the comment that says what is left to do."""
    source, node = entry.origin.module.source, entry.origin.node
    drop: Operation
    if isinstance(node, ast.stmt):
        drop = DropStatement(rule.id, *node_span(source, node))
    else:
        assert entry.element is not None
        drop = DropEntry(rule.id, node_span(source, entry.element)[0], node_span(source, entry.value)[1])
    todo = _describe_duty(rule, entry)
    assert isinstance(node, (ast.expr, ast.stmt))
    return (drop,) if todo is None else (AddComment(rule.id, *node_span(source, node), todo), drop)


def _describe_duty(rule: Rule, entry: DictEntry) -> str | None:
    """Return what is left to do for a removed entry, or None if the request means the same without it."""
    source = entry.origin.module.source
    if rule.follow_up is None:
        return rule.advice
    value = entry.value.value if isinstance(entry.value, ast.Constant) else None
    return describe_call(rule.follow_up, source.text[slice(*node_span(source, entry.value))], value)
