"""Inspect the classes of the scanned code: bases, methods, fields and enum members."""

from __future__ import annotations

import ast

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import (
    ClassValue,
    ExternalName,
    FunctionValue,
    Instance,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import DEFINITIONS, dotted_names

#: Bases outside the scanned code that define no methods.
_BARE = ("object", "ABC", "Generic", "Protocol")
#: Bases of one class, itself included. Deep frameworks have a few dozen; only generated code has more. Bases
#: beyond are ignored: what they define is unknown.
_ANCESTORS = 200


def resolve_lineage(ev: Evaluator, cls: ClassValue) -> tuple[ClassValue | ExternalName, ...]:
    """Return a class and its bases, nearest first; those defined outside the scanned code by name."""
    found = ev.memo.get_or_find(("lineage", cls), _find_lineage, ev, cls)
    return tuple(base for base in found if isinstance(base, (ClassValue, ExternalName))) or (cls,)


def _find_lineage(ev: Evaluator, cls: ClassValue) -> Values:
    found: dict[ClassValue | ExternalName, None] = {cls: None}
    todo: list[ClassValue] = [cls]
    while todo and len(found) < _ANCESTORS:
        current = todo.pop(0)
        for base in current.node.bases:
            expression = base.value if isinstance(base, ast.Subscript) else base
            for value in ev.eval(current.module, expression):
                if isinstance(value, (ClassValue, ExternalName)) and value not in found:
                    found[value] = None
                    if isinstance(value, ClassValue):
                        todo.append(value)
    return tuple(found)


def find_method(ev: Evaluator, owner: Instance | ClassValue, name: str) -> FunctionValue | None:
    """Return the function that a class of the scanned code defines or inherits under a name."""
    cls = owner.cls if isinstance(owner, Instance) else owner
    for base in resolve_lineage(ev, cls):
        if isinstance(base, ClassValue):
            for binding in base.module.scopes.inner[base.node].bindings.get(name, ()):
                if isinstance(binding.node, DEFINITIONS):
                    return FunctionValue(base.module, binding.node, owner)
    return None


def is_enum_class(ev: Evaluator, cls: ClassValue) -> bool:
    """Return True if a class is an enum."""
    return any(
        isinstance(base, ExternalName) and base.dotted.endswith(("Enum", "Flag", "models.TextChoices"))
        for base in resolve_lineage(ev, cls)
    )


def is_abstract_class(ev: Evaluator, cls: ClassValue) -> bool:
    """Return True if a class is an abstract base class or a protocol."""
    bases = [base.dotted for base in resolve_lineage(ev, cls) if isinstance(base, ExternalName)]
    made_by = [dotted_names(keyword.value)[-1:] for keyword in cls.node.keywords if keyword.arg == "metaclass"]
    return any(base.rpartition(".")[2] in ("ABC", "Protocol") for base in bases) or ("ABCMeta",) in made_by


def eval_enum_members(ev: Evaluator, cls: ClassValue) -> Values:
    """Return the values of an enum's members."""
    if not is_enum_class(ev, cls):
        return ()
    assigned = [node.value for node in cls.node.body if isinstance(node, ast.Assign)]
    # Django's choices are written as (value, label).
    values = [node.elts[0] if isinstance(node, ast.Tuple) and node.elts else node for node in assigned]
    return merge_alternatives([value for node in values for value in ev.eval(cls.module, node)])


def annotated_fields(ev: Evaluator, cls: ClassValue) -> dict[str, ast.AnnAssign]:
    """Return the annotated fields of a class and its bases, by name."""
    found: dict[str, ast.AnnAssign] = {}
    for base in resolve_lineage(ev, cls):
        for node in base.node.body if isinstance(base, ClassValue) else ():
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, node)
    return found


def has_only_scanned_methods(ev: Evaluator, cls: ClassValue) -> bool:
    """Return True if a class inherits no methods from outside the scanned code."""
    bases = [base for base in resolve_lineage(ev, cls) if isinstance(base, ExternalName)]
    return all(base.dotted.rpartition(".")[2] in _BARE for base in bases)
