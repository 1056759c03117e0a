"""Evaluate annotations: the values that an annotated object may be."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, BindingKind
from migrator.python.analysis.values import (
    ClassValue,
    CollectionValue,
    ExternalName,
    ExternalObject,
    Instance,
    ModuleNode,
    ModuleValue,
    SourceExpr,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import dotted_names

#: Generic types that are transparent: an object of one is an object of its arguments.
_UNIONS = frozenset({"Optional", "Union", "Annotated", "Final", "ClassVar", "Required", "NotRequired", "Self"})
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict"})

#: Modules that re-export a type alias one after the other. Packages rarely have more than two, and imports may form a
#: circle; behind more, the annotation says nothing.
_MAX_HOPS = 5


def eval_annotation(ev: Evaluator, module: Module, annotation: ast.expr | None) -> Values:
    """Return the alternatives for an annotated object: instances, members of collections, strings of a Literal."""
    return (
        ()
        if annotation is None
        else ev.memo.get_or_find(("annotated", annotation), _eval_annotation_node, ev, module, annotation)
    )


def _eval_annotation_node(ev: Evaluator, module: Module, annotation: ast.expr) -> Values:
    match annotation:
        case ast.Constant(value=str(text)):
            if annotation not in module.quoted_annotations:
                module.quoted_annotations[annotation] = _parse_quoted(module, annotation, text)
            return eval_annotation(ev, module, module.quoted_annotations[annotation])
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return merge_alternatives((*eval_annotation(ev, module, left), *eval_annotation(ev, module, right)))
        case ast.Subscript(value=base, slice=inner):
            return _eval_generic(ev, module, base, inner)
        case ast.Name() | ast.Attribute() if (alias := _find_alias(ev, module, annotation)) is not None:
            return eval_annotation(ev, *alias)
        case ast.Name() | ast.Attribute():
            return merge_alternatives(
                [made for value in ev.eval(module, annotation) for made in _instance_of(value, module, annotation)]
            )
    return ()


def _find_alias(ev: Evaluator, module: Module, name: ast.Name | ast.Attribute) -> tuple[Module, ast.expr] | None:
    """Return the module and value of the type alias that a name means, also an imported one, or None."""
    if isinstance(name, ast.Name):
        return _follow_alias(ev, module, module.find_bindings(name))
    homes = [value.module for value in ev.eval(module, name.value) if isinstance(value, ModuleValue)]
    return _follow_alias(ev, homes[0], homes[0].scopes.module.bindings.get(name.attr, ())) if len(homes) == 1 else None


def is_dependency(node: ast.AST) -> bool:
    """Return True if an expression is ``Depends(provider)`` or ``Security(provider)``."""
    return isinstance(node, ast.Call) and dotted_names(node)[-1:] in (("Depends",), ("Security",))


def _follow_alias(
    ev: Evaluator, module: Module, bindings: Sequence[Binding], hops: int = _MAX_HOPS
) -> tuple[Module, ast.expr] | None:
    if len(bindings) != 1:
        return None
    match bindings[0]:
        case Binding(kind=BindingKind.VALUE, value=ast.Subscript() | ast.BinOp() as value):
            return module, value
        case Binding(kind=BindingKind.IMPORT, node=ast.ImportFrom(module=home, level=level, names=aliases)) if hops:
            found = ev.project.find_module(home or "", module, level)
            names = [each.name for each in aliases if (each.asname or each.name) == bindings[0].name]
            given = found.scopes.module.bindings.get(names[0], ()) if found and names else ()
            return _follow_alias(ev, found, given, hops - 1) if found else None
    return None


def _instance_of(value: Value, module: Module, node: ast.expr) -> Values:
    if isinstance(value, ClassValue):
        return (Instance(value),)
    if isinstance(value, ExternalName) and "." in value.dotted and not value.dotted.startswith("typing."):
        return (
            ExternalObject(value.dotted, ModuleNode(module, node), SourceExpr(module.path, node.lineno, value.dotted)),
        )
    return ()


def _eval_generic(ev: Evaluator, module: Module, base: ast.expr, inner: ast.expr) -> Values:
    name = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
    arguments = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Literal":
        return merge_alternatives([value for argument in arguments for value in ev.eval(module, argument)])
    if name in _UNIONS:
        made = [value for said in arguments[1:] if is_dependency(said) for value in ev.eval(module, said)]
        if made:
            return merge_alternatives(made)
        wanted = arguments[:1] if name == "Annotated" else arguments
        return merge_alternatives([value for argument in wanted for value in eval_annotation(ev, module, argument)])
    if name in ("type", "Type"):
        return ev.eval(module, arguments[0]) if arguments else ()
    wanted = arguments[-1:] if name in _MAPPINGS else arguments[:1]
    members = merge_alternatives([value for argument in wanted for value in eval_annotation(ev, module, argument)])
    return (CollectionValue(members),) if members else ()


def _parse_quoted(module: Module, node: ast.expr, text: str) -> ast.expr | None:
    try:
        parsed = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    for inner in ast.walk(parsed):
        module.scopes.of.setdefault(inner, module.scopes.of.get(node, module.scopes.module))
        if isinstance(inner, ast.expr):
            inner.lineno, inner.col_offset = node.lineno, node.col_offset
    return parsed
