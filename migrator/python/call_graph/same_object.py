"""Reject combined values that would require one object to be of two unrelated classes."""

from __future__ import annotations

import ast
from itertools import combinations

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import ClassValue, FunctionValue, Instance, LiteralPart, ModuleNode, StringValue
from migrator.python.source.syntax import dotted_names

#: A scanned function and a call of it.
Frame = tuple[FunctionValue, ModuleNode]


def is_one_object(ev: Evaluator, text: StringValue, frames: tuple[Frame, ...]) -> bool:
    """Return True if the parts of a string, and the calls on the path to it, can concern one object."""
    said = {
        cls
        for part in text.parts
        if isinstance(part, LiteralPart) and part.origin and (cls := _describing_class(part.origin))
    }
    called = {target.bound.cls for target, _ in frames if isinstance(target.bound, Instance)}
    if any(_are_siblings(ev, one, other) for one, other in combinations(said | called, 2) if {one, other} & said):
        return False
    return all(_may_construct(ev, *frame, called) for frame in frames)


def _describing_class(spot: ModuleNode) -> ClassValue | None:
    """Return the class whose body, or whose method's return value, contains a node; None if there is none."""
    node: ast.AST | None = spot.node
    module = spot.module
    while node is not None and not isinstance(node, (ast.stmt, ast.Call)):
        node = module.parents.get(node)
    if not isinstance(node, (ast.Assign, ast.AnnAssign, ast.Return)):
        return None
    owner = module.enclosing_node(node, ast.ClassDef)
    return ClassValue(module, owner) if isinstance(owner, ast.ClassDef) else None


def _are_siblings(ev: Evaluator, one: ClassValue, other: ClassValue) -> bool:
    """Return True if two classes share a scanned base and neither derives from the other."""
    above, beside = classes.resolve_lineage(ev, one), classes.resolve_lineage(ev, other)
    if one in beside or other in above:
        return False
    return any(isinstance(base, ClassValue) for base in {*above} & {*beside})


def _may_construct(ev: Evaluator, target: FunctionValue, site: ModuleNode, called: set[ClassValue]) -> bool:
    """Return True if a call of a constructor can have created the objects whose methods are called."""
    if not (isinstance(target.node, ast.FunctionDef) and target.node.name == "__init__"):
        return True
    home = target.module.enclosing_node(target.node, ast.ClassDef)
    made = target.bound.cls if isinstance(target.bound, Instance) else target.bound
    if made is None or not isinstance(home, ast.ClassDef) or not isinstance(site.node, ast.Call):
        return True
    concerned = [cls for cls in called if ClassValue(target.module, home) in classes.resolve_lineage(ev, cls)]
    if dotted_names(site.node.func)[-1:] == ("__init__",):
        owner = site.module.enclosing_node(site.node, ast.ClassDef)
        made = ClassValue(site.module, owner) if isinstance(owner, ast.ClassDef) else made
        return all(
            made in classes.resolve_lineage(ev, cls) or cls in classes.resolve_lineage(ev, made) for cls in concerned
        )
    return all(cls in classes.resolve_lineage(ev, made) for cls in concerned)
