"""Evaluate attribute access on modules, classes and instances, following inheritance."""

from __future__ import annotations

import ast
from dataclasses import replace

from migrator.python.analysis import classes, names, substitution
from migrator.python.analysis.annotations import eval_annotation
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.libraries.configured_settings import eval_declared_setting
from migrator.python.analysis.libraries.declared_options import eval_parsed_option
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, BindingKind, PathStep
from migrator.python.analysis.values import (
    ClassValue,
    CollectionValue,
    Display,
    ExternalName,
    ExternalObject,
    FunctionValue,
    Instance,
    LiteralPart,
    ModuleNode,
    ModuleValue,
    RecordValue,
    Reference,
    SourceExpr,
    StringValue,
    Value,
    Values,
    merge_alternatives,
)
from migrator.python.source.import_paths import DJANGO_SETTINGS
from migrator.python.source.syntax import DEFINITIONS, dotted_names, keyword_value

#: Class methods of pydantic, dataclass and similar base classes that create an instance of the model.
_ALTERNATIVE_CONSTRUCTORS = frozenset(
    {"model_validate", "model_validate_json", "model_construct", "parse_obj", "parse_raw", "from_dict"}
)
#: The shortest known beginning of a name in ``getattr(object, f"on_{name}")``. One letter would match half of all
#: attributes; with fewer letters the call has no known result, and names in it are listed as name only.
_MIN_PREFIX = 2


def eval_attribute_of(ev: Evaluator, value: Value, name: str) -> Values:
    """Return the alternatives for ``value.name``."""
    match value:
        case ModuleValue(module=module):
            found = names.eval_module_member(ev, module, name)
            inner = None if found else ev.project.find_module(name, module, 1)
            return (ModuleValue(inner),) if inner else found
        case ExternalName(dotted=dotted) if dotted == DJANGO_SETTINGS:
            said = merge_alternatives(
                [v for module in ev.project.settings_modules for v in names.eval_module_member(ev, module, name)]
            )
            return said or (ExternalName(f"{DJANGO_SETTINGS}.{name}"),)
        case ExternalName(dotted=dotted):
            return (ExternalName(f"{dotted}.{name}"),)
        case Reference(root=root, path=path):
            return (*eval_parsed_option(ev, value, name), Reference(root, (*path, name)))
        case ExternalObject(root=root):
            return (Reference(root, (name,)),)
        case Instance(cls=cls):
            return eval_instance_attribute(ev, value, name) or (
                Reference(SourceExpr(cls.module.path, cls.node.lineno, f"self.{name}")),
            )
        case ClassValue():
            return _eval_class_attribute(ev, value, name)
        case StringValue() if name == "value":
            return (value,)
        case RecordValue(columns=columns, names=fields) if name in fields:
            return columns[fields.index(name)]
        case Display() if name == "value":
            return (value, *ev.step_into(value, 0))
    return ()


def eval_getattr(ev: Evaluator, value: Value, name: StringValue) -> Values:
    """Return the alternatives for ``getattr(value, name)``, also when only the beginning of the name is known."""
    known, first = name.known, name.parts[:1]
    if known is not None:
        return eval_attribute_of(ev, value, known)
    beginning = first[0].text if first and isinstance(first[0], LiteralPart) else ""
    if len(beginning) < _MIN_PREFIX:
        return ()
    scopes = [
        home.module.scopes.inner[home.node] if isinstance(home, ClassValue) else home.module.scopes.module
        for home in ([value] if isinstance(value, ModuleValue) else _scanned_classes(ev, value))
    ]
    found = dict.fromkeys(each for scope in scopes for each in scope.bindings if each.startswith(beginning))
    return merge_alternatives([inner for each in found for inner in eval_attribute_of(ev, value, each)])


def _scanned_classes(ev: Evaluator, value: Value) -> list[ClassValue]:
    cls = value.cls if isinstance(value, Instance) else value
    return (
        [base for base in classes.resolve_lineage(ev, cls) if isinstance(base, ClassValue)]
        if isinstance(cls, ClassValue)
        else []
    )


def eval_member(ev: Evaluator, instance: Instance, step: PathStep) -> Values:
    """Return the alternatives for an instance's attribute, or for the field of a record at an index."""
    if isinstance(step, int):
        order = list(classes.annotated_fields(ev, instance.cls))
        return eval_attribute_of(ev, instance, order[step]) if step < len(order) else ()
    return eval_attribute_of(ev, instance, step) if isinstance(step, str) else ()


def eval_instance_attribute(ev: Evaluator, instance: Instance, name: str) -> Values:
    """Return the alternatives that the scanned code gives an attribute of an instance; none if it gives none."""
    return ev.memo.get_or_find(("attribute", instance, name), _find_instance_attribute, ev, instance, name)


def _eval_class_attribute(ev: Evaluator, cls: ClassValue, name: str) -> Values:
    for base in classes.resolve_lineage(ev, cls):
        if isinstance(base, ExternalName):
            return (cls,) if name in _ALTERNATIVE_CONSTRUCTORS else (ExternalName(f"{base.dotted}.{name}"),)
        found = _eval_class_member(ev, base, name, cls)
        if found:
            return found
    return ()


def _find_instance_attribute(ev: Evaluator, instance: Instance, name: str) -> Values:
    given = eval_passed_field(ev, instance, name) or _eval_only_passed_field(ev, instance, name)
    if name == "value" and classes.is_enum_class(ev, instance.cls):
        return classes.eval_enum_members(ev, instance.cls)
    for base in classes.resolve_lineage(ev, instance.cls):
        if isinstance(base, ExternalName):
            continue
        defined = _eval_class_member(ev, base, name, instance)
        if any(isinstance(value, FunctionValue) for value in defined):
            left_open = any(isinstance(value, FunctionValue) and is_stub(value.node) for value in defined)
            return merge_alternatives([*defined, *_eval_overrides(ev, instance, name)]) if left_open else defined
        assigned = [
            v for node in base.module.self_assignments(base.node).get(name, ()) for v in ev.eval(base.module, node)
        ]
        telling = [value for value in (*given, *assigned) if not _is_uninformative(ev, value)]
        if any(isinstance(value, Instance) and classes.is_abstract_class(ev, value.cls) for value in telling):
            telling = [*given, *assigned]
        found = merge_alternatives([*(telling or given or defined or assigned), *_eval_overrides(ev, instance, name)])
        if found:
            return substitution.substitute_constructor(ev, instance, found)
    return given


def _eval_class_member(ev: Evaluator, cls: ClassValue, name: str, owner: Instance | ClassValue) -> Values:
    found: list[Value] = []
    for binding in cls.module.scopes.inner[cls.node].bindings.get(name, ()):
        if binding.kind is BindingKind.FUNCTION and isinstance(binding.node, DEFINITIONS):
            is_property = _is_property_getter(binding.node)
            made = names.eval_results(ev, cls.module, binding.node) if is_property else ()
            found += made or (FunctionValue(cls.module, binding.node, owner),)
        elif binding.value is None and binding.annotation is not None:
            found += eval_declared_setting(ev, cls, name, binding.annotation) or _eval_declared(ev, cls, binding)
        else:
            values = names.eval_binding(ev, cls.module, binding)
            found += [
                replace(v, bound=owner) if isinstance(v, FunctionValue) and v.bound is None else v for v in values
            ]
    return merge_alternatives(found)


def _eval_overrides(ev: Evaluator, instance: Instance, name: str) -> list[Value]:
    """Return the definitions in subclasses, when the exact class of an instance is unknown."""
    if instance.call is not None:
        return []
    subclasses = ev.find_subclasses(instance.cls)
    found = [value for cls in subclasses for value in _eval_class_member(ev, cls, name, Instance(cls))]
    return [
        value for value in found if isinstance(value, FunctionValue) or (isinstance(value, StringValue) and value.known)
    ]


def is_stub(function: ast.AST) -> bool:
    """Return True if a function takes no arguments and its body is empty, a docstring or a raise."""
    if isinstance(function, DEFINITIONS) and len(function.args.args) > 1:
        return False
    for node in getattr(function, "body", ()) if isinstance(function, DEFINITIONS) else [function]:
        match node:
            case ast.Pass() | ast.Raise() | ast.Expr(value=ast.Constant()):
                continue
        return False
    return True


def _is_uninformative(ev: Evaluator, value: Value) -> bool:
    """Return True if a value is a mere reference, or the result of a library call that is no client."""
    return isinstance(value, Reference) or (isinstance(value, ExternalObject) and not ev.is_client(value.dotted))


def _eval_declared(ev: Evaluator, cls: ClassValue, binding: Binding) -> Values:
    """Return the alternatives for an annotated field: those of its type, or a reference that all instances share."""
    found = eval_annotation(ev, cls.module, binding.annotation)
    abstract = any(isinstance(v, Instance) and classes.is_abstract_class(ev, v.cls) for v in found)
    clear = any(
        isinstance(v, (Instance, CollectionValue)) or (isinstance(v, ExternalObject) and ev.is_client(v.dotted))
        for v in found
    )
    if clear and not abstract:
        return found
    owner = cls.module.scopes.at[cls.node, cls.node.name]
    return (*found, Reference(owner, (binding.name,)))


def _is_property_getter(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        dotted_names(decorator)[-1:] and dotted_names(decorator)[-1].endswith("property")
        for decorator in function.decorator_list
    )


def eval_passed_field(ev: Evaluator, instance: Instance, name: str) -> Values:
    """Return the constructor argument for a field of a class whose constructor is generated from its fields."""
    cls = instance.cls
    if instance.call is None or classes.find_method(ev, cls, "__init__") is not None:
        return ()
    assert isinstance(instance.call.node, ast.Call)
    argument = keyword_value(instance.call.node, name)
    order = list(classes.annotated_fields(ev, cls))
    if argument is None and name in order and order.index(name) < len(instance.call.node.args):
        argument = instance.call.node.args[order.index(name)]
    return (
        substitution.substitute_frames(ev, ev.eval(instance.call.module, argument), instance.via)
        if argument is not None
        else ()
    )


def _eval_only_passed_field(ev: Evaluator, instance: Instance, name: str) -> Values:
    """Return the same for an instance of unknown origin, if its class is instantiated only once."""
    if instance.call is not None:
        return ()
    sites = [
        ModuleNode(module, node)
        for module, node in ev.project.find_calls(instance.cls.node.name)
        if instance.cls in ev.eval(module, node.func)
    ]
    return eval_passed_field(ev, Instance(instance.cls, sites[0]), name) if len(sites) == 1 else ()


def find_getattr_call(
    ev: Evaluator, module: Module, node: ast.Attribute, value: Value
) -> tuple[FunctionValue, ast.Call] | None:
    """Return the ``__getattr__`` that answers for an attribute that an instance lacks, and the call of it, or None.

    The synthetic call is the same node each time, because results are memoised by node.
    """
    if not isinstance(value, Instance) or not isinstance(node.ctx, ast.Load):
        return None
    answering = classes.find_method(ev, value, "__getattr__")
    if (
        answering is None
        or eval_instance_attribute(ev, value, node.attr)
        or not classes.has_only_scanned_methods(ev, value.cls)
    ):
        return None
    if node not in module.getattr_calls:
        name = ast.copy_location(ast.Constant(node.attr), node)
        name.lineno, name.col_offset = node.end_lineno or 0, (node.end_col_offset or 0) - len(node.attr.encode())
        module.getattr_calls[node] = module.make_synthetic_call(node, node.value, [name], [])
    return answering, module.getattr_calls[node]
