"""Read classes that model documents: declared fields, tags and storage."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import ClassValue, ExternalName


@dataclass(frozen=True, slots=True)
class ModelField:
    """A field of a model: its declaration, type and assigned value."""

    module: Module
    node: ast.stmt
    target: ast.Name
    annotation: ast.expr | None
    value: ast.expr | None


def collect_fields(ev: Evaluator, cls: ClassValue) -> dict[str, ModelField]:
    """Return the fields of a class and its bases by name: ``name: type`` and ``name = field(...)``."""
    found: dict[str, ModelField] = {}
    for base in _scanned_lineage(ev, cls):
        for node in base.node.body:
            match node:
                case ast.AnnAssign(target=ast.Name() as target, annotation=annotation, value=value):
                    field = ModelField(base.module, node, target, annotation, value)
                case ast.Assign(targets=[ast.Name() as target], value=ast.Call() as value):
                    field = ModelField(base.module, node, target, None, value)
                case _:
                    continue
            found.setdefault(target.id, field)
    return found


def tag_keywords(ev: Evaluator, cls: ClassValue, name: str) -> list[ast.keyword]:
    """Return the keywords of a class statement, if it or a base names `name` as the tag field, as msgspec models do."""
    keywords = [keyword for base in _scanned_lineage(ev, cls) for keyword in base.node.keywords]
    is_named = any(isinstance(each.value, ast.Constant) and each.value.value == name for each in keywords)
    return cls.node.keywords if is_named else []


def is_database_model(ev: Evaluator, cls: ClassValue) -> bool:
    """Return True if the instances of a class are rows of a database."""
    bases = [base.dotted for base in classes.resolve_lineage(ev, cls) if isinstance(base, ExternalName)]
    tables = [keyword.arg for base in _scanned_lineage(ev, cls) for keyword in base.node.keywords]
    return (
        any("__tablename__" in base.module.scopes.inner[base.node].bindings for base in _scanned_lineage(ev, cls))
        or any(base.endswith((".Model", ".Document")) for base in bases)
        or "table" in tables
    )


def _scanned_lineage(ev: Evaluator, cls: ClassValue) -> list[ClassValue]:
    return [base for base in classes.resolve_lineage(ev, cls) if isinstance(base, ClassValue)]


def iter_nested(node: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression, and the arguments and dict values nested in it: validators, choices, schemas."""
    yield node
    match node:
        case ast.Call(args=arguments, keywords=keywords):
            inner = [*arguments, *(keyword.value for keyword in keywords)]
        case ast.Dict(values=values):
            inner = values
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            inner = [element for element in elements if isinstance(element, (ast.Call, ast.Dict))]
        case _:
            inner = []
    for each in inner:
        yield from iter_nested(each)
