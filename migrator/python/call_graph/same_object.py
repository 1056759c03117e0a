"""Reject combined values that would require one object to be of two unrelated classes."""

from __future__ import annotations

import ast
from itertools import combinations

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import Callable, Class, Instance, Lit, Spot, Text
from migrator.python.source.syntax import path_names

#: A scanned function and a call of it.
Frame = tuple[Callable, Spot]


def is_one_object(ev: Evaluator, text: Text, frames: tuple[Frame, ...]) -> bool:
    """Return True if the parts of a string, and the calls on the path to it, can concern one object."""
    said = {cls for part in text.parts if isinstance(part, Lit) and part.spot and (cls := _saying(part.spot))}
    called = {target.bound.cls for target, _ in frames if isinstance(target.bound, Instance)}
    if any(_are_sisters(ev, one, other) for one, other in combinations(said | called, 2) if {one, other} & said):
        return False
    return all(_may_have_made(ev, *frame, called) for frame in frames)


def _saying(spot: Spot) -> Class | None:
    """Return the class whose body, or whose method's return value, contains a node; None if there is none."""
    node: ast.AST | None = spot.node
    module = spot.module
    while node is not None and not isinstance(node, (ast.stmt, ast.Call)):
        node = module.parents.get(node)
    if not isinstance(node, (ast.Assign, ast.AnnAssign, ast.Return)):
        return None
    owner = module.enclosing(node, ast.ClassDef)
    return Class(module, owner) if isinstance(owner, ast.ClassDef) else None


def _are_sisters(ev: Evaluator, one: Class, other: Class) -> bool:
    """Return True if two classes share a scanned base and neither derives from the other."""
    above, beside = classes.lineage(ev, one), classes.lineage(ev, other)
    if one in beside or other in above:
        return False
    return any(isinstance(base, Class) for base in {*above} & {*beside})


def _may_have_made(ev: Evaluator, target: Callable, site: Spot, called: set[Class]) -> bool:
    """Return True if a call of a constructor can have created the objects whose methods are called."""
    if not (isinstance(target.node, ast.FunctionDef) and target.node.name == "__init__"):
        return True
    home = target.module.enclosing(target.node, ast.ClassDef)
    made = target.bound.cls if isinstance(target.bound, Instance) else target.bound
    if made is None or not isinstance(home, ast.ClassDef) or not isinstance(site.node, ast.Call):
        return True
    concerned = [cls for cls in called if Class(target.module, home) in classes.lineage(ev, cls)]
    if path_names(site.node.func)[-1:] == ("__init__",):
        owner = site.module.enclosing(site.node, ast.ClassDef)
        made = Class(site.module, owner) if isinstance(owner, ast.ClassDef) else made
        return all(made in classes.lineage(ev, cls) or cls in classes.lineage(ev, made) for cls in concerned)
    return all(cls in classes.lineage(ev, made) for cls in concerned)
