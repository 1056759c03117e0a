"""What an attribute stands for: of modules, classes, instances and their bases."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.python.analysis import calls, names
from migrator.python.analysis.annotations import annotated
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
from migrator.python.source.syntax import path_names

if TYPE_CHECKING:
    from migrator.python.analysis.evaluator import Evaluator

#: Methods of a model's base class that make an object of the model.
_MAKERS = frozenset({"model_validate", "model_validate_json", "model_construct", "parse_obj", "parse_raw", "from_dict"})
#: More classes than this are not looked for above one.
_ANCESTORS = 200
#: The beginning of a name that is as short says nothing about it.
_TELLING = 2
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


def attribute(ev: Evaluator, value: Value, name: str) -> Values:
    """The alternatives for ``value.name``."""
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
    """The alternatives for ``getattr(value, name)``, of a name also when no more than its beginning is known."""
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
    return [base for base in lineage(ev, cls) if isinstance(base, Class)] if isinstance(cls, Class) else []


def found_under(ev: Evaluator, instance: Instance, step: Step) -> Values:
    """What an object holds under a key or index: an attribute, or the field of a record."""
    if isinstance(step, int):
        order = list(fields(ev, instance.cls))
        return attribute(ev, instance, order[step]) if step < len(order) else ()
    return attribute(ev, instance, step) if isinstance(step, str) else ()


def known(ev: Evaluator, instance: Instance, name: str) -> Values:
    """What the scanned code says of an attribute of an object; none when it says nothing."""
    return ev.once(("attribute", instance, name), _of_instance, ev, instance, name)


def lineage(ev: Evaluator, cls: Class) -> tuple[Class | External, ...]:
    """A class and its bases, nearest first; those defined outside the scanned code by name."""
    found = ev.once(("lineage", cls), _lineage, ev, cls)
    return tuple(base for base in found if isinstance(base, (Class, External))) or (cls,)


def _lineage(ev: Evaluator, cls: Class) -> Values:
    found: dict[Class | External, None] = {cls: None}
    todo: list[Class] = [cls]
    while todo and len(found) < _ANCESTORS:
        current = todo.pop(0)
        for base in current.node.bases:
            expression = base.value if isinstance(base, ast.Subscript) else base
            for value in ev.eval(current.module, expression):
                if isinstance(value, (Class, External)) and value not in found:
                    found[value] = None
                    if isinstance(value, Class):
                        todo.append(value)
    return tuple(found)


def method(ev: Evaluator, owner: Instance | Class, name: str) -> Callable | None:
    """The function that a class of the scanned code defines under a name, itself or by inheritance."""
    cls = owner.cls if isinstance(owner, Instance) else owner
    for base in lineage(ev, cls):
        if isinstance(base, Class):
            for binding in base.module.scopes.inner[base.node].bindings.get(name, ()):
                if isinstance(binding.node, _DEFINES):
                    return Callable(base.module, binding.node, owner)
    return None


def is_enum(ev: Evaluator, cls: Class) -> bool:
    """Whether the members of a class are its values."""
    return any(
        isinstance(base, External) and base.dotted.endswith(("Enum", "Flag", "models.TextChoices"))
        for base in lineage(ev, cls)
    )


def is_abstract(ev: Evaluator, cls: Class) -> bool:
    """Whether a class only says what others do."""
    bases = [base.dotted for base in lineage(ev, cls) if isinstance(base, External)]
    made_by = [path_names(keyword.value)[-1:] for keyword in cls.node.keywords if keyword.arg == "metaclass"]
    return any(base.rpartition(".")[2] in ("ABC", "Protocol") for base in bases) or ("ABCMeta",) in made_by


def enum_members(ev: Evaluator, cls: Class) -> Values:
    """The values of an enum's members."""
    if not is_enum(ev, cls):
        return ()
    assigned = [node.value for node in cls.node.body if isinstance(node, ast.Assign)]
    # A label may stand beside the value.
    values = [node.elts[0] if isinstance(node, ast.Tuple) and node.elts else node for node in assigned]
    return one_of([value for node in values for value in ev.eval(cls.module, node)])


def fields(ev: Evaluator, cls: Class) -> dict[str, ast.AnnAssign]:
    """The annotated fields of a class and its bases, by name."""
    found: dict[str, ast.AnnAssign] = {}
    for base in lineage(ev, cls):
        for node in base.node.body if isinstance(base, Class) else ():
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, node)
    return found


def _of_class(ev: Evaluator, cls: Class, name: str) -> Values:
    for base in lineage(ev, cls):
        if isinstance(base, External):
            return (cls,) if name in _MAKERS else (External(f"{base.dotted}.{name}"),)
        found = _in_body(ev, base, name, cls)
        if found:
            return found
    return ()


def _of_instance(ev: Evaluator, instance: Instance, name: str) -> Values:
    given = given_field(ev, instance, name) or _only_given(ev, instance, name)
    if name == "value" and is_enum(ev, instance.cls):
        return enum_members(ev, instance.cls)
    for base in lineage(ev, instance.cls):
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
        if any(isinstance(value, Instance) and is_abstract(ev, value.cls) for value in telling):
            telling = [*given, *assigned]
        found = one_of([*(telling or given or defined or assigned), *_overridden(ev, instance, name)])
        if found:
            return calls.with_arguments_of(ev, instance, found)
    return given


def _in_body(ev: Evaluator, cls: Class, name: str, owner: Instance | Class) -> Values:
    found: list[Value] = []
    for binding in cls.module.scopes.inner[cls.node].bindings.get(name, ()):
        if binding.kind is Binds.FUNCTION and isinstance(binding.node, _DEFINES):
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
    """What subclasses say instead, where it is not known which of them an object is made of."""
    if instance.call is not None:
        return []
    subclasses = ev.subclasses(instance.cls)
    found = [value for cls in subclasses for value in _in_body(ev, cls, name, Instance(cls))]
    return [value for value in found if isinstance(value, Callable) or (isinstance(value, Text) and value.known)]


def is_left_open(function: ast.AST) -> bool:
    """Whether a function takes nothing, and says nothing but that others define it."""
    if isinstance(function, _DEFINES) and len(function.args.args) > 1:
        return False
    for node in getattr(function, "body", ()) if isinstance(function, _DEFINES) else [function]:
        match node:
            case ast.Pass() | ast.Raise() | ast.Expr(value=ast.Constant()):
                continue
        return False
    return True


def _is_vague(ev: Evaluator, value: Value) -> bool:
    """Whether a value says little: anything, or something that a library made."""
    return isinstance(value, Item) or (isinstance(value, Made) and not ev.is_client(value.dotted))


def _declared(ev: Evaluator, cls: Class, binding: Binding) -> Values:
    """A field that is only annotated: what its type says, or something that every object of the class has."""
    found = annotated(ev, cls.module, binding.annotation)
    abstract = any(isinstance(v, Instance) and is_abstract(ev, v.cls) for v in found)
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
    """The argument for a field of a class whose constructor is made from its fields."""
    cls = instance.cls
    if instance.call is None or method(ev, cls, "__init__") is not None:
        return ()
    assert isinstance(instance.call.node, ast.Call)
    argument = ev.keyword(instance.call.node, name)
    order = list(fields(ev, cls))
    if argument is None and name in order and order.index(name) < len(instance.call.node.args):
        argument = instance.call.node.args[order.index(name)]
    return calls.put_in(ev, ev.eval(instance.call.module, argument), instance.via) if argument is not None else ()


def _only_given(ev: Evaluator, instance: Instance, name: str) -> Values:
    """The same for an object of a class that is made in one place alone, wherever it comes from."""
    if instance.call is not None:
        return ()
    sites = [
        Spot(module, node)
        for module, node in ev.project.calls(instance.cls.node.name)
        if instance.cls in ev.eval(module, node.func)
    ]
    return given_field(ev, Instance(instance.cls, sites[0]), name) if len(sites) == 1 else ()
