"""Find the old names and removed keys that a test expects in the requests of the code under test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.python.analysis.module import Module
from migrator.python.finders.asserts.recorded_requests import is_recorded
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.key_reads import find_key_reads, find_key_span
from migrator.python.recognition.claims import Claim, ClaimSet, EvidenceStrength
from migrator.python.recognition.search_context import SearchContext
from migrator.python.source.import_paths import is_test_path
from migrator.python.source.syntax import node_span
from migrator.rules.rule import Kind

#: The code under test is imported by the test, or by what that imports: two steps.
_STEPS = 2
_ENDINGS = ("endswith", "removesuffix")
Found = tuple[ast.AST, str, Claim]


@dataclass(frozen=True, slots=True)
class EditedRequests:
    """Hold what is edited in the requests of the code under test: methods and keys by their old names."""

    methods: dict[str, Claim]
    keys: dict[str, Claim]


def find_asserted_requests(isolation: FailureIsolation, context: SearchContext, earlier: ClaimSet) -> ClaimSet:
    """Claim, as manual, what a test expects in requests that no longer contain it."""
    claims = ClaimSet()
    edited = [claim for claim in earlier.all() if claim.operations and _is_about_request(claim)]
    judged = {(module, start) for module, start, _, _ in earlier.groups}

    def find(module: Module) -> None:
        if not is_test_path(module.path):
            return
        near = _find_near(context, module)
        here = [claim for claim in edited if claim.module in near and claim.old is not None]
        requests = EditedRequests(
            {str(claim.rule.old): claim for claim in here if claim.rule.kind is Kind.RENAME_METHOD},
            {str(claim.rule.old): claim for claim in here if claim.rule.kind is Kind.REMOVE_KEY},
        )
        for node, name, claim in _find_asserted(module, requests):
            where = _find_span(module, node, name)
            if where is not None and (module, where[0]) not in judged:
                why = f"a test expects it in the request of {claim.location}, which is edited: change both together"
                claims.claim_span(claim.rule, module, where, EvidenceStrength.WEAK, claim.evidence, why, claim.rule.new)

    if edited:
        isolation.for_each_module(context.modules, find)
    return claims


def _is_about_request(claim: Claim) -> bool:
    removes = claim.rule.kind is Kind.REMOVE_KEY and any(place.document == "request" for place in claim.rule.where)
    return removes or claim.rule.kind is Kind.RENAME_METHOD


def _find_near(context: SearchContext, module: Module) -> set[Module]:
    """Return a test module and what it imports, in two steps."""
    near = {module}
    for _ in range(_STEPS):
        near |= {inner for each in near for inner in context.ev.project.imported_modules(each)}
    return near


def _find_asserted(module: Module, requests: EditedRequests) -> Iterator[Found]:
    for node in module.nodes:
        match node:
            case ast.Constant(value=str() | bytes()) if requests.methods:
                yield from _find_method(module, node, requests)
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]) if requests.keys:
                for one, other in ((left, right), (right, left)):
                    if isinstance(other, ast.Dict) and is_recorded(module, one):
                        yield from _find_keys(other, requests)
            case ast.Call(func=ast.Attribute(attr=name), keywords=keywords) if name.startswith("assert_"):
                for keyword in keywords:
                    if keyword.arg in requests.keys:
                        yield keyword, str(keyword.arg), requests.keys[str(keyword.arg)]
                    yield from _find_keys(keyword.value, requests)
            case _:
                for base, key, name in find_key_reads(node) if requests.keys else ():
                    if name in requests.keys and not isinstance(key, ast.Attribute) and is_recorded(module, base):
                        yield key, name, requests.keys[name]


def _find_method(module: Module, node: ast.Constant, requests: EditedRequests) -> Iterator[Found]:
    """Yield the method that a test compares with, also as bytes, or as the end of a path."""
    text = node.value.decode("utf-8", "replace") if isinstance(node.value, bytes) else str(node.value)
    name = text.rpartition("/")[2]
    parent = module.parents.get(node)
    ends = isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute) and parent.func.attr in _ENDINGS
    if name in requests.methods and (isinstance(parent, ast.Compare) or ends):
        yield node, name, requests.methods[name]


def _find_keys(node: ast.AST, requests: EditedRequests) -> Iterator[Found]:
    for inner in ast.walk(node):
        for key in inner.keys if isinstance(inner, ast.Dict) else ():
            if isinstance(key, ast.Constant) and key.value in requests.keys:
                yield key, str(key.value), requests.keys[str(key.value)]


def _find_span(module: Module, node: ast.AST, name: str) -> tuple[int, int] | None:
    """Return the span of a key or name, where it is written in one piece."""
    if isinstance(node, ast.Constant):
        start, end = node_span(module.source, node)
        at = module.source.text.rfind(name, start, end)
        return (at, at + len(name)) if at >= 0 else None
    return find_key_span(module, node, name)
