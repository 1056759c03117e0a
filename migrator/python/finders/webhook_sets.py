"""Find the names of webhooks that are listed together: documents, models, closed sets, JSON in strings."""

from __future__ import annotations

import ast
from collections.abc import Set
from dataclasses import dataclass, replace

from migrator.matching.json_keys import top_level
from migrator.matching.vocabulary import Lexicon
from migrator.python.analysis import classes
from migrator.python.analysis.annotations import annotated
from migrator.python.analysis.data_models import Field, fields_of, is_stored, said, tags_of
from migrator.python.analysis.dict_displays import all_entries, entries_of, is_written, keys_of
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Class, Display, Instance, Text, Value, Values
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.name_claims import NameClaims, webhook_claims
from migrator.python.finders.opaque_nodes import OpaqueNodes
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import Claims, Strength
from migrator.python.recognition.context_hints import is_docstring
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.webhook_objects import Envelopes, Verdict

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
) -> tuple[Claims, WrittenNames]:
    """Claim the names of webhooks that documents, models and closed sets list."""
    names = webhook_claims(context, graph)
    finder = WebhookSets(names, context.words, received.objects, opaque.nodes)
    isolation.for_each_module(received.modules, finder.find)
    return names.claims, WrittenNames(frozenset(names.acted))


class WebhookSets:
    """Claims the names that a module lists."""

    def __init__(self, names: NameClaims, words: Lexicon, envelopes: Envelopes, opaque: Set[ast.AST]) -> None:
        self.names, self.envelopes, self.opaque = names, envelopes, opaque
        self.ev, self.words = names.ev, words

    def find(self, module: Module) -> None:
        """Claim every such name in a module."""
        for node in module.nodes:
            if node in self.opaque:
                continue
            if is_written(node):
                self._document(module, node)
            match node:
                case ast.Assign(targets=[ast.Subscript(value=holder, slice=ast.Constant(value=key))], value=value):
                    if key == self.envelopes.envelope.name:
                        self._stored(module, holder, value)
                case ast.Call(func=ast.Attribute(value=holder, attr="update"), args=added):
                    for _, key, value in (entry for each in (node, *added) for entry in entries_of(each)):
                        if key == self.envelopes.envelope.name:
                            self._stored(module, holder, value)
                case ast.ClassDef():
                    self._class(module, node)
                case ast.Constant(value=str() | bytes()):
                    self._json(module, node)
            if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ClassDef)):
                self._closed_set(module, node)

    def _document(self, module: Module, node: ast.AST) -> None:
        """Claim the name in a dict display that looks like a webhook."""
        verdicts = self._judged(module, node)
        for home, _, key, value in all_entries(self.ev, module, node) if verdicts else ():
            if key == self.envelopes.envelope.name:
                for each in said(value) if isinstance(value, ast.Dict) else (value,):
                    self.names.claim_all(home, each, verdicts)

    def _stored(self, module: Module, holder: ast.expr, value: ast.expr) -> None:
        """Claim another name that is assigned into such a dict."""
        for held in self.ev.eval(module, holder):
            if isinstance(held, Display) and is_written(held.spot.node):
                self.names.claim_all(module, value, self._judged(held.spot.module, held.spot.node))

    def _judged(self, module: Module, node: ast.AST) -> list[Verdict]:
        form = self.envelopes.envelope
        keys = keys_of(self.ev, module, node)
        verdict = self.envelopes.judge(keys, module) if keys & (form.distinctive | form.body) else None
        return [verdict] if verdict else []

    def _json(self, module: Module, node: ast.Constant) -> None:
        """Claim the name in a webhook, or a registration, that is written as JSON inside a string."""
        for text in self.ev.eval(module, node):
            if isinstance(text, Text) and text.known and "{" in text.known and not is_docstring(module, node):
                keys = top_level(text.known)
                where = keys.get(self.envelopes.envelope.name, (None, None))[1]
                named = self.words.webhooks.get(text.known[slice(*where)]) if where else None
                verdict = self.envelopes.judge(set(keys), module) if named else None
                if where and named and verdict:
                    held = "" if named.new else self.words.gone(text.known[slice(*where)])
                    self.names.claims.name(
                        named.rule, text, where, verdict.strength, (verdict.evidence,), held, named.new
                    )

    def _class(self, module: Module, node: ast.ClassDef) -> None:
        """Claim the values that the name may take in a model of the webhook."""
        form, cls = self.envelopes.envelope, Class(module, node)
        fields, tags = fields_of(self.ev, cls), tags_of(self.ev, cls, form.name)
        verdict = self.envelopes.judge({*fields, *([form.name] if tags else [])}, module)
        if verdict is None:
            return
        if is_stored(self.ev, cls):
            verdict = replace(verdict, obstacle=_STORED)
        for tag in tags:
            self.names.claim_all(module, tag.value, [verdict])
        if form.name in fields:
            self._field(fields[form.name], verdict)

    def _field(self, field: Field, verdict: Verdict) -> None:
        declared = annotated(self.ev, field.module, field.annotation)
        inside = [m for v in declared if isinstance(v, Instance) for m in self.ev.members(v.cls)]
        values: Values = (*declared, *inside)
        names = {value.known for value in values if isinstance(value, Text)}
        for value in values:
            if isinstance(value, Text):
                both = self.names.both(value.known, names)
                self.names.claim(value, verdict, "the code allows both names" if both else "")
        for each in said(field.value) if field.value is not None else ():
            self.names.claim_all(field.module, each, [verdict])

    def _closed_set(self, module: Module, node: ast.AST) -> None:
        """Claim several names that are listed together, in a module that hints at the API."""
        around = self.envelopes.around
        word = around.hint(module)
        texts = self._members(module, node) if word else []
        names = {text.known for text in texts}
        count = len(names & self.words.all_webhooks)
        if count < _SUGGESTIVE:
            return
        strength = Strength.STRONG if count >= _CONCLUSIVE and not around.foreign else Strength.WEAK
        verdict = Verdict(strength, f"{count} names of webhooks are listed together; {word}")
        for text in texts:
            both = self.names.both(text.known, names)
            self.names.claim(text, verdict, "the code lists both names" if both else "")

    def _members(self, module: Module, node: ast.AST) -> list[Text]:
        found: list[Value] = []
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                found = [v for element in elements for v in self.ev.eval(module, element)]
            case ast.Dict(keys=keys):
                found = [v for key in keys if key is not None for v in self.ev.eval(module, key)]
            case ast.ClassDef() if classes.is_enum(self.ev, Class(module, node)):
                found = list(classes.enum_members(self.ev, Class(module, node)))
        return [value for value in found if isinstance(value, Text)]
