"""Read a key off a node, and find where the key is written."""

from __future__ import annotations

import ast

from migrator.python.analysis.module import Module
from migrator.python.analysis.strings import source_runs
from migrator.python.analysis.values import ModuleNode
from migrator.python.source.syntax import node_span


def find_key_reads(node: ast.AST) -> list[tuple[ast.expr, ast.expr, str]]:
    """Return the object, the node of the key and the key, if a node reads a key or an attribute."""
    match node:
        case ast.Subscript(value=base, slice=ast.Constant(value=str(name)) as key):
            return [(base, key, name)]
        case ast.Call(
            func=ast.Attribute(value=base, attr="get" | "pop"), args=[ast.Constant(value=str(name)) as key, *_]
        ):
            return [(base, key, name)]
        case ast.Compare(left=ast.Constant(value=str(name)) as key, ops=[ast.In() | ast.NotIn()], comparators=[base]):
            return [(base, key, name)]
        case ast.Attribute(value=base, attr=name):
            return [(base, node, name)]
    return []


def find_key_span(module: Module, key: ast.AST, name: str) -> tuple[int, int] | None:
    """Return the span of a key, or None if it is not written literally."""
    if isinstance(key, ast.Constant):
        written = source_runs(ModuleNode(module, key))
        found = (written[0].start, written[-1].end) if written else None
    elif isinstance(key, ast.keyword):
        start = node_span(module.source, key)[0]
        found = (start, start + len(name))
    elif isinstance(key, ast.MatchClass):
        inner = key.kwd_patterns[key.kwd_attrs.index(name)]
        start = module.source.text.rfind(name, node_span(module.source, key)[0], node_span(module.source, inner)[0])
        found = (start, start + len(name))
    else:
        assert isinstance(key, (ast.Attribute, ast.Name))
        end = node_span(module.source, key)[1]
        found = (end - len(name), end)
    return found if found and module.source.text[slice(*found)] == name else None
