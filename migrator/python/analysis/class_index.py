"""Resolve the class of an expression and its members by names and imports alone, without the evaluator."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import Binding, BindingKind, list_parameters
from migrator.python.source.syntax import DEFINITIONS, dotted_names

#: Names, imports and attributes that are followed from one to the next. Chains in the samples and tests have up to
#: four; more may be a circle. Beyond, the class is unknown, and the ledger lists a name on it as name only.
_MAX_HOPS = 6


@dataclass(frozen=True, slots=True)
class ScannedClass:
    """A class of the scanned code and the module that defines it."""

    module: Module
    node: ast.ClassDef


def resolve_class_of(project: Project, module: Module, node: ast.expr, far: int = _MAX_HOPS) -> ScannedClass | None:
    """Return the class that an expression is an instance of, or is; None if it is unknown or ambiguous."""
    if far == 0:
        return None
    match node:
        case ast.Call(func=made):
            return resolve_class(project, module, made)
        case ast.Name():
            found = {_resolve_binding(project, module, binding, far - 1) for binding in module.find_bindings(node)}
            return next(iter(found)) if len(found) == 1 else None
        case ast.Attribute(value=base, attr=name):
            owner = resolve_class_of(project, module, base, far - 1)
            values = owner.module.self_assignments(owner.node).get(name, []) if owner else []
            found = {resolve_class_of(project, owner.module, value, far - 1) for value in values} if owner else set()
            return next(iter(found)) if len(found) == 1 else None
    return None


def resolve_class(project: Project, module: Module, node: ast.expr) -> ScannedClass | None:
    """Return the class that a name is bound to, following imports from scanned modules."""
    binding = _only_binding(module.find_bindings(node)) if isinstance(node, ast.Name) else None
    for _ in range(_MAX_HOPS):
        if binding is None:
            return None
        if isinstance(binding.node, ast.ClassDef):
            return ScannedClass(module, binding.node)
        home = find_imported_module(project, module, binding)
        if home is None:
            return None
        origin = next((a.name for a in getattr(binding.node, "names", ()) if binding.name in (a.asname, a.name)), "")
        module, binding = home, _only_binding(home.scopes.module.bindings.get(origin, ()))
    return None


def find_imported_module(project: Project, module: Module, binding: Binding) -> Module | None:
    """Return the scanned module from which a name is imported."""
    node = binding.node
    return project.find_module(node.module or "", module, node.level) if isinstance(node, ast.ImportFrom) else None


def locate_member(project: Project, own: ScannedClass, name: str) -> tuple[str, int] | None:
    """Return the file and line in which a class, or a base of it, gives its instances an attribute."""
    for home in _iter_ancestry(project, own):
        bindings = home.module.scopes.inner[home.node].bindings.get(name, [])
        nodes = [binding.node for binding in bindings] or home.module.self_assignments(home.node).get(name, [])
        if nodes:
            return home.module.path, getattr(nodes[0], "lineno", home.node.lineno)
    return None


def find_unknown_base(project: Project, own: ScannedClass) -> str | None:
    """Return the source of a base class that is neither scanned nor of the standard library, or None."""
    for home in _iter_ancestry(project, own):
        for base in home.node.bases:
            named = base.value if isinstance(base, ast.Subscript) else base
            if not (resolve_class(project, home.module, named) or _is_standard_class(home.module, named)):
                return ast.unparse(base)
    return None


def is_standard_import(binding: Binding) -> bool:
    """Return True if a name is imported from the standard library."""
    node = binding.node
    if isinstance(node, ast.Import):
        homes = [alias.name for alias in node.names if (alias.asname or alias.name.partition(".")[0]) == binding.name]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        homes = [node.module or ""]
    else:
        return False
    return all(home.partition(".")[0] in sys.stdlib_module_names for home in homes)


def takes_argument(node: ast.AST, name: str) -> bool:
    """Return True if a function, or the constructor of a class, has a parameter of this name."""
    if isinstance(node, DEFINITIONS):
        return any(parameter.arg == name for parameter in list_parameters(node) if parameter is not node.args.kwarg)
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        match statement:
            case ast.AnnAssign(target=ast.Name(id=field)) if field == name:
                return True
            case ast.FunctionDef(name="__init__") if takes_argument(statement, name):
                return True
    return False


def _resolve_binding(project: Project, module: Module, binding: Binding, far: int) -> ScannedClass | None:
    function = binding.scope.node
    if binding.annotation is not None:
        return resolve_class(project, module, binding.annotation)
    if binding.kind is BindingKind.VALUE and binding.value is not None and not binding.path:
        return resolve_class_of(project, module, binding.value, far)
    if binding.kind is BindingKind.PARAMETER and isinstance(function, DEFINITIONS):
        return _owner_of_parameter(module, function, binding.node)
    return ScannedClass(module, binding.node) if isinstance(binding.node, ast.ClassDef) else None


def _owner_of_parameter(
    module: Module, method: ast.FunctionDef | ast.AsyncFunctionDef, parameter: ast.AST
) -> ScannedClass | None:
    """Return the class of the instance that the first parameter of a method receives."""
    static = any(dotted_names(decorator)[-1:] == ("staticmethod",) for decorator in method.decorator_list)
    owner = module.scopes.of[method].node
    mine = isinstance(owner, ast.ClassDef) and list_parameters(method)[0] is parameter and not static
    return ScannedClass(module, owner) if mine and isinstance(owner, ast.ClassDef) else None


def _iter_ancestry(project: Project, own: ScannedClass) -> Iterator[ScannedClass]:
    found = [own]
    for home in found:
        yield home
        inner = [resolve_class(project, home.module, base) for base in home.node.bases]
        found += [base for base in inner if base is not None and base not in found]


def _is_standard_class(module: Module, node: ast.expr) -> bool:
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    bindings = module.find_bindings(root) if isinstance(root, ast.Name) else ()
    if not bindings:
        return isinstance(node, ast.Name) and hasattr(builtins, node.id)
    return all(map(is_standard_import, bindings))


def _only_binding(bindings: tuple[Binding, ...] | list[Binding]) -> Binding | None:
    return bindings[0] if len(bindings) == 1 else None
