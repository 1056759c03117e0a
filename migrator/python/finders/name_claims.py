"""Claim the names that expressions evaluate to, unless the old and the new name are both handled."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Set

from migrator.matching.vocabulary import Named
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH
from migrator.python.analysis.values import Class, Display, Hole, Item, Lit, Many, Text, Value
from migrator.python.call_graph.call_strings import Sites, expansions
from migrator.python.recognition.claims import Claims
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.webhook_objects import Verdict

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)
ON_PURPOSE = "the code handles both names"


class NameClaims:
    """Claims on the names of one vocabulary, of methods or of webhooks."""

    def __init__(
        self,
        ev: Evaluator,
        known: Mapping[str, Named],
        gone: Callable[[str], str],
        sites: Sites,
        claims: Claims | None = None,
    ) -> None:
        self.ev, self.known, self.gone, self.sites = ev, known, gone, sites
        self.claims = claims if claims is not None else Claims()
        self.acted: set[ast.AST] = set()

    def claim(self, text: Text, verdict: Verdict, obstacle: str) -> None:
        """Claim a text that is a known name."""
        name = text.known
        if name is None or name not in self.known:
            return
        named = self.known[name]
        obstacle = obstacle or (ON_PURPOSE if named.new is not None and _is_translated(text, named.new) else "")
        held = obstacle or verdict.obstacle or ("" if named.new else self.gone(name))
        self.claims.name(named.rule, text, (0, len(name)), verdict.strength, (verdict.evidence,), held, named.new)

    def claim_all(
        self, module: Module, node: ast.expr, verdicts: list[Verdict], beside: Set[str | None] = frozenset()
    ) -> None:
        """Claim every name that an expression is or contains; `beside` are the names in the same table."""
        for verdict in verdicts[:1]:
            self.acted.add(node)
            for text, both in self.texts(module, node):
                twin = both or self.both(text.known, beside) or self._twin(module, node, text.known)
                self.claim(text, verdict, ON_PURPOSE if twin else "")

    def texts(self, module: Module, node: ast.expr) -> list[tuple[Text, bool]]:
        """Return the strings that an expression is or contains, and whether both names are among them."""
        found: list[Text] = []
        for value in self.ev.eval(module, node):
            members: Iterable[Value] = (value,)
            if isinstance(value, (Display, Many, Class)):
                members = self.ev.step(value, EACH)
            for member in members:
                if isinstance(member, Text):
                    found.append(member)
                elif isinstance(member, Item) and member.parameter:
                    found += [e.text for e in expansions(self.ev, self.sites, Text((Hole(member),)), tuple(self.known))]
        names = {text.known for text in found}
        return [(text, self.both(text.known, names)) for text in found]

    def both(self, name: str | None, names: Set[str | None]) -> bool:
        """Return whether the new name of a name is among `names`."""
        named = self.known.get(name or "")
        return named is not None and named.new in names and named.new not in self.known

    def _twin(self, module: Module, node: ast.AST, name: str | None) -> bool:
        """Return whether the function around a comparison handles the new name as well."""
        named = self.known.get(name or "")
        if named is None or named.new is None or named.new in self.known:
            return False
        home = module.enclosing(node, *_DEFINES, ast.Lambda) or module.tree
        return any(
            isinstance(module.parents.get(n), (ast.Compare, ast.MatchValue, ast.Tuple, ast.Set, ast.List))
            and module.is_within(n, home)
            for n in module.strings.get(named.new, ())
        )


def method_claims(context: SearchContext, graph: CallGraph) -> NameClaims:
    """Create an empty collection of claims on the names of methods."""
    return NameClaims(context.ev, context.words.methods, context.words.gone, graph.sites)


def webhook_claims(context: SearchContext, graph: CallGraph, earlier: Claims | None = None) -> NameClaims:
    """Create a collection of claims on the names of webhooks, which starts with those that are made already."""
    claims = earlier.copy() if earlier is not None else Claims()
    return NameClaims(context.ev, context.words.webhooks, context.words.gone, graph.sites, claims)


def _is_translated(text: Text, new: str) -> bool:
    """Return whether a dict maps the old name to the new one, or back: ``{"old": "new"}``."""
    spot = text.parts[0].spot if isinstance(text.parts[0], Lit) else None
    pairs = spot.module.parents.get(spot.node) if spot else None
    if spot is None or not isinstance(pairs, ast.Dict):
        return False
    together = [(key, value) for key, value in zip(pairs.keys, pairs.values, strict=True) if spot.node in (key, value)]
    return any(isinstance(each, ast.Constant) and each.value == new for pair in together for each in pair)
