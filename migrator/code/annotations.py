"""What an annotation says: the values that an object of it can be."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrator.code.scopes import Binds
from migrator.code.values import Class, External, Instance, Made, Many, Place, Spot, Value, Values, one_of

if TYPE_CHECKING:
    from migrator.code.evaluate import Evaluator
    from migrator.code.modules import Module

_UNIONS = frozenset({"Optional", "Union", "Annotated", "Final", "ClassVar", "Required", "NotRequired", "Self"})
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict"})


def annotated(ev: Evaluator, module: Module, annotation: ast.expr | None) -> Values:
    """What an object of an annotation can be: instances of classes, members of collections, strings of a Literal."""
    return () if annotation is None else ev.once(("annotated", annotation), _annotated, ev, module, annotation)


def _annotated(ev: Evaluator, module: Module, annotation: ast.expr) -> Values:
    match annotation:
        case ast.Constant(value=str(text)):
            if annotation not in module.quoted:
                module.quoted[annotation] = _quoted(module, annotation, text)
            return annotated(ev, module, module.quoted[annotation])
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return one_of((*annotated(ev, module, left), *annotated(ev, module, right)))
        case ast.Subscript(value=base, slice=inner):
            return _generic(ev, module, base, inner)
        case ast.Name() if (alias := _alias(module, annotation)) is not None:
            return annotated(ev, module, alias)
        case ast.Name() | ast.Attribute():
            return one_of(
                [made for value in ev.eval(module, annotation) for made in _instance(value, module, annotation)]
            )
    return ()


def _alias(module: Module, name: ast.Name) -> ast.expr | None:
    """``Name = Literal[...]``: what a name stands for as a type."""
    values = [binding.value for binding in module.bindings(name) if binding.kind is Binds.VALUE]
    return values[0] if len(values) == 1 and isinstance(values[0], (ast.Subscript, ast.BinOp)) else None


def _instance(value: Value, module: Module, node: ast.expr) -> Values:
    if isinstance(value, Class):
        return (Instance(value),)
    if isinstance(value, External) and "." in value.dotted and not value.dotted.startswith("typing."):
        return (Made(value.dotted, Spot(module, node), Place(module.path, node.lineno, value.dotted)),)
    return ()


def _generic(ev: Evaluator, module: Module, base: ast.expr, inner: ast.expr) -> Values:
    name = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
    arguments = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Literal":
        return one_of([value for argument in arguments for value in ev.eval(module, argument)])
    if name in _UNIONS:
        wanted = arguments[:1] if name == "Annotated" else arguments
        return one_of([value for argument in wanted for value in annotated(ev, module, argument)])
    if name in ("type", "Type"):
        return ev.eval(module, arguments[0]) if arguments else ()
    wanted = arguments[-1:] if name in _MAPPINGS else arguments[:1]
    members = one_of([value for argument in wanted for value in annotated(ev, module, argument)])
    return (Many(members),) if members else ()


def _quoted(module: Module, node: ast.expr, text: str) -> ast.expr | None:
    try:
        parsed = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    for inner in ast.walk(parsed):
        module.scopes.of.setdefault(inner, module.scopes.of.get(node, module.scopes.module))
        if isinstance(inner, ast.expr):
            inner.lineno, inner.col_offset = node.lineno, node.col_offset
    return parsed
