"""Evaluate binary operators on strings, paths and collections."""

from __future__ import annotations

import ast
from itertools import product

from migrator.python.analysis import strings
from migrator.python.analysis.dict_entries import is_parameter
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH
from migrator.python.analysis.values import (
    Display,
    Lit,
    Many,
    Text,
    Values,
    as_text,
    joined,
    one_of,
    opaque,
    trimmed,
)


def eval_operation(ev: Evaluator, module: Module, node: ast.BinOp) -> Values:
    """Return the alternatives for the result of a binary operator."""
    left = ev.eval(module, node.left)
    if isinstance(node.op, ast.Mod):
        found = [v for t in left if isinstance(t, Text) for v in strings.percent(ev, module, t, node.right)]
        return one_of(found) or (opaque(module, node),)
    right = ev.eval(module, node.right)
    if isinstance(node.op, (ast.Sub, ast.BitAnd)) and any(isinstance(v, (Display, Many)) for v in left):
        return left
    if isinstance(node.op, ast.BitOr):
        return one_of((*left, *right)) or (opaque(module, node),)
    if isinstance(node.op, ast.Add) and any(isinstance(v, (Display, Many)) for v in (*left, *right)):
        return (Many(one_of([m for value in (*left, *right) for m in ev.step(value, EACH)])),)
    if isinstance(node.op, ast.Add) and any(isinstance(v, Text) or is_parameter(v) for v in (*left, *right)):
        return strings.concatenated([left, right])
    if isinstance(node.op, ast.Div) and any(isinstance(value, Text) for value in left):
        return _join_path(left, right or (opaque(module, node.right),))
    return (opaque(module, node),)


def _join_path(left: Values, right: Values) -> Values:
    """Return ``left / right``, as pathlib, yarl and furl join paths."""
    slash = Text((Lit("/"),))
    return one_of(
        [
            joined([trimmed(as_text(head), "/", left=False, right=True), slash, as_text(tail)])
            for head, tail in product(left, right)
        ]
    )
