"""Find old names that no other finder explains, in modules that call the API or hint at it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrator.matching.vocabulary import Lexicon, Named
from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import written
from migrator.python.analysis.values import Lit, Spot
from migrator.python.finders.api_callers import ApiCallers
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.opaque_nodes import OpaqueNodes
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import Claims, Strength
from migrator.python.recognition.context_hints import Surroundings, is_docstring, is_own, is_shown
from migrator.python.recognition.search_context import SearchContext
from migrator.python.source.syntax import path_names, span

_WHY = "the use of this name is unknown"
_PATH = "only the path matches; the host is unknown"
#: A name at the end of a path, in the source of a string.
_LAST = re.compile(r"/(\w+)\$?(?=[\"'?]|\Z)")

#: HTTP methods that the API does not use: all of its methods are called by POST.
_READING = tuple((verb,) for verb in ("get", "put", "patch", "delete", "head", "options"))


def find_mentions(
    isolation: FailureIsolation,
    context: SearchContext,
    callers: ApiCallers,
    opaque: OpaqueNodes,
    received: ReceivedWebhooks | None,
    earlier: Claims,
) -> Claims:
    """Claim every string that is exactly an old name, or a path that ends in one, and that no other finder judged."""
    finder = MentionFinder(context.words, callers.hints, opaque, earlier)
    isolation.for_each_module(received.modules if received else context.modules, finder.find)
    return finder.claims


class MentionFinder:
    """Claims the names that nothing explains, in modules which call the API or contain a hint of it."""

    def __init__(self, words: Lexicon, around: Surroundings, opaque: OpaqueNodes, earlier: Claims) -> None:
        self.words, self.around, self.opaque, self.earlier = words, around, opaque.nodes, earlier
        self.claims = Claims()

    def find(self, module: Module) -> None:
        """Claim the names in one module."""
        near = next((m for m in (module, *self.around.imports.get(module, ())) if m in self.around.speaking), None)
        seen = f"{near.path} calls the API" if near is not None else self.around.hint(module)
        if seen is None:
            return
        judged = {(start, end) for home, start, end, _ in self.earlier.found if home is module}
        for node in module.nodes:
            if node in self.opaque or not isinstance(node, (ast.Constant, ast.JoinedStr)) or is_docstring(module, node):
                continue
            if is_shown(module.parents.get(node)) or is_own(module, node):
                continue
            for place, named in _exact(self.words, module, node, near is not None):
                if place not in judged:
                    self.claims.at(named.rule, module, place, Strength.WEAK, (seen,), _WHY, named.new)
            for place, named in _paths(self.words, module, node):
                if place not in judged:
                    self.claims.at(named.rule, module, place, Strength.WEAK, (seen,), _PATH, named.new)


def _exact(words: Lexicon, module: Module, node: ast.expr, near: bool) -> Iterator[tuple[tuple[int, int], Named]]:
    """Yield the name that a string is; that of a webhook, which is often a common word, only near calls of the API."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        named = words.methods.get(node.value) or (words.webhooks.get(node.value) if near else None)
        place = written(Lit(node.value, Spot(module, node)), 0, len(node.value)) if named else None
        if named and place:
            yield place, named


def _paths(words: Lexicon, module: Module, node: ast.expr) -> Iterator[tuple[tuple[int, int], Named]]:
    """Yield the methods at the end of paths whose host is unknown."""
    parent = module.parents.get(node)
    if isinstance(parent, ast.JoinedStr) or (isinstance(parent, ast.Call) and path_names(parent)[-1:] in _READING):
        return
    if isinstance(node, ast.Constant) and not isinstance(node.value, (str, bytes)):
        return
    start, end = span(module.source, node)
    for found in _LAST.finditer(module.source.text, start, end):
        named = words.methods.get(found[1])
        if named is not None:
            yield found.span(1), named
