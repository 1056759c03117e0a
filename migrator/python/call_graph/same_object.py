"""Whether what was put together can belong to one object: what one class says of itself says nothing of its sister."""

from __future__ import annotations

import ast
from itertools import combinations

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import Callable, Class, Instance, Lit, Spot, Text
from migrator.python.source.syntax import path_names

#: A function of the scanned code and a call of it.
Frame = tuple[Callable, Spot]


def is_one_object(ev: Evaluator, text: Text, frames: tuple[Frame, ...]) -> bool:
    """Whether the parts of a text, and the calls on the way to it, can be about the same object."""
    said = {cls for part in text.parts if isinstance(part, Lit) and part.spot and (cls := _saying(part.spot))}
    called = {target.bound.cls for target, _ in frames if isinstance(target.bound, Instance)}
    if any(_are_sisters(ev, one, other) for one, other in combinations(said | called, 2) if {one, other} & said):
        return False
    return all(_may_have_made(ev, *frame, called) for frame in frames)


def _saying(spot: Spot) -> Class | None:
    """The class that says something of its objects: as a value in its body, or given back by a method."""
    node: ast.AST | None = spot.node
    module = spot.module
    while node is not None and not isinstance(node, (ast.stmt, ast.Call)):
        node = module.parents.get(node)
    if not isinstance(node, (ast.Assign, ast.AnnAssign, ast.Return)):
        return None
    owner = module.enclosing(node, ast.ClassDef)
    return Class(module, owner) if isinstance(owner, ast.ClassDef) else None


def _are_sisters(ev: Evaluator, one: Class, other: Class) -> bool:
    """Whether neither of two classes derives from the other, but both from a third one of the scanned code."""
    above, beside = classes.lineage(ev, one), classes.lineage(ev, other)
    if one in beside or other in above:
        return False
    return any(isinstance(base, Class) for base in {*above} & {*beside})


def _may_have_made(ev: Evaluator, target: Callable, site: Spot, called: set[Class]) -> bool:
    """Whether a call of a constructor can have made the objects whose methods are called."""
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
