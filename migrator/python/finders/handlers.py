"""Find reads of keys that are gone in the functions that handle a webhook, told by the name they are entered under."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, parameters
from migrator.python.analysis.values import Item, Text
from migrator.python.finders.webhook_keys import reads, span_of_key
from migrator.python.recognition.claims import Claim, Strength
from migrator.python.recognition.search import Search
from migrator.rules.json_path import parse_path
from migrator.rules.rule import Kind, Rule

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


def find_handlers(search: Search, module: Module) -> None:
    """Claim what the handlers in a module read off their webhook although it is no longer sent."""
    rows = [(rule, place) for rule in search.words.rules(Kind.REMOVE_KEY) for place in rule.where]
    wanted = [(rule, place.name, parse_path(place.path)) for rule, place in rows if place.document == "webhook"]
    for node in module.nodes if wanted else ():
        if isinstance(node, _DEFINES):
            for rule, name, path in wanted:
                seen = next(_entered(search, module, node, name or ""), None)
                if seen is not None:
                    _claim(search, module, node, rule, path, seen)


def _entered(search: Search, module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[str]:
    """Why a function is the handler of a webhook: a decorator with its name, or its own name."""
    named = search.words.webhooks.get(name)
    names = {name, named.new if named else None}
    for decorator in node.decorator_list:
        for argument in decorator.args if isinstance(decorator, ast.Call) else ():
            for value in search.ev.eval(module, argument):
                if isinstance(value, Text) and value.known in names and _is_claimed(search, module, argument):
                    yield f"`{node.name}` is entered for {value.known}"
    suffix = next((end for end in names if end and node.name.endswith(end)), None)
    if suffix is not None and any(claim.obstacle for claim in _claims_at(search, module, node)):
        yield f"`{node.name}` is found by the name {suffix}"


def _is_claimed(search: Search, module: Module, node: ast.expr) -> bool:
    start = module.source.offset(node.lineno, node.col_offset)
    return any(home is module and start <= at <= start + 4 for home, at, _, _ in search.claims.found)


def _claims_at(search: Search, module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Claim]:
    start = module.source.text.index(node.name, module.source.offset(node.lineno, node.col_offset))
    for (home, at, _, _), group in search.claims.found.items():
        if home is module and at == start:
            yield from group


def _claim(
    search: Search,
    module: Module,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    rule: Rule,
    path: tuple[str | None, ...],
    seen: str,
) -> None:
    bindings = module.scopes.inner[function].bindings
    owned: set[Binding] = {bindings[parameter.arg][0] for parameter in parameters(function)}
    inner = {path[:-1][index:] for index in range(len(path))}
    for node in module.own_nodes(function):
        for base, key, name in reads(node):
            values = search.ev.eval(module, base) if name == path[-1] else ()
            if any(isinstance(v, Item) and v.root in owned and v.path in inner for v in values):
                where = span_of_key(module, key, name)
                if where is not None:
                    search.claims.at(rule, module, where, Strength.STRONG, (seen,), "it is no longer sent", None)
