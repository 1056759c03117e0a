"""Find the entries of a dict or call under a key, wherever the code writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH_ELEMENT, Binding
from migrator.python.analysis.values import (
    Display,
    ModuleNode,
    Reference,
    StringValue,
    Value,
    Values,
    merge_alternatives,
)

#: The dicts and parameters that were already searched for one key.
Seen = set[Value]
Container = ast.Dict | ast.Call | ast.stmt


@dataclass(frozen=True, slots=True)
class DictEntry:
    """An entry under a key: an element of a dict or call, or a statement that stores it."""

    origin: ModuleNode
    element: ast.expr | ast.keyword | None
    value: ast.expr
    names: tuple[Binding, ...]
    via: frozenset[ast.AST] = frozenset()

    @property
    def key(self) -> ast.expr | ast.keyword | None:
        """Return the node of the key: a string, or the keyword of a call."""
        node = self.origin.node
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            return node.targets[0].slice
        return self.element


@dataclass(frozen=True, slots=True)
class UnknownEntries:
    """A part of a dict whose entries are unknown."""

    origin: ModuleNode


def find_entries(
    ev: Evaluator, value: Value, key: str, names: tuple[Binding, ...] = (), seen: Seen | None = None
) -> Iterator[DictEntry | UnknownEntries]:
    """Yield every entry under a key in a value, each dict read once, and the parts whose entries are unknown."""
    seen = set() if seen is None else seen
    if not isinstance(value, Display) or value in seen:
        return
    seen.add(value)
    module, node = value.origin.module, value.origin.node
    names = (*names, value.name) if value.name else names
    yield from _find_in_display(ev, module, node, key, names, seen)
    for put in stored_values(ev, value.origin, key):
        yield DictEntry(ModuleNode(module, module.enclosing_statement(put)), None, put, ())
    if value.name is not None:
        yield from _find_mutations(ev, module, value.name, key, names, seen)


def _find_in_display(
    ev: Evaluator, module: Module, node: ast.AST, key: str, names: tuple[Binding, ...], seen: Seen
) -> Iterator[DictEntry | UnknownEntries]:
    spot = ModuleNode(module, node)
    if isinstance(node, ast.Dict):
        for name, value in zip(node.keys, node.values, strict=True):
            if name is None:
                yield from _find_in_spread(ev, module, value, key, seen)
            elif isinstance(name, ast.Constant):
                if name.value == key:
                    yield DictEntry(spot, name, value, names)
            elif _may_equal(ev, module, name, key):
                yield UnknownEntries(ModuleNode(module, name))
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg is None:
                yield from _find_in_spread(ev, module, keyword.value, key, seen)
            elif keyword.arg == key:
                yield DictEntry(spot, keyword, keyword.value, names)
        if isinstance(node.func, ast.Name) and node.func.id == "dict":
            for argument in node.args:
                yield from _find_in_spread(ev, module, argument, key, seen)
    elif isinstance(node, ast.DictComp):
        yield UnknownEntries(spot)


def _may_equal(ev: Evaluator, module: Module, name: ast.expr, key: str) -> bool:
    known = [value.known if isinstance(value, StringValue) else None for value in ev.eval(module, name)]
    return not known or None in known or key in known


def find_operand_entries(
    ev: Evaluator, module: Module, node: ast.expr, key: str
) -> Iterator[DictEntry | UnknownEntries]:
    """Yield the entries under a key in an expression that is merged into a dict."""
    return _find_in_spread(ev, module, node, key, set())


def find_overridden_operands(module: Module, node: ast.AST, element: ast.AST | None) -> Iterator[ast.expr]:
    """Yield the expressions whose entries an entry of a dict overrides: ``base | {...}``, ``{**base, ...}``.

    `node` is the dict; `element` is the key, or None for an entry that a statement adds to the dict.
    """
    match node:
        case ast.Dict(keys=keys, values=values):
            end = next((i for i, key in enumerate(keys) if key is element is not None), len(keys))
            yield from (value for key, value in zip(keys[:end], values[:end], strict=True) if key is None)
        case ast.Call(func=ast.Name(id="dict"), args=arguments, keywords=keywords):
            end = next((i for i, keyword in enumerate(keywords) if keyword is element), len(keywords))
            yield from (*arguments, *(keyword.value for keyword in keywords[:end] if keyword.arg is None))
        case ast.BinOp(op=ast.BitOr(), left=left) if element is not left:
            yield left
    outer = module.parents.get(node)
    match outer:
        case ast.BinOp(op=ast.BitOr(), right=right) if element is None:
            yield from [right] if right is not node else ()
            yield from find_overridden_operands(module, outer, None)
        case ast.BinOp(op=ast.BitOr()):
            yield from find_overridden_operands(module, outer, node)
        case ast.AugAssign(op=ast.BitOr(), target=ast.Name() as target):
            grown = module.scopes.at[target, target.id].value
            yield from [grown.left] if isinstance(grown, ast.BinOp) else ()
        case ast.Dict(keys=keys, values=values) if node in values and keys[values.index(node)] is None:
            end = values.index(node)
            yield from (value for key, value in zip(keys[:end], values[:end], strict=True) if key is None)


def _find_in_spread(
    ev: Evaluator, module: Module, node: ast.expr, key: str, seen: Seen
) -> Iterator[DictEntry | UnknownEntries]:
    values = ev.eval(module, node)
    for value in values or (None,):
        if isinstance(value, Display):
            yield from find_entries(ev, value, key, seen=seen)
        elif value in seen:
            continue
        elif isinstance(value, Reference) and (given := ev.passed_values(value)):
            seen.add(value)
            yield from _find_in_arguments(ev, given, key, seen)
        else:
            yield UnknownEntries(ModuleNode(module, node))


def _find_in_arguments(
    ev: Evaluator, given: list[tuple[ModuleNode, Value]], key: str, seen: Seen
) -> Iterator[DictEntry | UnknownEntries]:
    """Yield the entries under a key in the arguments for a parameter that is unpacked."""
    for site, value in given:
        for entry in find_entries(ev, value, key, seen=seen):
            yield replace(entry, via=entry.via | {site.node}) if isinstance(entry, DictEntry) else entry
        if not isinstance(value, Display):
            yield UnknownEntries(site)


def _find_mutations(
    ev: Evaluator, module: Module, binding: Binding, key: str, names: tuple[Binding, ...], seen: Seen
) -> Iterator[DictEntry | UnknownEntries]:
    for load in module.find_mutations(binding):
        parent = module.parents.get(load)
        statement = module.enclosing_statement(load)
        match parent, statement:
            case ast.Subscript(slice=ast.Constant(value=str(found)), ctx=ast.Store()), ast.Assign(value=value):
                if found == key:
                    yield DictEntry(ModuleNode(module, statement), None, value, names)
            case ast.Subscript(ctx=ast.Store()), _:
                yield UnknownEntries(ModuleNode(module, load))
            case ast.Attribute(attr="update"), ast.Expr(value=ast.Call() as call):
                yield from _find_in_update(ev, module, call, statement, key, names, seen)
            case ast.Attribute(attr="setdefault"), ast.Expr(value=ast.Call(args=[ast.Constant(value=found), value])):
                if found == key:
                    yield DictEntry(ModuleNode(module, statement), None, value, names)


def _find_in_update(
    ev: Evaluator,
    module: Module,
    call: ast.Call,
    statement: ast.stmt,
    key: str,
    names: tuple[Binding, ...],
    seen: Seen,
) -> Iterator[DictEntry | UnknownEntries]:
    for argument in call.args:
        if isinstance(argument, ast.Dict):
            yield from _find_in_display(ev, module, argument, key, names, seen)
        else:
            yield from _find_in_spread(ev, module, argument, key, seen)
    for keyword in call.keywords:
        if keyword.arg == key:
            alone = len(call.keywords) == 1 and not call.args
            spot = ModuleNode(module, statement if alone else call)
            yield DictEntry(spot, None if alone else keyword, keyword.value, names)
        elif keyword.arg is None:
            yield from _find_in_spread(ev, module, keyword.value, key, seen)


def is_added_by_update(module: Module, node: ast.AST) -> bool:
    """Return True if a node is a call of ``update``, or the dict that is passed to one."""
    for call in (node, module.parents.get(node)):
        match call:
            case ast.Call(func=ast.Attribute(attr="update")):
                return True
    return False


def find_added_entries(ev: Evaluator, module: Module, node: ast.expr, key: str) -> Iterator[DictEntry]:
    """Yield the entries under a key that statements add to the dict which a name is bound to, whatever built it."""
    for binding in module.find_bindings(node) if isinstance(node, ast.Name) else ():
        for entry in _find_mutations(ev, module, binding, key, (), set()):
            if isinstance(entry, DictEntry):
                yield entry


def is_parameter(value: Value) -> bool:
    """Return True if a value is the argument of a parameter."""
    return isinstance(value, Reference) and value.parameter is not None


def merged_keys(ev: Evaluator, spot: ModuleNode) -> Values:
    """Return the keys of the dicts that are unpacked into this one; of pairs, the first of each."""
    match spot.node:
        case ast.Dict(keys=keys, values=values):
            nodes = [value for key, value in zip(keys, values, strict=True) if key is None]
        case ast.Call(args=arguments, keywords=keywords):
            nodes = [*arguments, *(keyword.value for keyword in keywords if keyword.arg is None)]
        case _:
            nodes = []
    held = merge_alternatives([value for node in nodes for value in ev.eval(spot.module, node)])
    keys_or_pairs = merge_alternatives([key for value in held for key in ev.step_into(value, EACH_ELEMENT)])
    return merge_alternatives(
        [v for key in keys_or_pairs for v in (ev.step_into(key, 0) if isinstance(key, Display) else (key,))]
    )


def stored_values(ev: Evaluator, spot: ModuleNode, key: str | None) -> list[ast.expr]:
    """Return the expressions that statements elsewhere store under a key, or append to a list (key None)."""
    if spot.module not in ev.stored_entries:
        ev.stored_entries[spot.module] = {}
        ev.stored_entries[spot.module] = _collect_stored(ev, spot.module)
    return [node for name, node in ev.stored_entries[spot.module].get(spot, ()) if name == key]


def _collect_stored(ev: Evaluator, module: Module) -> dict[ModuleNode, list[tuple[str | None, ast.expr]]]:
    """Return what the statements of a module add to its dict and list displays: by key, or None for a list."""
    found: dict[ModuleNode, list[tuple[str | None, ast.expr]]] = {}
    for target, key, value in _iter_additions(module):
        for holder in ev.eval(module, target):
            if isinstance(holder, Display) and holder.origin.module is module:
                found.setdefault(holder.origin, []).append((key, value))
    return found


def _iter_additions(module: Module) -> Iterator[tuple[ast.expr, str | None, ast.expr]]:
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Attribute(value=target, attr="append"), args=[value]):
                yield target, None, value
            case ast.Call(func=ast.Attribute(value=target, attr="insert"), args=[_, value]):
                yield target, None, value
            case ast.Call(func=ast.Attribute(value=target, attr="extend"), args=[value]):
                for element in value.elts if isinstance(value, (ast.List, ast.Tuple)) else ():
                    yield target, None, element
            case ast.Assign(targets=[ast.Subscript(value=target, slice=ast.Constant(value=str(key)))], value=value):
                if not isinstance(target, ast.Name):
                    yield target, key, value
