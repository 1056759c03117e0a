"""Claim the names that expressions evaluate to, unless the old and the new name are both handled."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Set

from migrator.matching.vocabulary import RenamedName
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH_ELEMENT
from migrator.python.analysis.values import (
    ClassValue,
    CollectionValue,
    Display,
    LiteralPart,
    Reference,
    StringValue,
    UnknownPart,
    Value,
)
from migrator.python.call_graph.call_strings import SitesByFunction, expand_string
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.recognition.webhook_objects import Verdict

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)
BOTH_NAMES = "the code handles both names"


class NameClaims:
    """Claims on the names of one vocabulary, of methods or of webhooks."""

    def __init__(
        self,
        ev: Evaluator,
        known: Mapping[str, RenamedName],
        gone: Callable[[str], str],
        sites: SitesByFunction,
        claims: ClaimSet | None = None,
    ) -> None:
        self.ev, self.known, self.describe_removed, self.sites = ev, known, gone, sites
        self.claims = claims if claims is not None else ClaimSet()
        self.acted: set[ast.AST] = set()

    def claim_name(self, text: StringValue, verdict: Verdict, obstacle: str) -> None:
        """Claim a text that is a known name."""
        name = text.known
        if name is None or name not in self.known:
            return
        named = self.known[name]
        obstacle = obstacle or (BOTH_NAMES if named.new is not None and _is_translated(text, named.new) else "")
        held = obstacle or verdict.obstacle or ("" if named.new else self.describe_removed(name))
        self.claims.claim_text(named.rule, text, (0, len(name)), verdict.strength, (verdict.evidence,), held, named.new)

    def claim_all(
        self, module: Module, node: ast.expr, verdicts: list[Verdict], beside: Set[str | None] = frozenset()
    ) -> None:
        """Claim every name that an expression is or contains; `beside` are the names in the same table."""
        for verdict in verdicts[:1]:
            self.acted.add(node)
            for text, both in self.find_texts(module, node):
                twin = both or self.has_both(text.known, beside) or self._handles_new_name(module, node, text.known)
                self.claim_name(text, verdict, BOTH_NAMES if twin else "")

    def find_texts(self, module: Module, node: ast.expr) -> list[tuple[StringValue, bool]]:
        """Return the strings that an expression is or contains, and whether both names are among them."""
        found: list[StringValue] = []
        for value in self.ev.eval(module, node):
            members: Iterable[Value] = (value,)
            if isinstance(value, (Display, CollectionValue, ClassValue)):
                members = self.ev.step_into(value, EACH_ELEMENT)
            for member in members:
                if isinstance(member, StringValue):
                    found.append(member)
                elif isinstance(member, Reference) and member.parameter:
                    found += [
                        e.text
                        for e in expand_string(
                            self.ev, self.sites, StringValue((UnknownPart(member),)), tuple(self.known)
                        )
                    ]
        names = {text.known for text in found}
        return [(text, self.has_both(text.known, names)) for text in found]

    def has_both(self, name: str | None, names: Set[str | None]) -> bool:
        """Return whether the new name of a name is among `names`."""
        named = self.known.get(name or "")
        return named is not None and named.new in names and named.new not in self.known

    def _handles_new_name(self, module: Module, node: ast.AST, name: str | None) -> bool:
        """Return whether the function around a comparison handles the new name as well."""
        named = self.known.get(name or "")
        if named is None or named.new is None or named.new in self.known:
            return False
        home = module.enclosing_node(node, *_DEFINES, ast.Lambda) or module.tree
        return any(
            isinstance(module.parents.get(n), (ast.Compare, ast.MatchValue, ast.Tuple, ast.Set, ast.List))
            and module.is_within(n, home)
            for n in module.strings.get(named.new, ())
        )


def start_method_claims(context: SearchContext, graph: CallGraph) -> NameClaims:
    """Create an empty collection of claims on the names of methods."""
    return NameClaims(context.ev, context.words.methods, context.words.describe_removal, graph.sites)


def start_webhook_claims(context: SearchContext, graph: CallGraph, earlier: ClaimSet | None = None) -> NameClaims:
    """Create a collection of claims on the names of webhooks, which starts with those that are made already."""
    claims = earlier.copy() if earlier is not None else ClaimSet()
    return NameClaims(context.ev, context.words.webhooks, context.words.describe_removal, graph.sites, claims)


def _is_translated(text: StringValue, new: str) -> bool:
    """Return whether a dict maps the old name to the new one, or back: ``{"old": "new"}``."""
    spot = text.parts[0].origin if isinstance(text.parts[0], LiteralPart) else None
    pairs = spot.module.parents.get(spot.node) if spot else None
    if spot is None or not isinstance(pairs, ast.Dict):
        return False
    together = [(key, value) for key, value in zip(pairs.keys, pairs.values, strict=True) if spot.node in (key, value)]
    return any(isinstance(each, ast.Constant) and each.value == new for pair in together for each in pair)
