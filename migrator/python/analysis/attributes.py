"""Evaluate attribute access on modules, classes and instances, following inheritance."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import classes, names, substitution
from migrator.python.analysis.annotations import annotated
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import SETTINGS
from migrator.python.analysis.scopes import Binding, Binds, Step
from migrator.python.analysis.values import (
    Callable,
    Class,
    Display,
    External,
    Instance,
    Item,
    Lit,
    Made,
    Many,
    ModuleRef,
    Place,
    Row,
    Spot,
    Text,
    Value,
    Values,
    one_of,
)
from migrator.python.source.syntax import DEFINITIONS, keyword_value, path_names

#: Class methods of pydantic, dataclass and similar base classes that create an instance of the model.
_MAKERS = frozenset({"model_validate", "model_validate_json", "model_construct", "parse_obj", "parse_raw", "from_dict"})
#: The shortest known beginning of a name in ``getattr(object, f"on_{name}")``. One letter would match half of all
#: attributes; with fewer letters the call has no known result, and names in it are listed as name only.
_TELLING = 2


def attribute(ev: Evaluator, value: Value, name: str) -> Values:
    """Return the alternatives for ``value.name``."""
    match value:
        case ModuleRef(module=module):
            found = names.member(ev, module, name)
            inner = None if found else ev.project.find(name, module, 1)
            return (ModuleRef(inner),) if inner else found
        case External(dotted=dotted) if dotted == SETTINGS:
            said = one_of([v for module in ev.project.settings for v in names.member(ev, module, name)])
            return said or (External(f"{SETTINGS}.{name}"),)
        case External(dotted=dotted):
            return (External(f"{dotted}.{name}"),)
        case Item(root=root, path=path):
            return (Item(root, (*path, name)),)
        case Made(root=root):
            return (Item(root, (name,)),)
        case Instance(cls=cls):
            return known(ev, value, name) or (Item(Place(cls.module.path, cls.node.lineno, f"self.{name}")),)
        case Class():
            return _of_class(ev, value, name)
        case Text() if name == "value":
            return (value,)
        case Row(columns=columns, names=fields) if name in fields:
            return columns[fields.index(name)]
        case Display() if name == "value":
            return (value, *ev.step(value, 0))
    return ()


def attributes_like(ev: Evaluator, value: Value, name: Text) -> Values:
    """Return the alternatives for ``getattr(value, name)``, also when only the beginning of the name is known."""
    known, first = name.known, name.parts[:1]
    if known is not None:
        return attribute(ev, value, known)
    beginning = first[0].text if first and isinstance(first[0], Lit) else ""
    if len(beginning) < _TELLING:
        return ()
    scopes = [
        home.module.scopes.inner[home.node] if isinstance(home, Class) else home.module.scopes.module
        for home in ([value] if isinstance(value, ModuleRef) else _classes(ev, value))
    ]
    found = dict.fromkeys(each for scope in scopes for each in scope.bindings if each.startswith(beginning))
    return one_of([inner for each in found for inner in attribute(ev, value, each)])


def _classes(ev: Evaluator, value: Value) -> list[Class]:
    cls = value.cls if isinstance(value, Instance) else value
    return [base for base in classes.lineage(ev, cls) if isinstance(base, Class)] if isinstance(cls, Class) else []


def found_under(ev: Evaluator, instance: Instance, step: Step) -> Values:
    """Return the alternatives for an instance's attribute, or for the field of a record at an index."""
    if isinstance(step, int):
        order = list(classes.fields(ev, instance.cls))
        return attribute(ev, instance, order[step]) if step < len(order) else ()
    return attribute(ev, instance, step) if isinstance(step, str) else ()


def known(ev: Evaluator, instance: Instance, name: str) -> Values:
    """Return the alternatives that the scanned code gives an attribute of an instance; none if it gives none."""
    return ev.memo.get_or_find(("attribute", instance, name), _of_instance, ev, instance, name)


def _of_class(ev: Evaluator, cls: Class, name: str) -> Values:
    for base in classes.lineage(ev, cls):
        if isinstance(base, External):
            return (cls,) if name in _MAKERS else (External(f"{base.dotted}.{name}"),)
        found = _in_body(ev, base, name, cls)
        if found:
            return found
    return ()


def _of_instance(ev: Evaluator, instance: Instance, name: str) -> Values:
    given = given_field(ev, instance, name) or _only_given(ev, instance, name)
    if name == "value" and classes.is_enum(ev, instance.cls):
        return classes.enum_members(ev, instance.cls)
    for base in classes.lineage(ev, instance.cls):
        if isinstance(base, External):
            continue
        defined = _in_body(ev, base, name, instance)
        if any(isinstance(value, Callable) for value in defined):
            left_open = any(isinstance(value, Callable) and is_left_open(value.node) for value in defined)
            return one_of([*defined, *_overridden(ev, instance, name)]) if left_open else defined
        assigned = [
            v for node in base.module.assigned_to_self(base.node).get(name, ()) for v in ev.eval(base.module, node)
        ]
        telling = [value for value in (*given, *assigned) if not _is_vague(ev, value)]
        if any(isinstance(value, Instance) and classes.is_abstract(ev, value.cls) for value in telling):
            telling = [*given, *assigned]
        found = one_of([*(telling or given or defined or assigned), *_overridden(ev, instance, name)])
        if found:
            return substitution.with_arguments_of(ev, instance, found)
    return given


def _in_body(ev: Evaluator, cls: Class, name: str, owner: Instance | Class) -> Values:
    found: list[Value] = []
    for binding in cls.module.scopes.inner[cls.node].bindings.get(name, ()):
        if binding.kind is Binds.FUNCTION and isinstance(binding.node, DEFINITIONS):
            is_property = _is_property(binding.node)
            made = names.results(ev, cls.module, binding.node) if is_property else ()
            found += made or (Callable(cls.module, binding.node, owner),)
        elif binding.value is None and binding.annotation is not None:
            found += _declared(ev, cls, binding)
        else:
            values = names.bound(ev, cls.module, binding)
            found += [replace(v, bound=owner) if isinstance(v, Callable) and v.bound is None else v for v in values]
    return one_of(found)


def _overridden(ev: Evaluator, instance: Instance, name: str) -> list[Value]:
    """Return the definitions in subclasses, when the exact class of an instance is unknown."""
    if instance.call is not None:
        return []
    subclasses = ev.subclasses(instance.cls)
    found = [value for cls in subclasses for value in _in_body(ev, cls, name, Instance(cls))]
    return [value for value in found if isinstance(value, Callable) or (isinstance(value, Text) and value.known)]


def is_left_open(function: ast.AST) -> bool:
    """Return True if a function takes no arguments and its body is empty, a docstring or a raise."""
    if isinstance(function, DEFINITIONS) and len(function.args.args) > 1:
        return False
    for node in getattr(function, "body", ()) if isinstance(function, DEFINITIONS) else [function]:
        match node:
            case ast.Pass() | ast.Raise() | ast.Expr(value=ast.Constant()):
                continue
        return False
    return True


def _is_vague(ev: Evaluator, value: Value) -> bool:
    """Return True if a value is a mere reference, or the result of a library call that is no client."""
    return isinstance(value, Item) or (isinstance(value, Made) and not ev.is_client(value.dotted))


def _declared(ev: Evaluator, cls: Class, binding: Binding) -> Values:
    """Return the alternatives for an annotated field: those of its type, or a reference that all instances share."""
    found = annotated(ev, cls.module, binding.annotation)
    abstract = any(isinstance(v, Instance) and classes.is_abstract(ev, v.cls) for v in found)
    clear = any(isinstance(v, (Instance, Many)) or (isinstance(v, Made) and ev.is_client(v.dotted)) for v in found)
    if clear and not abstract:
        return found
    owner = cls.module.scopes.at[cls.node, cls.node.name]
    return (*found, Item(owner, (binding.name,)))


def _is_property(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        path_names(decorator)[-1:] and path_names(decorator)[-1].endswith("property")
        for decorator in function.decorator_list
    )


def given_field(ev: Evaluator, instance: Instance, name: str) -> Values:
    """Return the constructor argument for a field of a class whose constructor is generated from its fields."""
    cls = instance.cls
    if instance.call is None or classes.method(ev, cls, "__init__") is not None:
        return ()
    assert isinstance(instance.call.node, ast.Call)
    argument = keyword_value(instance.call.node, name)
    order = list(classes.fields(ev, cls))
    if argument is None and name in order and order.index(name) < len(instance.call.node.args):
        argument = instance.call.node.args[order.index(name)]
    return (
        substitution.put_in(ev, ev.eval(instance.call.module, argument), instance.via) if argument is not None else ()
    )


def _only_given(ev: Evaluator, instance: Instance, name: str) -> Values:
    """Return the same for an instance of unknown origin, if its class is instantiated only once."""
    if instance.call is not None:
        return ()
    sites = [
        Spot(module, node)
        for module, node in ev.project.calls(instance.cls.node.name)
        if instance.cls in ev.eval(module, node.func)
    ]
    return given_field(ev, Instance(instance.cls, sites[0]), name) if len(sites) == 1 else ()


def asked_for(ev: Evaluator, module: Module, node: ast.Attribute, value: Value) -> tuple[Callable, ast.Call] | None:
    """Return the ``__getattr__`` that answers for an attribute that an instance lacks, and the call of it, or None.

    The synthetic call is the same node each time, because results are memoised by node.
    """
    if not isinstance(value, Instance) or not isinstance(node.ctx, ast.Load):
        return None
    answering = classes.method(ev, value, "__getattr__")
    if answering is None or known(ev, value, node.attr) or not classes.has_only_scanned_methods(ev, value.cls):
        return None
    if node not in module.asked:
        name = ast.copy_location(ast.Constant(node.attr), node)
        name.lineno, name.col_offset = node.end_lineno or 0, (node.end_col_offset or 0) - len(node.attr.encode())
        module.asked[node] = module.made_up(node, node.value, [name], [])
    return answering, module.asked[node]
