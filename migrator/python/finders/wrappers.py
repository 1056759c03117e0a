"""Find functions of the scanned code that are named after the method they call, to rename them with their callers."""

from __future__ import annotations

import ast
import re

from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.attributes import eval_attribute_of
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.names import eval_import_from
from migrator.python.analysis.scopes import Function
from migrator.python.analysis.values import FunctionValue, Reference
from migrator.python.call_graph.call_strings import SitesByFunction
from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.recognition.api_requests import resolve_parameters
from migrator.python.recognition.claims import ClaimSet, EvidenceStrength
from migrator.python.recognition.search_context import CallGraph, SearchContext
from migrator.python.source.syntax import node_span

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)
_EVIDENCE = ("a wrapper that is named after the method it calls",)
_UNKNOWN = "it may be a renamed wrapper, but its receiver is unknown"


def find_wrappers(isolation: FailureIsolation, context: SearchContext, graph: CallGraph, earlier: ClaimSet) -> ClaimSet:
    """Claim the wrappers of the methods that `earlier` claims, and every use of them, if they are to be renamed."""
    claims = earlier.copy()
    if context.rename_wrappers:
        isolation.for_program(context.modules, lambda: _find_wrappers(context, graph.sites, claims))
    return claims


def _find_wrappers(context: SearchContext, sites: SitesByFunction, claims: ClaimSet) -> None:
    """Claim the definitions of wrappers and every use of them."""
    ev, words = context.ev, context.words
    wrappers: set[Function] = set()
    for module in context.modules:
        for node in module.nodes:
            if (
                isinstance(node, _DEFINES)
                and node.name in words.methods
                and _calls_own_method(words, module, node, claims)
            ):
                wrappers.add(node)
                start, end = node_span(module.source, node)
                found = re.compile(rf"def\s+({node.name})\b").search(module.source.text, start, end)
                if found:
                    _claim_name(words, module, found.span(1), node.name, "", claims)
    for module in context.modules if wrappers else ():
        for node in module.nodes:
            _claim_use(ev, words, sites, module, node, wrappers, claims)


def _calls_own_method(words: Vocabulary, module: Module, node: ast.AST, claims: ClaimSet) -> bool:
    assert isinstance(node, _DEFINES)
    start, end = node_span(module.source, node)
    rule = words.methods[node.name].rule.id
    return any(
        home is module and start <= first and last <= end and found == rule and not any(c.obstacle for c in group)
        for (home, first, last, found), group in claims.groups.items()
    )


def _claim_use(
    ev: Evaluator,
    words: Vocabulary,
    sites: SitesByFunction,
    module: Module,
    node: ast.AST,
    wrappers: set[Function],
    claims: ClaimSet,
) -> None:
    match node:
        case ast.Attribute(value=base, attr=name) if name in words.methods:
            end = node_span(module.source, node)[1]
            where = (end - len(name), end)
            receiver = resolve_parameters(ev, sites, ev.eval(module, base))
            targets = [v for value in receiver for v in eval_attribute_of(ev, value, name)]
        case ast.Name(id=name, ctx=ast.Load()) if name in words.methods:
            where, receiver = node_span(module.source, node), ()
            targets = list(ev.eval(module, node))
        case ast.ImportFrom(names=aliases):
            for alias in aliases:
                if alias.name in words.methods:
                    _claim_import(ev, words, module, node, alias, wrappers, claims)
            return
        case _:
            return
    mine = [value for value in targets if isinstance(value, FunctionValue) and value.node in wrappers]
    if mine:
        _claim_name(words, module, where, name, "" if len(mine) == len(targets) else _UNKNOWN, claims)
    elif receiver and all(isinstance(value, Reference) for value in receiver):
        _claim_name(words, module, where, name, _UNKNOWN, claims)


def _claim_import(
    ev: Evaluator,
    words: Vocabulary,
    module: Module,
    node: ast.ImportFrom,
    alias: ast.alias,
    wrappers: set[Function],
    claims: ClaimSet,
) -> None:
    values = eval_import_from(ev, module, node, alias.name)
    if any(isinstance(value, FunctionValue) and value.node in wrappers for value in values):
        start = module.source.offset(alias.lineno, alias.col_offset)
        _claim_name(words, module, (start, start + len(alias.name)), alias.name, "", claims)


def _claim_name(
    words: Vocabulary, module: Module, where: tuple[int, int], name: str, held: str, claims: ClaimSet
) -> None:
    named = words.methods[name]
    claims.claim_span(named.rule, module, where, EvidenceStrength.STRONG, _EVIDENCE, held, named.new)
