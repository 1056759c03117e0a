"""Evaluate names: the values of the bindings that reach them, imports included."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import classes
from migrator.python.analysis.annotations import eval_annotation, is_dependency
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.declared_options import eval_click_parameter
from migrator.python.analysis.module import Module
from migrator.python.analysis.reaching_definitions import MAX_DEFINITIONS
from migrator.python.analysis.scopes import EACH_ELEMENT, Binding, BindingKind, Function, PathStep
from migrator.python.analysis.values import (
    ClassValue,
    Display,
    ExternalName,
    ExternalObject,
    FunctionValue,
    Instance,
    ModuleValue,
    Reference,
    SourceExpr,
    StringValue,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.syntax import DEFINITIONS, dotted_names, parameter_defaults

#: Attributes and parameters in which web frameworks pass the body of a request.
BODY_ATTRIBUTES = frozenset({"json", "data", "body", "form", "values", "POST", "event"})


def eval_name(ev: Evaluator, module: Module, name: ast.Name) -> Values:
    """Return the alternatives for a name; one without a binding is from a star import, or a builtin."""
    if len(module.uses.get(name, ())) > MAX_DEFINITIONS:
        return ()
    bindings = module.find_bindings(name)
    if not bindings:
        return _find_starred(ev, module, name.id) or (ExternalName(name.id),)
    return merge_alternatives([value for binding in bindings for value in eval_binding(ev, module, binding)])


def eval_binding(ev: Evaluator, module: Module, binding: Binding) -> Values:
    """Return the alternatives for one binding."""
    return ev.memo.get_or_find(binding, _find_bound, ev, module, binding)


def _find_bound(ev: Evaluator, module: Module, binding: Binding) -> Values:
    node = binding.node
    match binding.kind:
        case BindingKind.IMPORT:
            return _eval_import(ev, module, binding)
        case BindingKind.CLASS if isinstance(node, ast.ClassDef):
            return (ClassValue(module, node),)
        case BindingKind.FUNCTION if isinstance(node, DEFINITIONS):
            return (FunctionValue(module, node),)
        case BindingKind.PARAMETER:
            return _eval_parameter(ev, module, binding)
        case BindingKind.VALUE:
            return _eval_assigned(ev, module, binding)
    return (Reference(binding),)


def _eval_import(ev: Evaluator, module: Module, binding: Binding) -> Values:
    node = binding.node
    if isinstance(node, ast.Import):
        for alias in node.names:
            if (alias.asname or alias.name.partition(".")[0]) == binding.name:
                whole = alias.name if alias.asname else binding.name
                found = ev.project.find_module(whole, module)
                return (ModuleValue(found),) if found else (ExternalName(whole),)
    if isinstance(node, ast.ImportFrom):
        origin = next(
            (alias.name for alias in node.names if (alias.asname or alias.name) == binding.name), binding.name
        )
        return eval_import_from(ev, module, node, origin)
    return ()


def eval_import_from(ev: Evaluator, module: Module, node: ast.ImportFrom, name: str) -> Values:
    """Return the alternatives for a name imported by ``from ... import name``."""
    home_name = node.module or ""
    home = ev.project.find_module(home_name, module, node.level) if home_name or node.level else None
    if home is not None:
        found = eval_module_member(ev, home, name)
        if found:
            return found
    inner = ev.project.find_module(f"{home_name}.{name}" if home_name else name, module, node.level)
    if inner is not None:
        return (ModuleValue(inner),)
    return (ExternalName(f"{'.' * node.level}{home_name}.{name}".lstrip(".") if home_name else name),)


def eval_module_member(ev: Evaluator, module: Module, name: str) -> Values:
    """Return the alternatives for a top-level name of a module, star imports included."""
    return ev.memo.get_or_find((module, name), _find_member, ev, module, name)


def _find_member(ev: Evaluator, module: Module, name: str) -> Values:
    bindings = module.scopes.module.bindings.get(name, [])
    found = merge_alternatives([value for binding in bindings for value in eval_binding(ev, module, binding)])
    return found if found or bindings else _find_starred(ev, module, name)


def _find_starred(ev: Evaluator, module: Module, name: str) -> Values:
    """Return the alternatives for a name that a star import of a module binds."""
    for statement in module.star_imports:
        found = eval_import_from(ev, module, statement, name)
        if found and not all(isinstance(value, ExternalName) for value in found):
            return found
    return ()


def _eval_parameter(ev: Evaluator, module: Module, binding: Binding) -> Values:
    function = binding.scope.node
    argument = binding.node
    assert isinstance(argument, ast.arg)
    if isinstance(function, DEFINITIONS):
        owner = module.scopes.of[function].node
        first = (function.args.posonlyargs + function.args.args)[:1]
        if isinstance(owner, ast.ClassDef) and first == [argument] and not _is_decorated(function, "staticmethod"):
            cls = ClassValue(module, owner)
            return (cls if _is_decorated(function, "classmethod") else Instance(cls),)
        fixture = _eval_fixture(ev, module, function, argument.arg)
        if fixture:
            return fixture
        if injected := _eval_injected(ev, module, function, argument):
            return injected
    found = tuple(v for v in eval_annotation(ev, module, binding.annotation) if not _is_choice_type(ev, v))
    if found and not any(_is_open_type(ev, value) for value in found):
        return found
    return (*eval_click_parameter(ev, binding), *found, Reference(binding))


def _is_open_type(ev: Evaluator, value: Value) -> bool:
    """Return True if a type leaves the argument open: that of a library, or an abstract one."""
    if isinstance(value, Instance):
        return classes.is_abstract_class(ev, value.cls)
    return isinstance(value, ExternalObject) and not ev.is_client(value.dotted)


def _eval_injected(ev: Evaluator, module: Module, function: Function, argument: ast.arg) -> Values:
    """Return what a framework injects: ``= Depends(provider)`` and ``Annotated[type, Depends(provider)]``."""
    said = argument.annotation
    inner = said.slice.elts if isinstance(said, ast.Subscript) and isinstance(said.slice, ast.Tuple) else []
    given = (parameter_defaults(function.args).get(argument.arg), *inner)
    return merge_alternatives(
        [value for each in given if each and is_dependency(each) for value in ev.eval(module, each)]
    )


def _is_choice_type(ev: Evaluator, value: Value) -> bool:
    """Return True if a type only lists the strings that may be passed."""
    return isinstance(value, StringValue) or (isinstance(value, Instance) and classes.is_enum_class(ev, value.cls))


def _is_decorated(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    return any(name in dotted_names(decorator) for decorator in function.decorator_list)


def _eval_fixture(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Values:
    """Return the result of the pytest fixture, of this module or a conftest, that provides a parameter."""
    if not (function.name.startswith("test") or _is_decorated(function, "fixture")):
        return ()
    for home in (module, ev.project.find_module("conftest", module)):
        for node in home.nodes if home else ():
            if home and isinstance(node, DEFINITIONS) and node is not function and _fixture_name(node) == name:
                return eval_results(ev, home, node)
    return _eval_parametrized(ev, module, function, name)


def _fixture_name(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    for decorator in function.decorator_list:
        if "fixture" in dotted_names(decorator):
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            named = [k.value.value for k in keywords if k.arg == "name" and isinstance(k.value, ast.Constant)]
            return str(named[0]) if named else function.name
    return None


def _eval_parametrized(
    ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str
) -> Values:
    """Return the values that ``pytest.mark.parametrize`` passes for a parameter."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="parametrize"), args=[names, cases, *_]):
                listed = names.elts if isinstance(names, (ast.List, ast.Tuple)) else [names]
                texts = [str(each.value) for each in listed if isinstance(each, ast.Constant)]
                order = [part.strip() for text in texts for part in text.split(",")]
                if name in order:
                    found = [v for value in ev.eval(module, cases) for v in ev.step_into(value, EACH_ELEMENT)]
                    return merge_alternatives(
                        [v for row in found for v in _eval_case(ev, row, order.index(name), len(order))]
                    )
    return ()


def _eval_case(ev: Evaluator, row: Value, index: int, count: int) -> Values:
    """Return the value at an index of one case, which may be a ``pytest.param``."""
    if isinstance(row, ExternalObject) and row.dotted.endswith("pytest.param") and isinstance(row.call.node, ast.Call):
        return ev.eval(row.call.module, row.call.node.args[index]) if index < len(row.call.node.args) else ()
    return (row,) if count == 1 else ev.step_into(row, index)


def eval_results(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Values:
    """Return what a function returns or yields, in terms of its parameters; if unknown, by its annotation."""
    return ev.memo.get_or_find((function, "results"), _find_results, ev, module, function)


def _find_results(ev: Evaluator, module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Values:
    found: list[Value] = []
    for node in module.own_nodes(function):
        if isinstance(node, (ast.Return, ast.Yield)) and node.value is not None:
            found += ev.eval(module, node.value)
    telling = [value for value in found if not isinstance(value, Reference) or value.parameter or value.path]
    said = eval_annotation(ev, module, function.returns)
    if (
        _includes_client(ev, said)
        and not _includes_client(ev, tuple(telling))
        and all(isinstance(value, ExternalObject) for value in telling)
    ):
        return said
    return merge_alternatives(telling) or said or merge_alternatives(found)


def _includes_client(ev: Evaluator, values: Values) -> bool:
    return any(isinstance(value, ExternalObject) and ev.is_client(value.dotted) for value in values)


def _eval_assigned(ev: Evaluator, module: Module, binding: Binding) -> Values:
    if binding.value is None:
        return eval_annotation(ev, module, binding.annotation) or (Reference(binding),)
    found = merge_alternatives(
        [_name_value(value, module, binding) for value in _eval_unpacked(ev, module, binding.value, binding.path)]
    )
    if _includes_client(ev, found):
        return found
    if all(isinstance(value, (Reference, ExternalObject)) for value in found):
        return eval_annotation(ev, module, binding.annotation) or found
    return found


def _eval_unpacked(ev: Evaluator, module: Module, value: ast.expr, path: tuple[PathStep, ...]) -> Values:
    match value, path:
        case ast.Call(func=ast.Attribute(value=mapping, attr="items")), (None, int(index), *rest):
            found = ev.eval(module, mapping)
            entries = [v for m in found for v in (ev.list_members(m) if index else ev.step_into(m, EACH_ELEMENT))]
            return merge_alternatives([inner for entry in entries for inner in ev.follow_path(entry, tuple(rest))])
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]), (None, 1, *rest):
            return _eval_unpacked(ev, module, inner, (EACH_ELEMENT, *rest))
        case ast.Call(func=ast.Name(id="zip"), args=arguments), (None, int(index), *rest) if index < len(arguments):
            return _eval_unpacked(ev, module, arguments[index], (EACH_ELEMENT, *rest))
    return merge_alternatives([found for whole in ev.eval(module, value) for found in ev.follow_path(whole, path)])


def _name_value(value: Value, module: Module, binding: Binding) -> Value:
    """Return a value with the identity of the name that it is assigned to, if it has none of its own."""
    match value:
        case StringValue(trail=trail):
            line = module.source.displayed_line(getattr(binding.node, "lineno", 1))
            step = f"`{binding.name}` ({module.path}:{line})"
            return replace(value, trail=(*trail, step)) if step not in trail else value
        case Display(name=None):
            return replace(value, name=binding)
        case ExternalObject(root=SourceExpr()):
            return replace(value, root=binding)
        case Reference(root=SourceExpr(), path=()):
            return Reference(binding)
        case ExternalName(dotted=dotted) if dotted.rpartition(".")[2] in BODY_ATTRIBUTES and "." in dotted:
            return Reference(binding)
    return value
