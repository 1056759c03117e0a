"""Read classes that model documents: declared fields, tags and storage."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import ClassValue, ExternalName, Instance, Reference
from migrator.python.source.syntax import dotted_names, keyword_value

#: Methods of models, and functions, that turn one into a dict or JSON: of pydantic, dataclasses, attrs, msgspec,
#: marshmallow and FastAPI.
_DUMPS = frozenset({"model_dump", "model_dump_json", "dict", "json", "to_dict", "to_json", "asdict", "_asdict"})
_DUMPERS = frozenset({"asdict", "to_builtins", "unstructure", "jsonable_encoder", "vars", "encode", "dump", "astuple"})
#: Methods of a schema of marshmallow, which declares the keys of an object of any class.
_SCHEMA_DUMPS = frozenset({"dump", "dumps"})
_VALIDATIONS = frozenset({"model_validate", "parse_obj", "validate", "from_dict", "model_construct"})
#: A body has one or two names before it is sent; behind a third it is not followed, and its model is not named.
_DEPTH = 3
#: The node that names a field, its module and the name.
FieldUse = tuple[Module, ast.Name | ast.Attribute | ast.keyword | ast.Constant | ast.MatchClass, str]


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


def find_model_bodies(ev: Evaluator, module: Module, node: ast.expr, depth: int = _DEPTH) -> Iterator[ClassValue]:
    """Yield the models whose instances an expression dumps, or is: ``model.model_dump()``, ``asdict(model)``."""
    yield from (cls for cls in _find_models(ev, module, node) if is_typed_dict(ev, cls))
    for inner in ast.walk(node):
        match inner:
            case ast.Call(func=ast.Attribute(value=base, attr=name)) if name in _DUMPS or name in _SCHEMA_DUMPS:
                yield from _find_models(ev, module, base)
            case ast.Call(func=ast.Attribute(value=base, attr=name)) if depth:
                yield from _find_dumped_self(ev, module, base, name, depth)
            case ast.Attribute(value=base, attr="__dict__"):
                yield from _find_models(ev, module, base)
            case ast.Name() if depth:
                for binding in module.find_bindings(inner):
                    if binding.value is not None and not binding.path:
                        yield from find_model_bodies(ev, module, binding.value, depth - 1)
        match inner:
            case ast.Call(args=[base, *_]) if dotted_names(inner)[-1:] != () and dotted_names(inner)[-1] in _DUMPERS:
                yield from _find_models(ev, module, base)


def _find_dumped_self(ev: Evaluator, module: Module, base: ast.expr, name: str, depth: int) -> Iterator[ClassValue]:
    """Yield the models that a method of their own dumps: ``def to_payload(self): return asdict(self)``."""
    for cls in _find_models(ev, module, base):
        method = classes.find_method(ev, cls, name)
        for node in method.module.own_nodes(method.node) if method else ():
            if method and isinstance(node, ast.Return) and node.value is not None:
                yield from find_model_bodies(ev, method.module, node.value, depth - 1)


def is_typed_dict(ev: Evaluator, cls: ClassValue) -> bool:
    """Return True if a class declares the keys of a dict."""
    bases = [base.dotted for base in classes.resolve_lineage(ev, cls) if isinstance(base, ExternalName)]
    return any(base.rpartition(".")[2] == "TypedDict" for base in bases)


def _find_models(ev: Evaluator, module: Module, node: ast.expr) -> Iterator[ClassValue]:
    values = ev.eval(module, node)
    passed = [v for value in values if isinstance(value, Reference) for _, v in ev.passed_values(value)]
    yield from (value.cls for value in (*values, *passed) if isinstance(value, Instance))


def find_validated_model(ev: Evaluator, module: Module, call: ast.Call) -> tuple[ClassValue, ast.expr] | None:
    """Return the model and the document in ``Model.model_validate(document)`` and ``Model(**document)``."""
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[document, *_]) if name in _VALIDATIONS:
            pass
        case ast.Call(func=owner, args=[], keywords=[ast.keyword(arg=None, value=document)]):
            pass
        case _:
            return None
    found = next((value for value in ev.eval(module, owner) if isinstance(value, ClassValue)), None)
    return (found, document) if found is not None else None


def find_field_uses(ev: Evaluator, modules: Iterable[Module], cls: ClassValue, key: str) -> Iterator[FieldUse]:
    """Yield where a model declares, sets and reads the field that is dumped under a key."""
    for name, field in collect_fields(ev, cls).items():
        if key not in (name, find_alias(field)):
            continue
        yield field.module, field.target, name
        for site in ev.constructor_calls.get(cls.node, ()):
            for keyword in site.node.keywords if isinstance(site.node, ast.Call) else ():
                if keyword.arg == name:
                    yield site.module, keyword, name
        for module in modules:
            for node in module.attributes.get(name, ()):
                if _is_instance_of(ev, module, node.value, cls):
                    yield module, node, name
            for pattern in module.class_patterns:
                if name in pattern.kwd_attrs and cls in ev.eval(module, pattern.cls):
                    yield module, pattern, name
            if is_typed_dict(ev, cls):
                yield from _find_subscripts(ev, module, cls, name)


def _is_instance_of(ev: Evaluator, module: Module, node: ast.expr, cls: ClassValue) -> bool:
    return any(isinstance(value, Instance) and value.cls == cls for value in ev.eval(module, node))


def _find_subscripts(ev: Evaluator, module: Module, cls: ClassValue, name: str) -> Iterator[FieldUse]:
    for key in module.strings.get(name, ()):
        match module.parents.get(key):
            case ast.Subscript(value=base) if _is_instance_of(ev, module, base, cls):
                yield module, key, name
            case ast.Call(func=ast.Attribute(value=base, attr="get" | "pop" | "setdefault")):
                if _is_instance_of(ev, module, base, cls):
                    yield module, key, name


def find_alias(field: ModelField) -> str | None:
    """Return the key under which a field is dumped, if it is declared: by its value, or in ``Annotated[...]``."""
    noted = field.annotation.slice if isinstance(field.annotation, ast.Subscript) else None
    calls = [field.value, *(noted.elts if isinstance(noted, ast.Tuple) else ())]
    for call in (each for each in calls if isinstance(each, ast.Call)):
        for name in ("serialization_alias", "alias", "data_key", "rename", "name"):
            given = keyword_value(call, name)
            if isinstance(given, ast.Constant):
                return str(given.value)
    return None


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
