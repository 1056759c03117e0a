"""Find names of webhooks: where they are compared, looked up, registered, listed and written into documents."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from migrator.code import attributes
from migrator.code.claims import Claims, Strength
from migrator.code.envelopes import Envelopes
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import hint, is_docstring, is_foreign
from migrator.code.find_fields import Sent, texts_at
from migrator.code.jsontext import top_level
from migrator.code.lexicon import Lexicon
from migrator.code.modules import Module
from migrator.code.names import annotated
from migrator.code.requests import Sites, expansions
from migrator.code.responses import Responses
from migrator.code.scopes import EACH, Step
from migrator.code.syntax import span
from migrator.code.urls import GAP, shape_of
from migrator.code.values import Callable, Class, Display, Hole, Item, Many, ModuleRef, Spot, Text, Value, Values

Verdict = tuple[Strength, str]
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


class WebhookFinder:
    """Claims the names of webhooks in one module after the other."""

    def __init__(
        self,
        ev: Evaluator,
        words: Lexicon,
        sites: Sites,
        envelopes: Envelopes,
        responses: Responses,
        modules: list[Module],
        claims: Claims,
    ) -> None:
        self.ev, self.words, self.sites, self.envelopes, self.claims = ev, words, sites, envelopes, claims
        self.modules, self.responses = modules, responses

    def find(self, module: Module) -> None:
        """Claim every name in a module, and names elsewhere that flow into it."""
        for node in module.nodes:
            match node:
                case ast.Compare(left=left, ops=[_], comparators=[right]):
                    self._compare(module, left, right)
                case ast.Match(subject=subject, cases=cases):
                    for case in cases:
                        self._case(module, subject, case.pattern, ())
                case ast.Subscript(value=ast.Call(func=ast.Name(id="globals" | "vars" | "locals")), slice=name):
                    self._dispatch(module, None, name)
                case ast.Subscript(value=base, slice=key):
                    self._table(module, base, key)
                case ast.Call(func=ast.Attribute(value=base, attr=attr), args=[key, *_]):
                    self._method(module, base, attr, key)
                case ast.Call(func=ast.Name(id="getattr"), args=[owner, name, *_]):
                    self._dispatch(module, owner, name)
                case ast.Call(args=[name, *_]):
                    self._converted(module, node, name)
                case ast.Dict():
                    self._document(module, node)
                case ast.ClassDef():
                    self._class(module, node)
                case ast.Constant(value=str() | bytes()):
                    self._json(module, node)
            if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ClassDef)):
                self._closed_set(module, node)

    def sent(self, request: Sent) -> None:
        """Claim the names in the body of a request that registers webhooks."""
        for path in self.words.webhook_paths(request.method):
            for text in texts_at(self.ev, request, path):
                for expansion in expansions(self.ev, self.sites, text):
                    self.claim(expansion.text, (request.strength, request.evidence[0]), "")

    def claim(self, text: Text, verdict: Verdict, obstacle: str) -> None:
        """Claim a whole text that is the name of a webhook."""
        name = text.known
        if name is None or name not in self.words.webhooks:
            return
        named = self.words.webhooks[name]
        for rule in (named.rule, *self.words.references.get(name, ())):
            held = obstacle or ("" if rule.active else "a note from the reference; it changes nothing")
            held = held or ("" if named.new else "it is no longer sent and cannot be registered")
            new = named.new if rule is named.rule else rule.new
            self.claims.name(rule, text, (0, len(name)), verdict[0], (verdict[1],), held, new)

    def _texts(self, module: Module, node: ast.expr) -> list[tuple[Text, bool]]:
        """The strings that an expression stands for, or that it holds; and whether both names are among them."""
        found: list[Text] = []
        for value in self.ev.eval(module, node):
            members: Iterable[Value] = (value,)
            if isinstance(value, (Display, Many, Class)):
                members = self.ev.step(value, EACH)
            for member in members:
                if isinstance(member, Text):
                    found.append(member)
                elif isinstance(member, Item) and member.parameter:
                    found += [e.text for e in expansions(self.ev, self.sites, Text((Hole(member),)))]
        names = {text.known for text in found}
        return [(text, self._both(text.known, names)) for text in found]

    def _both(self, name: str | None, names: set[str | None]) -> bool:
        named = self.words.webhooks.get(name or "")
        return named is not None and named.new in names and named.new not in self.words.webhooks

    def _claim_all(self, module: Module, node: ast.expr, verdicts: list[Verdict]) -> None:
        for verdict in verdicts[:1]:
            for text, both in self._texts(module, node):
                twin = both or self._twin(module, node, text.known)
                self.claim(text, verdict, "the old and the new name are both handled on purpose" if twin else "")

    def _twin(self, module: Module, node: ast.AST, name: str | None) -> bool:
        """Whether the function around a comparison handles the new name as well."""
        named = self.words.webhooks.get(name or "")
        if named is None or named.new is None or named.new in self.words.webhooks:
            return False
        home = module.enclosing(node, *_DEFINES, ast.Lambda) or module.tree
        inner = [n for n in ast.walk(home) if isinstance(n, ast.Constant) and n.value == named.new]
        return any(
            isinstance(module.parents.get(n), (ast.Compare, ast.MatchValue, ast.Tuple, ast.Set, ast.List))
            for n in inner
        )

    def _compare(self, module: Module, left: ast.expr, right: ast.expr) -> None:
        for one, other in ((left, right), (right, left)):
            verdicts = self._verdicts(module, one)
            if verdicts:
                self._claim_all(module, other, verdicts)

    def _verdicts(self, module: Module, node: ast.expr) -> list[Verdict]:
        """How sure it is that an expression is the name of a webhook, or a collection of such names."""
        method = self.responses.holds_name(module, node)
        if method is not None:
            return [(Strength.STRONG, f"the answer of {method} is read")]
        return self.envelopes.names(self.ev.eval(module, node), module)

    def _converted(self, module: Module, node: ast.Call, name: ast.expr) -> None:
        """``Action(hook["action"])``: the values of the enum are names of webhooks."""
        for value in self.ev.eval(module, node.func):
            if isinstance(value, Class) and attributes.is_enum(self.ev, value):
                self._claim_all(module, node.func, self.envelopes.names(self.ev.eval(module, name), module))

    def _case(self, module: Module, subject: ast.expr, pattern: ast.pattern, path: tuple[Step, ...]) -> None:
        match pattern:
            case ast.MatchValue(value=value):
                found = tuple(v for s in self.ev.eval(module, subject) for v in self.ev.walk(s, path))
                self._claim_all(module, value, self.envelopes.names(found, module))
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
        """``HANDLERS[action]``: the keys of the table are names, and what is stored into it elsewhere."""
        verdicts = self.envelopes.names(self.ev.eval(module, key), module)
        if verdicts:
            self._keys_of(module, base, verdicts)

    def _keys_of(self, module: Module, base: ast.expr, verdicts: list[Verdict]) -> None:
        for value in self.ev.eval(module, base):
            if isinstance(value, Display) and isinstance(value.spot.node, ast.Call):
                self._keywords(value.spot, verdicts[0])
        self._claim_all(module, base, verdicts)
        for other, stored in self._stores(module, base):
            self._claim_all(other, stored, verdicts)

    def _keywords(self, spot: Spot, verdict: Verdict) -> None:
        """``dict(name=handler)``: the names are identifiers, so the edit is of a keyword."""
        assert isinstance(spot.node, ast.Call)
        names: set[str | None] = {keyword.arg for keyword in spot.node.keywords}
        for keyword in spot.node.keywords:
            named = self.words.webhooks.get(keyword.arg or "")
            if named and keyword.arg:
                start = span(spot.module.source, keyword)[0]
                held = "the old and the new name are both handled on purpose" if self._both(keyword.arg, names) else ""
                where = (start, start + len(keyword.arg))
                self.claims.at(named.rule, spot.module, where, verdict[0], (verdict[1],), held, named.new)

    def _stores(self, module: Module, base: ast.expr) -> list[tuple[Module, ast.expr]]:
        """The keys under which something is stored into the same table, in this module or another."""
        tables = set(self._identity(module, base))
        found: list[tuple[Module, ast.expr]] = []
        for other in self.modules:
            for node in other.nodes:
                match node:
                    case ast.Subscript(value=target, slice=key) if isinstance(node.ctx, ast.Store):
                        pass
                    case ast.Call(
                        func=ast.Attribute(value=ast.Subscript(value=target, slice=key), attr="append" | "add")
                    ):
                        pass
                    case ast.Call(func=ast.Attribute(value=target, attr="setdefault" | "update"), args=[key, *_]):
                        pass
                    case _:
                        continue
                if tables & set(self._identity(other, target)):
                    found.append((other, key))
        return found

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
        elif attr in ("startswith", "endswith"):
            verdicts = self.envelopes.names(self.ev.eval(module, base), module)
            for verdict in verdicts[:1]:
                for text, _ in self._texts(module, key):
                    self._affix(text, attr, verdict)

    def _affix(self, text: Text, attr: str, verdict: Verdict) -> None:
        """A test of how names begin or end: those that no longer do are for a person."""
        known = text.known
        if not known:
            return
        test = str.startswith if attr == "startswith" else str.endswith
        for old, named in self.words.webhooks.items():
            if test(old, known) and not (named.new and test(named.new, known)):
                reason = f"{old} no longer passes this test" if named.new else f"{old} is no longer sent"
                self.claims.name(named.rule, text, (0, len(known)), verdict[0], (verdict[1],), reason, None)

    def _dispatch(self, module: Module, owner: ast.expr | None, name: ast.expr) -> None:
        """``getattr(self, "on_" + action)``: the methods that it finds are named after webhooks."""
        for value in self.ev.eval(module, name):
            holes = [p.item for p in value.parts if isinstance(p, Hole) and p.item] if isinstance(value, Text) else []
            verdicts = self.envelopes.names(tuple(holes), module)
            if verdicts and isinstance(value, Text):
                shape = shape_of(value)
                for target in self.ev.eval(module, owner) if owner is not None else (ModuleRef(module),):
                    self._named_after(target, shape, verdicts[0])

    def _named_after(self, target: Value, shape: str, verdict: Verdict) -> None:
        for old, named in self.words.webhooks.items():
            for found in attributes.attribute(self.ev, target, shape.replace(GAP, old)):
                if not isinstance(found, Callable) or not isinstance(found.node, _DEFINES):
                    continue
                source = found.module.source
                start = source.text.index(found.node.name, span(source, found.node)[0])
                where = (start, start + len(found.node.name))
                reason = "it is called by the name of the webhook: rename it with the handler's look-up"
                self.claims.at(named.rule, found.module, where, verdict[0], (verdict[1],), reason)

    def _document(self, module: Module, node: ast.Dict) -> None:
        """A dict that is written out like a webhook."""
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
        verdict = self.envelopes.judge(keys, module)
        if verdict is None or not keys & (self.envelopes.envelope.distinctive | self.envelopes.envelope.body):
            return
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == self.envelopes.envelope.name:
                self._claim_all(module, value, [verdict])

    def _json(self, module: Module, node: ast.Constant) -> None:
        """A webhook, or a registration, that is written as JSON inside a string."""
        for text in self.ev.eval(module, node):
            if isinstance(text, Text) and text.known and "{" in text.known and not is_docstring(module, node):
                keys = top_level(text.known)
                where = keys.get(self.envelopes.envelope.name, (None, None))[1]
                named = self.words.webhooks.get(text.known[slice(*where)]) if where else None
                verdict = self.envelopes.judge(set(keys), module) if named else None
                if where and named and verdict:
                    held = "" if named.new else "it is no longer sent and cannot be registered"
                    self.claims.name(named.rule, text, where, verdict[0], (verdict[1],), held, named.new)

    def _class(self, module: Module, node: ast.ClassDef) -> None:
        """A model of the envelope: the values that its name may take."""
        fields = attributes.fields(self.ev, Class(module, node))
        verdict = self.envelopes.judge(set(fields), module)
        field = fields.get(self.envelopes.envelope.name)
        if verdict is None or field is None:
            return
        values: Values = annotated(self.ev, module, field.annotation)
        names = {value.known for value in values if isinstance(value, Text)}
        for value in values:
            if isinstance(value, Text):
                both = self._both(value.known, names)
                self.claim(value, verdict, "the old and the new name are both allowed on purpose" if both else "")
        if field.value is not None:
            self._claim_all(module, field.value, [verdict])

    def _closed_set(self, module: Module, node: ast.AST) -> None:
        """Several names of webhooks together, in a module that speaks of the API; three of them are proof."""
        word = hint(self.words.api, module)
        texts = self._members(module, node) if word and not is_foreign(self.words.api, module) else []
        names = {text.known for text in texts}
        count = len(names & self.words.all_webhooks)
        if count < 2:
            return
        strength = Strength.STRONG if count > 2 else Strength.WEAK
        verdict = (strength, f"{count} names of webhooks together; the module says {word!r}")
        for text in texts:
            both = self._both(text.known, names)
            self.claim(text, verdict, "the old and the new name are both listed on purpose" if both else "")

    def _members(self, module: Module, node: ast.AST) -> list[Text]:
        found: list[Value] = []
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                found = [v for element in elements for v in self.ev.eval(module, element)]
            case ast.Dict(keys=keys):
                found = [v for key in keys if key is not None for v in self.ev.eval(module, key)]
            case ast.ClassDef() if attributes.is_enum(self.ev, Class(module, node)):
                found = list(attributes.enum_members(self.ev, Class(module, node)))
        return [value for value in found if isinstance(value, Text)]
