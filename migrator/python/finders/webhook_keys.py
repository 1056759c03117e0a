"""Find the keys of webhooks that are renamed or removed: where they are read, and in documents and models."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.matching.json_keys import find_top_level_keys
from migrator.matching.vocabulary import Path, Vocabulary
from migrator.python.analysis.annotations import eval_annotation
from migrator.python.analysis.data_models import (
    ModelField,
    collect_fields,
    find_alias,
    find_field_uses,
    find_validated_model,
)
from migrator.python.analysis.dicts.dict_displays import collect_keys, is_dict_display, iter_all_entries, iter_entries
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import (
    ANY_ELEMENT,
    ClassValue,
    Display,
    Instance,
    Reference,
    StringValue,
    Value,
)
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.key_reads import find_key_reads, find_key_span
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.context_hints import is_docstring
from migrator.python.recognition.search_context import SearchContext
from migrator.python.recognition.webhook_objects import Verdict, WebhookObjects
from migrator.python.source.syntax import node_span
from migrator.rules.rule import Kind, Rule

#: A webhook is followed back through three calls: from a helper to the handler, the dispatcher and the route. A read
#: behind more calls is not claimed; the ledger lists it if the key is an old name.
_DEPTH = 3


def find_webhook_keys(isolation: FailureIsolation, context: SearchContext, received: ReceivedWebhooks) -> ClaimSet:
    """Claim every read of a changed key off a webhook, and the key in documents and models."""
    claims, words = ClaimSet(), context.words
    isolation.for_each_module(
        received.modules, lambda module: _find_keys(context.ev, words, received.objects, module, claims)
    )
    return claims


def _find_keys(ev: Evaluator, words: Vocabulary, envelopes: WebhookObjects, module: Module, claims: ClaimSet) -> None:
    rows = list(dict.fromkeys(words.rows_for_webhook(Kind.RENAME_KEY, Kind.REMOVE_KEY)))
    read = [*rows, *_manual_rows(words)]
    keys = {path[-1] for _, path in read}
    named = "hook" in module.lowercase_text or any(name in module.source.text for name in words.all_webhooks)
    if not named and not envelopes.hints.find_hint(module) and module not in envelopes.receiving_modules:
        return
    for node in module.nodes:
        for base, key, name in find_key_reads(node):
            if name in keys:
                _claim_read(ev, read, envelopes, module, base, key, name, claims)
        if isinstance(node, ast.Match):
            for case in node.cases:
                _claim_patterns(ev, read, envelopes, module, node.subject, case.pattern, (), claims)
        elif is_dict_display(node):
            _claim_document(ev, rows, envelopes, module, node, claims)
        elif isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            _claim_json(ev, rows, envelopes, module, node, claims)
        elif isinstance(node, ast.ClassDef):
            _claim_model(ev, words, rows, envelopes, module, node, claims)
        elif isinstance(node, ast.Call):
            _claim_validated(ev, rows, envelopes, module, node, claims)


def _manual_rows(words: Vocabulary) -> list[tuple[Rule, Path]]:
    """Return the manual rows about keys of webhooks, of which only the reads are reported."""
    rows = dict.fromkeys(words.rows_for_webhook(Kind.MANUAL))
    return [(rule, tuple(ANY_ELEMENT if step is None else step for step in path)) for rule, path in rows if path]


def _claim_read(
    ev: Evaluator,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    base: ast.expr,
    key: ast.expr,
    name: str,
    claims: ClaimSet,
) -> None:
    for rule, path in rows:
        if path[-1] == name:
            for value in ev.eval(module, base):
                for verdict, keys in _judge_value(envelopes, value, path[:-1], module):
                    _claim_key(rule, module, key, name, verdict, keys, claims)


def _claim_validated(
    ev: Evaluator,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    call: ast.Call,
    claims: ClaimSet,
) -> None:
    """Claim the changed keys that are fields of the model of a part of a webhook, and their reads."""
    model = find_validated_model(ev, module, call)
    for rule, path in rows if model is not None else ():
        assert model is not None
        if len(path) < 2:
            continue  # a key of the envelope: its model is recognised by its fields
        for value in ev.eval(module, model[1]):
            for verdict, keys in _judge_value(envelopes, value, path[:-1], module):
                for home, node, name in find_field_uses(ev, envelopes.hints.imports, model[0], str(path[-1])):
                    _claim_key(rule, home, node, name, verdict, keys, claims)


def _judge_value(
    envelopes: WebhookObjects, value: Value, inner: Path, module: Module, depth: int = _DEPTH
) -> list[tuple[Verdict, set[str]]]:
    """Judge whether an object is found under a path inside webhooks; return its other keys as well."""
    if isinstance(value, Reference) and value.parameter and inner and len(value.path) < len(inner) and depth:
        given = envelopes.find_arguments(value)
        return [v for outer in given for v in _judge_value(envelopes, outer, inner, module, depth - 1)]
    if isinstance(value, Display):
        return [] if inner else _judge_display(envelopes.ev, envelopes, value.origin.module, value.origin.node)
    found: list[tuple[Verdict, set[str]]] = []
    path = value.path if isinstance(value, Reference) else ()
    if path[len(path) - len(inner) :] == inner or not inner:
        for thing in envelopes.find_identities(value):
            outer = (thing[0], thing[1][: len(thing[1]) - len(inner)])
            verdict = envelopes.judge_object(outer, module)
            found += [(verdict, envelopes.collect_keys(outer))] if verdict else []
    return found


def _claim_key(
    rule: Rule, module: Module, key: ast.AST, name: str, verdict: Verdict, keys: set[str], claims: ClaimSet
) -> None:
    obstacle = "" if rule.active else "a note in the reference; no edit is needed"
    if rule.kind is Kind.MANUAL:
        obstacle = obstacle or "its new meaning depends on the code that reads it"
    elif rule.kind is Kind.REMOVE_KEY:
        obstacle = "it is no longer sent"
    elif rule.new in keys:
        obstacle = "the code reads both keys"
    elif isinstance(key, (ast.Attribute, ast.Name)):
        obstacle = "it is read as an attribute: rename the field of the model as well"
    obstacle = obstacle or verdict.obstacle
    where = find_key_span(module, key, name)
    if where is not None:
        claims.claim_span(rule, module, where, verdict.strength, (verdict.evidence,), obstacle, rule.new)


def _claim_patterns(
    ev: Evaluator,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    subject: ast.expr,
    pattern: ast.pattern,
    path: tuple[str, ...],
    claims: ClaimSet,
) -> None:
    match pattern:
        case ast.MatchMapping(keys=keys, patterns=patterns):
            for key, inner in zip(keys, patterns, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    _claim_pattern_key(ev, rows, envelopes, module, subject, key, path, claims)
                    _claim_patterns(ev, rows, envelopes, module, subject, inner, (*path, key.value), claims)
        case ast.MatchOr(patterns=patterns):
            for inner in patterns:
                _claim_patterns(ev, rows, envelopes, module, subject, inner, path, claims)
        case ast.MatchAs(pattern=ast.pattern() as inner):
            _claim_patterns(ev, rows, envelopes, module, subject, inner, path, claims)


def _claim_pattern_key(
    ev: Evaluator,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    subject: ast.expr,
    key: ast.Constant,
    path: tuple[str, ...],
    claims: ClaimSet,
) -> None:
    for rule, whole in rows:
        if whole[-1] == key.value and (path == whole[:-1] or not path):
            for value in ev.eval(module, subject):
                inner = whole[: len(whole) - 1 - len(path)]
                for verdict, keys in _judge_value(envelopes, value, inner, module):
                    _claim_key(rule, module, key, str(key.value), verdict, keys, claims)


def _claim_document(
    ev: Evaluator,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    node: ast.AST,
    claims: ClaimSet,
) -> None:
    """Claim the keys in a dict display that looks like a webhook."""
    for rule, path in rows:
        for verdict, keys in _judge_display(ev, envelopes, module, node):
            holders = [node]
            for step in path[:-1]:
                inner = [value for holder in holders for _, key, value in iter_entries(holder) if key == step]
                holders = [value for value in inner if isinstance(value, ast.Dict)]
            for home, key, name, _ in (entry for holder in holders for entry in iter_all_entries(ev, module, holder)):
                if name == path[-1]:
                    _claim_key(rule, home, key, name, verdict, keys, claims)


def _judge_display(
    ev: Evaluator, envelopes: WebhookObjects, module: Module, node: ast.AST
) -> list[tuple[Verdict, set[str]]]:
    """Judge whether a dict display looks like a webhook; return its keys as well."""
    form = envelopes.envelope
    keys = collect_keys(ev, module, node) if is_dict_display(node) else set()
    verdict = envelopes.judge_keys(keys, module) if keys & form.distinctive and keys & form.body else None
    if verdict and any(key == form.name and isinstance(value, ast.Dict) for _, key, value in iter_entries(node)):
        verdict = replace(verdict, obstacle="a schema may contain it more than once: rename every occurrence")
    return [(verdict, keys)] if verdict else []


def _is_strict(node: ast.ClassDef) -> bool:
    """Return whether a model rejects keys that it does not declare."""
    decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
    return "dataclass" in decorators or "define" in decorators or "forbid" in ast.unparse(node)


def _find_fields(ev: Evaluator, cls: ClassValue, path: Path) -> list[tuple[ClassValue, ModelField]]:
    """Return the field at a path, through the classes with which the fields before it are annotated."""
    fields = collect_fields(ev, cls)
    named = next((field for field in fields.values() if find_alias(field) == path[0]), None)
    field = fields.get(path[0] or "", named)
    if field is None:
        return []
    if len(path) == 1:
        return [(cls, field)]
    values = eval_annotation(ev, field.module, field.annotation)
    return [found for value in values if isinstance(value, Instance) for found in _find_fields(ev, value.cls, path[1:])]


def _claim_json(
    ev: Evaluator,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    node: ast.Constant,
    claims: ClaimSet,
) -> None:
    """Claim the keys of a webhook that is written as JSON inside a string."""
    for text in ev.eval(module, node):
        keys = (
            find_top_level_keys(text.known)
            if isinstance(text, StringValue) and text.known and "{" in text.known
            else {}
        )
        verdict = envelopes.judge_keys(set(keys), module) if keys and not is_docstring(module, node) else None
        for rule, path in rows if verdict else ():
            if isinstance(text, StringValue) and len(path) == 1 and path[0] in keys and rule.active:
                both = "the code writes both keys" if rule.new in keys else ""
                assert verdict is not None
                claims.claim_text(rule, text, keys[path[0]][0], verdict.strength, (verdict.evidence,), both, rule.new)


def _claim_model(
    ev: Evaluator,
    words: Vocabulary,
    rows: list[tuple[Rule, Path]],
    envelopes: WebhookObjects,
    module: Module,
    node: ast.ClassDef,
    claims: ClaimSet,
) -> None:
    """Claim, as manual, the changed keys that are fields of a model of the webhook."""
    fields = collect_fields(ev, ClassValue(module, node))
    verdict = envelopes.judge_keys(set(fields), module)
    if verdict is None or not set(fields) & envelopes.envelope.distinctive:
        return
    for rule, path in rows:
        for home, field in _find_fields(ev, ClassValue(module, node), path):
            if home.module is not module or field.node in home.node.body:
                _claim_key(rule, field.module, field.target, field.target.id, verdict, set(fields), claims)
            if rule.kind is Kind.REMOVE_KEY:
                for spot, use, name in find_field_uses(ev, envelopes.hints.imports, home, str(path[-1])):
                    _claim_key(rule, spot, use, name, verdict, set(fields), claims)
    for rule, path in words.rows_for_webhook(Kind.ADD_KEY):
        if path[-1] not in fields and not fields.keys() & set(rule.answered_by) and _is_strict(node):
            start = module.source.text.index(node.name, node_span(module.source, node)[0])
            obstacle = "a strict model must allow the new key"
            claims.claim_span(
                rule, module, (start, start + len(node.name)), verdict.strength, (verdict.evidence,), obstacle
            )
