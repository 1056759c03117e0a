"""Find the names of webhooks that are listed together: documents, models, closed sets, JSON in strings."""

from __future__ import annotations

import ast
from collections.abc import Set
from dataclasses import dataclass, replace

from migrator.matching.json_keys import find_top_level_keys
from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis import classes
from migrator.python.analysis.annotations import eval_annotation
from migrator.python.analysis.data_models import (
    ModelField,
    collect_fields,
    is_database_model,
    iter_nested,
    tag_keywords,
)
from migrator.python.analysis.dicts.dict_displays import collect_keys, is_dict_display, iter_all_entries, iter_entries
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import ClassValue, Display, Instance, StringValue, Value, Values
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.names.name_claims import NameClaims, start_webhook_claims
from migrator.python.finders.opaque_nodes import OpaqueNodes
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength
from migrator.python.recognition.context_hints import is_docstring
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.webhook_objects import Verdict, WebhookObjects
from migrator.python.source.syntax import keyword_value

#: Two names of webhooks may meet by chance, since several are common words; three in one list are proof. Fewer than
#: two are not claimed here, but by the finder of mentions.
_SUGGESTIVE, _CONCLUSIVE = 2, 3
_STORED = "a database table of the program stores it: migrate the stored values as well"


@dataclass(frozen=True, slots=True)
class WrittenNames:
    """The expressions that a document or a model lists as names of webhooks."""

    nodes: frozenset[ast.AST]


def find_webhook_sets(
    isolation: FailureIsolation,
    context: SearchContext,
    graph: CallGraph,
    received: ReceivedWebhooks,
    opaque: OpaqueNodes,
) -> tuple[ClaimSet, WrittenNames]:
    """Claim the names of webhooks that documents, models and closed sets list."""
    names = start_webhook_claims(context, graph)
    finder = WebhookSetFinder(names, context.words, received.objects, opaque.nodes)
    isolation.for_each_module(received.modules, finder.find_in)
    return names.claims, WrittenNames(frozenset(names.acted))


class WebhookSetFinder:
    """Claims the names that a module lists."""

    def __init__(self, names: NameClaims, words: Vocabulary, envelopes: WebhookObjects, opaque: Set[ast.AST]) -> None:
        self.names, self.envelopes, self.opaque = names, envelopes, opaque
        self.ev, self.words = names.ev, words

    def find_in(self, module: Module) -> None:
        """Claim every such name in a module."""
        for node in module.nodes:
            if node in self.opaque:
                continue
            if is_dict_display(node):
                self._claim_document(module, node)
            match node:
                case ast.Assign(targets=[ast.Subscript(value=holder, slice=ast.Constant(value=key))], value=value):
                    if key == self.envelopes.envelope.name:
                        self._claim_stored(module, holder, value)
                case ast.Call(func=ast.Attribute(value=holder, attr="update"), args=added):
                    for _, key, value in (entry for each in (node, *added) for entry in iter_entries(each)):
                        if key == self.envelopes.envelope.name:
                            self._claim_stored(module, holder, value)
                case ast.ClassDef():
                    self._claim_model(module, node)
                case ast.Constant(value=str() | bytes()):
                    self._claim_json(module, node)
            if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ClassDef)):
                self._claim_closed_set(module, node)

    def _claim_document(self, module: Module, node: ast.AST) -> None:
        """Claim the name in a dict display that looks like a webhook."""
        verdicts = self._judge_display(module, node)
        for home, _, key, value in iter_all_entries(self.ev, module, node) if verdicts else ():
            if key == self.envelopes.envelope.name:
                for each in iter_nested(value) if isinstance(value, ast.Dict) else (value,):
                    self.names.claim_all(home, each, verdicts)

    def _claim_stored(self, module: Module, holder: ast.expr, value: ast.expr) -> None:
        """Claim another name that is assigned into such a dict."""
        for held in self.ev.eval(module, holder):
            if isinstance(held, Display) and is_dict_display(held.origin.node):
                self.names.claim_all(module, value, self._judge_display(held.origin.module, held.origin.node))

    def _judge_display(self, module: Module, node: ast.AST) -> list[Verdict]:
        form = self.envelopes.envelope
        keys = collect_keys(self.ev, module, node)
        verdict = self.envelopes.judge_keys(keys, module) if keys & (form.distinctive | form.body) else None
        return [verdict] if verdict else []

    def _claim_json(self, module: Module, node: ast.Constant) -> None:
        """Claim the name in a webhook, or a registration, that is written as JSON inside a string."""
        for text in self.ev.eval(module, node):
            if isinstance(text, StringValue) and text.known and "{" in text.known and not is_docstring(module, node):
                keys = find_top_level_keys(text.known)
                where = keys.get(self.envelopes.envelope.name, (None, None))[1]
                named = self.words.webhooks.get(text.known[slice(*where)]) if where else None
                verdict = self.envelopes.judge_keys(set(keys), module) if named else None
                if where and named and verdict:
                    held = "" if named.new else self.words.describe_removal(text.known[slice(*where)])
                    self.names.claims.claim_text(
                        named.rule, text, where, verdict.strength, (verdict.evidence,), held, named.new
                    )

    def _claim_model(self, module: Module, node: ast.ClassDef) -> None:
        """Claim the values that the name may take in a model of the webhook."""
        form, cls = self.envelopes.envelope, ClassValue(module, node)
        fields, tags = collect_fields(self.ev, cls), tag_keywords(self.ev, cls, form.name)
        verdict = self.envelopes.judge_keys({*fields, *([form.name] if tags else [])}, module)
        if verdict is None:
            return
        if is_database_model(self.ev, cls):
            verdict = replace(verdict, obstacle=_STORED)
        for tag in tags:
            self.names.claim_all(module, tag.value, [verdict])
        if form.name in fields:
            self._claim_field(fields[form.name], verdict)
            self._claim_constructed(cls, verdict)

    def _claim_constructed(self, cls: ClassValue, verdict: Verdict) -> None:
        """Claim the name that is passed to the constructor of a model of the webhook, as fixtures do."""
        name, order = self.envelopes.envelope.name, list(classes.annotated_fields(self.ev, cls))
        bases = [base for base in classes.resolve_lineage(self.ev, cls)[1:] if isinstance(base, ClassValue)]
        index = order.index(name) if name in order and not bases else None
        for site in self.ev.constructor_calls.get(cls.node, ()):
            if isinstance(site.node, ast.Call):
                positional = site.node.args[index : index + 1] if index is not None else []
                given = keyword_value(site.node, name) or next(iter(positional), None)
                if given is not None:
                    self.names.claim_all(site.module, given, [verdict])

    def _claim_field(self, field: ModelField, verdict: Verdict) -> None:
        declared = eval_annotation(self.ev, field.module, field.annotation)
        inside = [m for v in declared if isinstance(v, Instance) for m in self.ev.list_members(v.cls)]
        values: Values = (*declared, *inside)
        names = {value.known for value in values if isinstance(value, StringValue)}
        for value in values:
            if isinstance(value, StringValue):
                both = self.names.has_both(value.known, names)
                self.names.claim_name(value, verdict, "the code allows both names" if both else "")
        for each in iter_nested(field.value) if field.value is not None else ():
            self.names.claim_all(field.module, each, [verdict])

    def _claim_closed_set(self, module: Module, node: ast.AST) -> None:
        """Claim several names that are listed together, in a module that hints at the API."""
        around = self.envelopes.hints
        word = around.find_hint(module)
        texts = self._find_members(module, node) if word else []
        names = {text.known for text in texts}
        count = len(names & self.words.all_webhooks)
        if count < _SUGGESTIVE:
            return
        strength = EvidenceStrength.STRONG if count >= _CONCLUSIVE and not around.foreign else EvidenceStrength.WEAK
        verdict = Verdict(strength, f"{count} names of webhooks are listed together; {word}")
        for text in texts:
            both = self.names.has_both(text.known, names)
            self.names.claim_name(text, verdict, "the code lists both names" if both else "")

    def _find_members(self, module: Module, node: ast.AST) -> list[StringValue]:
        found: list[Value] = []
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                found = [v for element in elements for v in self.ev.eval(module, element)]
            case ast.Dict(keys=keys):
                found = [v for key in keys if key is not None for v in self.ev.eval(module, key)]
            case ast.ClassDef() if classes.is_enum_class(self.ev, ClassValue(module, node)):
                found = list(classes.eval_enum_members(self.ev, ClassValue(module, node)))
        return [value for value in found if isinstance(value, StringValue)]
