"""Evaluate binary operators on strings, paths and collections."""

from __future__ import annotations

import ast
from itertools import product

from migrator.python.analysis import strings
from migrator.python.analysis.dicts.dict_entries import is_parameter
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH_ELEMENT
from migrator.python.analysis.values import (
    CollectionValue,
    Display,
    LiteralPart,
    StringValue,
    Values,
    concatenate,
    merge_alternatives,
    reference_to,
    strip_known_ends,
    to_string,
)


def eval_operation(ev: Evaluator, module: Module, node: ast.BinOp) -> Values:
    """Return the alternatives for the result of a binary operator."""
    left = ev.eval(module, node.left)
    if isinstance(node.op, ast.Mod):
        found = [v for t in left if isinstance(t, StringValue) for v in strings.eval_percent(ev, module, t, node.right)]
        return merge_alternatives(found) or (reference_to(module, node),)
    right = ev.eval(module, node.right)
    if isinstance(node.op, (ast.Sub, ast.BitAnd)) and any(isinstance(v, (Display, CollectionValue)) for v in left):
        return left
    if isinstance(node.op, ast.BitOr):
        return merge_alternatives((*left, *right)) or (reference_to(module, node),)
    if isinstance(node.op, ast.Add) and any(isinstance(v, (Display, CollectionValue)) for v in (*left, *right)):
        return (
            CollectionValue(
                merge_alternatives([m for value in (*left, *right) for m in ev.step_into(value, EACH_ELEMENT)])
            ),
        )
    if isinstance(node.op, ast.Add) and any(isinstance(v, StringValue) or is_parameter(v) for v in (*left, *right)):
        return strings.concatenate_alternatives([left, right])
    if isinstance(node.op, ast.Div) and any(isinstance(value, StringValue) for value in left):
        return _join_path(left, right or (reference_to(module, node.right),))
    return (reference_to(module, node),)


def _join_path(left: Values, right: Values) -> Values:
    """Return ``left / right``, as pathlib, yarl and furl join paths."""
    slash = StringValue((LiteralPart("/"),))
    return merge_alternatives(
        [
            concatenate([strip_known_ends(to_string(head), "/", left=False, right=True), slash, to_string(tail)])
            for head, tail in product(left, right)
        ]
    )
