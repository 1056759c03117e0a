"""Read dicts that are written as ``{...}`` or ``dict(...)``, with the entries that they take from other dicts."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import Display, Reference

#: Dicts that are merged into one another. Layers of defaults have two or three, and a dict may be merged into itself in
#: a loop; keys beyond are not seen, so that less is known to be a webhook.
_DEPTH = 4


def is_dict_display(node: ast.AST) -> bool:
    """Return True if a node is a dict display or a call of dict()."""
    return isinstance(node, ast.Dict) or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict")


def iter_entries(node: ast.AST) -> Iterator[tuple[ast.expr | ast.keyword, str, ast.expr]]:
    """Yield the key's node, the key and the value of each entry."""
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key, key.value, value
        case ast.Call(keywords=keywords):
            yield from ((keyword, keyword.arg, keyword.value) for keyword in keywords if keyword.arg)


def collect_keys(ev: Evaluator, module: Module, node: ast.AST, depth: int = _DEPTH) -> set[str]:
    """Return the keys of a dict, with those merged by ``**``, ``dict(other, ...)`` and ``other | {...}``."""
    found = {key for _, key, _ in iter_entries(node)}
    for other in _iter_merged(module, node) if depth else ():
        for value in ev.eval(module, other):
            if isinstance(value, Display) and is_dict_display(value.origin.node) and value.origin.node is not node:
                found |= collect_keys(ev, value.origin.module, value.origin.node, depth - 1)
    return found


def iter_all_entries(
    ev: Evaluator, module: Module, node: ast.AST
) -> Iterator[tuple[Module, ast.expr | ast.keyword, str, ast.expr]]:
    """Yield the entries of a dict, and those that callers pass as ``**kwargs`` that the dict unpacks."""
    yield from ((module, *entry) for entry in iter_entries(node))
    for other in _iter_merged(module, node):
        for value in ev.eval(module, other):
            for _, given in ev.passed_values(value) if isinstance(value, Reference) else ():
                if isinstance(given, Display) and isinstance(given.origin.node, ast.Call):
                    yield from ((given.origin.module, *entry) for entry in iter_entries(given.origin.node))


def _iter_merged(module: Module, node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Dict(keys=keys, values=values):
            yield from (value for key, value in zip(keys, values, strict=True) if key is None)
        case ast.Call(args=arguments, keywords=keywords):
            yield from (*arguments, *(keyword.value for keyword in keywords if keyword.arg is None))
    match module.parents.get(node):
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield left if right is node else right
        case ast.Assign(targets=[ast.Name(id=name) as target]) if (target, name) in module.scopes.at:
            for load in module.find_mutations(module.scopes.at[target, name]):
                match module.parents.get(updates := module.parents[load]):
                    case ast.Call(func=func, args=arguments, keywords=keywords) if func is updates:
                        is_update = isinstance(func, ast.Attribute) and func.attr == "update"
                        yield from [*arguments, *(k.value for k in keywords if not k.arg)] if is_update else ()
