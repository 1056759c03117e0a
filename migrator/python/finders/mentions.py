"""Find old names that no other finder explains, in modules that call the API or hint at it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from migrator.matching.vocabulary import RenamedName, Vocabulary
from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import source_span
from migrator.python.analysis.values import LiteralPart, ModuleNode
from migrator.python.finders.api_callers import ApiCallers
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.method_urls import OTHER_HTTP_METHODS
from migrator.python.finders.opaque_nodes import OpaqueNodes
from migrator.python.finders.received_webhooks import ReceivedWebhooks
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength
from migrator.python.recognition.context_hints import ModuleHints, is_declared_name, is_docstring, is_logged
from migrator.python.recognition.search_context import SearchContext
from migrator.python.source.import_paths import is_test_path
from migrator.python.source.syntax import dotted_names, node_span
from migrator.rules.rule import METHOD_KINDS, Kind

_RENAMES = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK})
_UNKNOWN_USE = "the use of this name is unknown"
#: The obstacle of a path that ends in a method, behind a base which the search does not follow.
UNKNOWN_HOST = "only the path matches; the host is unknown"
#: A name at the end of a path, in the source of a string.
_LAST_SEGMENT = re.compile(r"/(\w+)\$?(?=[\"'?]|\Z)")


def find_mentions(
    isolation: FailureIsolation,
    context: SearchContext,
    callers: ApiCallers,
    opaque: OpaqueNodes,
    received: ReceivedWebhooks | None,
    earlier: ClaimSet,
) -> ClaimSet:
    """Claim every string that is exactly an old name, or a path that ends in one, and that no other finder judged."""
    finder = MentionFinder(context.words, callers.hints, opaque, earlier, find_renamed_names(earlier))
    isolation.for_each_module(received.modules if received else context.modules, finder.find_in)
    return finder.claims


class MentionFinder:
    """Claims the names that nothing explains, in modules which call the API or contain a hint of it."""

    def __init__(
        self,
        words: Vocabulary,
        around: ModuleHints,
        opaque: OpaqueNodes,
        earlier: ClaimSet,
        renamed: Mapping[str, str],
    ) -> None:
        self.words, self.hints, self.opaque, self.earlier = words, around, opaque.nodes, earlier
        self.renamed, self.claims = renamed, ClaimSet()

    def find_in(self, module: Module) -> None:
        """Claim the names in one module."""
        near = next((m for m in (module, *self.hints.imports.get(module, ())) if m in self.hints.api_callers), None)
        seen = f"{near.path} calls the API" if near is not None else self.hints.find_hint(module)
        renamed = self.renamed if is_test_path(module.path) else {}
        if seen is None and not renamed:
            return
        judged = {(start, end) for home, start, end, _ in self.earlier.groups if home is module}
        unsure = self._find_unsure(module) if renamed else set()
        for node in module.nodes:
            if node in self.opaque or not isinstance(node, (ast.Constant, ast.JoinedStr)) or is_docstring(module, node):
                continue
            if is_logged(module.parents.get(node)) or is_declared_name(module, node):
                continue
            for place, named in _find_exact(self.words, module, node, near is not None or bool(renamed)):
                code = renamed.get(named.rule.id)
                if place in judged and (place not in unsure or code is None):
                    continue
                if code is not None and not _contains_word(module, named.new or ""):
                    evidence = (f"a test of the code at {code}, where this name is renamed",)
                    self.claims.claim_span(named.rule, module, place, EvidenceStrength.STRONG, evidence, "", named.new)
                elif place not in judged and seen is not None and (near is not None or named.rule.kind in METHOD_KINDS):
                    self.claims.claim_span(
                        named.rule, module, place, EvidenceStrength.WEAK, (seen,), _UNKNOWN_USE, named.new
                    )
            for place, named in _find_paths(self.words, module, node) if seen is not None else ():
                if place not in judged and seen is not None:
                    self.claims.claim_span(
                        named.rule, module, place, EvidenceStrength.WEAK, (seen,), UNKNOWN_HOST, named.new
                    )

    def _find_unsure(self, module: Module) -> set[tuple[int, int]]:
        """Return the spans that other finders would edit on weak evidence only: what the code does decides."""
        return {
            (start, end)
            for (home, start, end, _), group in self.earlier.groups.items()
            if home is module and all(claim.operations and claim.strength is EvidenceStrength.WEAK for claim in group)
        }


def find_renamed_names(earlier: ClaimSet) -> dict[str, str]:
    """Return the rules whose names are renamed wherever code that is no test has them, each with the first line."""
    renamed: dict[str, str] = {}
    kept: set[str] = set()
    for group in earlier.groups.values():
        claim = group[0]
        if claim.rule.kind not in _RENAMES or is_test_path(claim.module.path):
            continue
        strong = any(each.strength is EvidenceStrength.STRONG for each in group)
        if strong and all(each.operations for each in group):
            renamed.setdefault(claim.rule.id, claim.location)
        else:
            kept.add(claim.rule.id)
    return {rule: place for rule, place in renamed.items() if rule not in kept}


def _find_exact(
    words: Vocabulary, module: Module, node: ast.expr, near: bool
) -> Iterator[tuple[tuple[int, int], RenamedName]]:
    """Yield the name that a string is; that of a webhook, which is often a common word, only near calls of the API."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        named = words.methods.get(node.value) or (words.webhooks.get(node.value) if near else None)
        place = source_span(LiteralPart(node.value, ModuleNode(module, node)), 0, len(node.value)) if named else None
        if named and place:
            yield place, named


def _find_paths(words: Vocabulary, module: Module, node: ast.expr) -> Iterator[tuple[tuple[int, int], RenamedName]]:
    """Yield the methods at the end of paths whose host is unknown."""
    parent = module.parents.get(node)
    if isinstance(parent, ast.JoinedStr) or (
        isinstance(parent, ast.Call) and dotted_names(parent)[-1:] in OTHER_HTTP_METHODS
    ):
        return
    if isinstance(node, ast.Constant) and not isinstance(node.value, (str, bytes)):
        return
    start, end = node_span(module.source, node)
    for found in _LAST_SEGMENT.finditer(module.source.text, start, end):
        named = words.methods.get(found[1])
        if named is not None:
            yield found.span(1), named


def _contains_word(module: Module, word: str) -> bool:
    """Return whether a module has both names of a pair, perhaps on purpose."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", module.source.text) is not None
