"""Find the entries of a dict or call under a key, wherever the code writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import EACH, Binding
from migrator.python.analysis.values import Display, Item, Spot, Text, Value, Values, one_of

#: The dicts and parameters that were already searched for one key.
Seen = set[Value]
Container = ast.Dict | ast.Call | ast.stmt


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry under a key: an element of a dict or call, or a statement that stores it."""

    spot: Spot
    element: ast.expr | ast.keyword | None
    value: ast.expr
    names: tuple[Binding, ...]
    via: frozenset[ast.AST] = frozenset()

    @property
    def key(self) -> ast.expr | ast.keyword | None:
        """Return the node of the key: a string, or the keyword of a call."""
        node = self.spot.node
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            return node.targets[0].slice
        return self.element


@dataclass(frozen=True, slots=True)
class Unseen:
    """A part of a dict whose entries are unknown."""

    spot: Spot


def entries(
    ev: Evaluator, value: Value, key: str, names: tuple[Binding, ...] = (), seen: Seen | None = None
) -> Iterator[Entry | Unseen]:
    """Yield every entry under a key in a value, each dict read once, and the parts whose entries are unknown."""
    seen = set() if seen is None else seen
    if not isinstance(value, Display) or value in seen:
        return
    seen.add(value)
    module, node = value.spot.module, value.spot.node
    names = (*names, value.name) if value.name else names
    yield from _written(ev, module, node, key, names, seen)
    for put in stored(ev, value.spot, key):
        yield Entry(Spot(module, module.statement(put)), None, put, ())
    if value.name is not None:
        yield from _mutations(ev, module, value.name, key, names, seen)


def feeds_only(
    ev: Evaluator, module: Module, binding: Binding, calls: frozenset[ast.AST], seen: set[Binding] | None = None
) -> bool:
    """Return True if the value of a binding reaches nothing but the given calls, directly or through other names."""
    seen = set() if seen is None else seen
    if binding in seen:
        return True
    seen.add(binding)
    if binding.scope is module.scopes.module and _is_imported(ev, module, binding.name):
        return False
    if (binding.scope is module.scopes.module or binding.scope.is_class) and _is_reached(ev, binding.name, calls):
        return False
    return all(_goes_into(ev, module, load, calls, seen) for load in module.loads(binding))


def within(module: Module, node: ast.AST, calls: frozenset[ast.AST]) -> bool:
    """Return True if a node is part of one of the calls."""
    current: ast.AST | None = node
    while current is not None:
        if current in calls:
            return True
        current = module.parents.get(current)
    return False


def _goes_into(ev: Evaluator, module: Module, load: ast.Name, calls: frozenset[ast.AST], seen: set[Binding]) -> bool:
    if within(module, load, calls):
        return True
    statement = module.statement(load)
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name() as target)]) if target is load:
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as target, attr="update" | "setdefault"))):
            return target is load
        case ast.Assign(targets=[ast.Name(id=name) as target]):
            inner = module.scopes.at.get((target, name))
            return inner is not None and feeds_only(ev, module, inner, calls, seen)
    return False


def _is_imported(ev: Evaluator, module: Module, name: str) -> bool:
    for other in ev.project.loaded():
        for node in other.tree.body if other is not module else ():
            match node:
                case ast.ImportFrom(module=home, names=aliases, level=level) if {a.name for a in aliases} & {name, "*"}:
                    if ev.project.find(home or "", other, level) is module:
                        return True
    return False


def _is_reached(ev: Evaluator, name: str, calls: frozenset[ast.AST]) -> bool:
    """Return True if an attribute of this name is read outside the calls."""
    return any(
        not within(other, node, calls) for other in ev.project.loaded() for node in other.attributes.get(name, ())
    )


def _written(
    ev: Evaluator, module: Module, node: ast.AST, key: str, names: tuple[Binding, ...], seen: Seen
) -> Iterator[Entry | Unseen]:
    spot = Spot(module, node)
    if isinstance(node, ast.Dict):
        for name, value in zip(node.keys, node.values, strict=True):
            if name is None:
                yield from _spread(ev, module, value, key, seen)
            elif isinstance(name, ast.Constant):
                if name.value == key:
                    yield Entry(spot, name, value, names)
            elif _may_be(ev, module, name, key):
                yield Unseen(Spot(module, name))
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg is None:
                yield from _spread(ev, module, keyword.value, key, seen)
            elif keyword.arg == key:
                yield Entry(spot, keyword, keyword.value, names)
        if isinstance(node.func, ast.Name) and node.func.id == "dict":
            for argument in node.args:
                yield from _spread(ev, module, argument, key, seen)
    elif isinstance(node, ast.DictComp):
        yield Unseen(spot)


def _may_be(ev: Evaluator, module: Module, name: ast.expr, key: str) -> bool:
    known = [value.known if isinstance(value, Text) else None for value in ev.eval(module, name)]
    return not known or None in known or key in known


def _spread(ev: Evaluator, module: Module, node: ast.expr, key: str, seen: Seen) -> Iterator[Entry | Unseen]:
    values = ev.eval(module, node)
    for value in values or (None,):
        if isinstance(value, Display):
            yield from entries(ev, value, key, seen=seen)
        elif value in seen:
            continue
        elif isinstance(value, Item) and (given := ev.passed(value)):
            seen.add(value)
            yield from _passed(ev, given, key, seen)
        else:
            yield Unseen(Spot(module, node))


def _passed(ev: Evaluator, given: list[tuple[Spot, Value]], key: str, seen: Seen) -> Iterator[Entry | Unseen]:
    """Yield the entries under a key in the arguments for a parameter that is unpacked."""
    for site, value in given:
        for entry in entries(ev, value, key, seen=seen):
            yield replace(entry, via=entry.via | {site.node}) if isinstance(entry, Entry) else entry
        if not isinstance(value, Display):
            yield Unseen(site)


def _mutations(
    ev: Evaluator, module: Module, binding: Binding, key: str, names: tuple[Binding, ...], seen: Seen
) -> Iterator[Entry | Unseen]:
    for load in module.changes(binding):
        parent = module.parents.get(load)
        statement = module.statement(load)
        match parent, statement:
            case ast.Subscript(slice=ast.Constant(value=str(found)), ctx=ast.Store()), ast.Assign(value=value):
                if found == key:
                    yield Entry(Spot(module, statement), None, value, names)
            case ast.Subscript(ctx=ast.Store()), _:
                yield Unseen(Spot(module, load))
            case ast.Attribute(attr="update"), ast.Expr(value=ast.Call() as call):
                yield from _updated(ev, module, call, statement, key, names, seen)
            case ast.Attribute(attr="setdefault"), ast.Expr(value=ast.Call(args=[ast.Constant(value=found), value])):
                if found == key:
                    yield Entry(Spot(module, statement), None, value, names)


def _updated(
    ev: Evaluator,
    module: Module,
    call: ast.Call,
    statement: ast.stmt,
    key: str,
    names: tuple[Binding, ...],
    seen: Seen,
) -> Iterator[Entry | Unseen]:
    for argument in call.args:
        if isinstance(argument, ast.Dict):
            yield from _written(ev, module, argument, key, names, seen)
        else:
            yield from _spread(ev, module, argument, key, seen)
    for keyword in call.keywords:
        if keyword.arg == key:
            alone = len(call.keywords) == 1 and not call.args
            spot = Spot(module, statement if alone else call)
            yield Entry(spot, None if alone else keyword, keyword.value, names)


def is_parameter(value: Value) -> bool:
    """Return True if a value is the argument of a parameter."""
    return isinstance(value, Item) and value.parameter is not None


def taken_over(ev: Evaluator, spot: Spot) -> Values:
    """Return the keys of the dicts that are unpacked into this one; of pairs, the first of each."""
    match spot.node:
        case ast.Dict(keys=keys, values=values):
            nodes = [value for key, value in zip(keys, values, strict=True) if key is None]
        case ast.Call(args=arguments, keywords=keywords):
            nodes = [*arguments, *(keyword.value for keyword in keywords if keyword.arg is None)]
        case _:
            nodes = []
    held = one_of([value for node in nodes for value in ev.eval(spot.module, node)])
    keys_or_pairs = one_of([key for value in held for key in ev.step(value, EACH)])
    return one_of([v for key in keys_or_pairs for v in (ev.step(key, 0) if isinstance(key, Display) else (key,))])


def stored(ev: Evaluator, spot: Spot, key: str | None) -> list[ast.expr]:
    """Return the expressions that statements elsewhere store under a key, or append to a list (key None)."""
    if spot.module not in ev.growth:
        ev.growth[spot.module] = {}
        ev.growth[spot.module] = _growth(ev, spot.module)
    return [node for name, node in ev.growth[spot.module].get(spot, ()) if name == key]


def _growth(ev: Evaluator, module: Module) -> dict[Spot, list[tuple[str | None, ast.expr]]]:
    """Return what the statements of a module add to its dict and list displays: by key, or None for a list."""
    found: dict[Spot, list[tuple[str | None, ast.expr]]] = {}
    for target, key, value in _additions(module):
        for holder in ev.eval(module, target):
            if isinstance(holder, Display) and holder.spot.module is module:
                found.setdefault(holder.spot, []).append((key, value))
    return found


def _additions(module: Module) -> Iterator[tuple[ast.expr, str | None, ast.expr]]:
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
