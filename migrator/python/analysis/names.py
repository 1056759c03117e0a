"""Evaluate names: the values of the bindings that reach them, imports included."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import classes
from migrator.python.analysis.annotations import annotated, provides
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.reaching_definitions import MOST
from migrator.python.analysis.scopes import EACH, Binding, Binds, Function, Step
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Instance,
    Item,
    Made,
    ModuleRef,
    Place,
    Text,
    Value,
    Values,
    one_of,
)
from migrator.python.source.syntax import DEFINITIONS, defaults, path_names

#: Attributes and parameters in which web frameworks pass the body of a request.
BODIES = frozenset({"json", "data", "body", "form", "values", "POST", "event"})


def named(ev: Evaluator, module: Module, name: ast.Name) -> Values:
    """Return the alternatives for a name; one without a binding is a builtin."""
    if len(module.uses.get(name, ())) > MOST:
        return ()
    bindings = module.bindings(name)
    if not bindings:
        return (External(name.id),)
    return one_of([value for binding in bindings for value in bound(ev, module, binding)])


def bound(ev: Evaluator, module: Module, binding: Binding) -> Values:
    """Return the alternatives for one binding."""
    return ev.memo.get_or_find(binding, _bound, ev, module, binding)


def _bound(ev: Evaluator, module: Module, binding: Binding) -> Values:
    node = binding.node
    match binding.kind:
        case Binds.IMPORT:
            return _imported(ev, module, binding)
        case Binds.CLASS if isinstance(node, ast.ClassDef):
            return (Class(module, node),)
        case Binds.FUNCTION if isinstance(node, DEFINITIONS):
            return (Callable(module, node),)
        case Binds.PARAMETER:
            return _parameter(ev, module, binding)
        case Binds.VALUE:
            return _assigned(ev, module, binding)
    return (Item(binding),)


def _imported(ev: Evaluator, module: Module, binding: Binding) -> Values:
    node = binding.node
    if isinstance(node, ast.Import):
        for alias in node.names:
            if (alias.asname or alias.name.partition(".")[0]) == binding.name:
                whole = alias.name if alias.asname else binding.name
                found = ev.project.find(whole, module)
                return (ModuleRef(found),) if found else (External(whole),)
    if isinstance(node, ast.ImportFrom):
        origin = next(
            (alias.name for alias in node.names if (alias.asname or alias.name) == binding.name), binding.name
        )
        return imported_from(ev, module, node, origin)
    return ()


def imported_from(ev: Evaluator, module: Module, node: ast.ImportFrom, name: str) -> Values:
    """Return the alternatives for a name imported by ``from ... import name``."""
    home_name = node.module or ""
    home = ev.project.find(home_name, module, node.level) if home_name or node.level else None
    if home is not None:
        found = member(ev, home, name)
        if found:
            return found
    inner = ev.project.find(f"{home_name}.{name}" if home_name else name, module, node.level)
    if inner is not None:
        return (ModuleRef(inner),)
    return (External(f"{'.' * node.level}{home_name}.{name}".lstrip(".") if home_name else name),)


def member(ev: Evaluator, module: Module, name: str) -> Values:
    """Return the alternatives for a top-level name of a module, star imports included."""
    return ev.memo.get_or_find((module, name), _member, ev, module, name)


def _member(ev: Evaluator, module: Module, name: str) -> Values:
    bindings = module.scopes.module.bindings.get(name, [])
    found = one_of([value for binding in bindings for value in bound(ev, module, binding)])
    if found or bindings:
        return found
    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
            found = imported_from(ev, module, statement, name)
            if found and not all(isinstance(value, External) for value in found):
                return found
    return ()


def _parameter(ev: Evaluator, module: Module, binding: Binding) -> Values:
    function = binding.scope.node
    argument = binding.node
    assert isinstance(argument, ast.arg)
    if isinstance(function, DEFINITIONS):
        owner = module.scopes.of[function].node
        first = (function.args.posonlyargs + function.args.args)[:1]
        if isinstance(owner, ast.ClassDef) and first == [argument] and not _decorated(function, "staticmethod"):
            cls = Class(module, owner)
            return (cls if _decorated(function, "classmethod") else Instance(cls),)
        fixture = _fixture(ev, module, function, argument.arg)
        if fixture:
            return fixture
        if injected := _injected(ev, module, function, argument):
            return injected
    found = tuple(v for v in annotated(ev, module, binding.annotation) if not _is_choice(ev, v))
    if found and not any(_says_little(ev, value) for value in found):
        return found
    return (*found, Item(binding))


def _says_little(ev: Evaluator, value: Value) -> bool:
    """Return True if a type leaves the argument open: that of a library, or an abstract one."""
    if isinstance(value, Instance):
        return classes.is_abstract(ev, value.cls)
    return isinstance(value, Made) and not ev.is_client(value.dotted)


def _injected(ev: Evaluator, module: Module, function: Function, argument: ast.arg) -> Values:
    """Return what a framework injects: ``= Depends(provider)`` and ``Annotated[type, Depends(provider)]``."""
    said = argument.annotation
    inner = said.slice.elts if isinstance(said, ast.Subscript) and isinstance(said.slice, ast.Tuple) else []
    given = (defaults(function.args).get(argument.arg), *inner)
    return one_of([value for each in given if each and provides(each) for value in ev.eval(module, each)])


def _is_choice(ev: Evaluator, value: Value) -> bool:
    """Return True if a type only lists the strings that may be passed."""
    return isinstance(value, Text) or (isinstance(value, Instance) and classes.is_enum(ev, value.cls))


def _decorated(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    return any(name in path_names(decorator) for decorator in function.decorator_list)


def _fixture(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Values:
    """Return the result of the pytest fixture, of this module or a conftest, that provides a parameter."""
    if not (function.name.startswith("test") or _decorated(function, "fixture")):
        return ()
    for home in (module, ev.project.find("conftest", module)):
        for node in home.nodes if home else ():
            if home and isinstance(node, DEFINITIONS) and node is not function and _fixture_name(node) == name:
                return results(ev, home, node)
    return _parametrized(ev, module, function, name)


def _fixture_name(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    for decorator in function.decorator_list:
        if "fixture" in path_names(decorator):
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            named = [k.value.value for k in keywords if k.arg == "name" and isinstance(k.value, ast.Constant)]
            return str(named[0]) if named else function.name
    return None


def _parametrized(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Values:
    """Return the values that ``pytest.mark.parametrize`` passes for a parameter."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="parametrize"), args=[names, cases, *_]):
                listed = names.elts if isinstance(names, (ast.List, ast.Tuple)) else [names]
                texts = [str(each.value) for each in listed if isinstance(each, ast.Constant)]
                order = [part.strip() for text in texts for part in text.split(",")]
                if name in order:
                    found = [v for value in ev.eval(module, cases) for v in ev.step(value, EACH)]
                    return one_of([v for row in found for v in _of_case(ev, row, order.index(name), len(order))])
    return ()


def _of_case(ev: Evaluator, row: Value, index: int, count: int) -> Values:
    """Return the value at an index of one case, which may be a ``pytest.param``."""
    if isinstance(row, Made) and row.dotted.endswith("pytest.param") and isinstance(row.call.node, ast.Call):
        return ev.eval(row.call.module, row.call.node.args[index]) if index < len(row.call.node.args) else ()
    return (row,) if count == 1 else ev.step(row, index)


def results(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Values:
    """Return what a function returns or yields, in terms of its parameters; if unknown, by its annotation."""
    return ev.memo.get_or_find((function, "results"), _results, ev, module, function)


def _results(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Values:
    found: list[Value] = []
    for node in module.own_nodes(function):
        if isinstance(node, (ast.Return, ast.Yield)) and node.value is not None:
            found += ev.eval(module, node.value)
    telling = [value for value in found if not isinstance(value, Item) or value.parameter or value.path]
    said = annotated(ev, module, function.returns)
    if (
        _is_client(ev, said)
        and not _is_client(ev, tuple(telling))
        and all(isinstance(value, Made) for value in telling)
    ):
        return said
    return one_of(telling) or said or one_of(found)


def _is_client(ev: Evaluator, values: Values) -> bool:
    return any(isinstance(value, Made) and ev.is_client(value.dotted) for value in values)


def _assigned(ev: Evaluator, module: Module, binding: Binding) -> Values:
    if binding.value is None:
        return annotated(ev, module, binding.annotation) or (Item(binding),)
    found = one_of([_named_by(value, module, binding) for value in _unpacked(ev, module, binding.value, binding.path)])
    if _is_client(ev, found):
        return found
    if all(isinstance(value, (Item, Made)) for value in found):
        return annotated(ev, module, binding.annotation) or found
    return found


def _unpacked(ev: Evaluator, module: Module, value: ast.expr, path: tuple[Step, ...]) -> Values:
    match value, path:
        case ast.Call(func=ast.Attribute(value=mapping, attr="items")), (None, int(index), *rest):
            found = ev.eval(module, mapping)
            entries = [v for m in found for v in (ev.members(m) if index else ev.step(m, EACH))]
            return one_of([inner for entry in entries for inner in ev.walk(entry, tuple(rest))])
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]), (None, 1, *rest):
            return _unpacked(ev, module, inner, (EACH, *rest))
        case ast.Call(func=ast.Name(id="zip"), args=arguments), (None, int(index), *rest) if index < len(arguments):
            return _unpacked(ev, module, arguments[index], (EACH, *rest))
    return one_of([found for whole in ev.eval(module, value) for found in ev.walk(whole, path)])


def _named_by(value: Value, module: Module, binding: Binding) -> Value:
    """Return a value with the identity of the name that it is assigned to, if it has none of its own."""
    match value:
        case Text(trail=trail):
            line = module.source.shown_line(getattr(binding.node, "lineno", 1))
            step = f"`{binding.name}` ({module.path}:{line})"
            return replace(value, trail=(*trail, step)) if step not in trail else value
        case Display(name=None):
            return replace(value, name=binding)
        case Made(root=Place()):
            return replace(value, root=binding)
        case Item(root=Place(), path=()):
            return Item(binding)
        case External(dotted=dotted) if dotted.rpartition(".")[2] in BODIES and "." in dotted:
            return Item(binding)
    return value
