"""Resolve the class of an expression and its members by names and imports alone, without the evaluator."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import Binding, Binds, parameters
from migrator.python.source.syntax import DEFINITIONS, path_names

#: Names, imports and attributes that are followed from one to the next. Chains in the samples and tests have up to
#: four; more may be a circle. Beyond, the class is unknown, and the ledger lists a name on it as name only.
_FAR = 6


@dataclass(frozen=True, slots=True)
class Own:
    """A class of the scanned code and the module that defines it."""

    module: Module
    node: ast.ClassDef


def class_of(project: Project, module: Module, node: ast.expr, far: int = _FAR) -> Own | None:
    """Return the class that an expression is an instance of, or is; None if it is unknown or ambiguous."""
    if far == 0:
        return None
    match node:
        case ast.Call(func=made):
            return class_named(project, module, made)
        case ast.Name():
            found = {_bound(project, module, binding, far - 1) for binding in module.bindings(node)}
            return next(iter(found)) if len(found) == 1 else None
        case ast.Attribute(value=base, attr=name):
            owner = class_of(project, module, base, far - 1)
            values = owner.module.assigned_to_self(owner.node).get(name, []) if owner else []
            found = {class_of(project, owner.module, value, far - 1) for value in values} if owner else set()
            return next(iter(found)) if len(found) == 1 else None
    return None


def class_named(project: Project, module: Module, node: ast.expr) -> Own | None:
    """Return the class that a name is bound to, following imports from scanned modules."""
    binding = _only(module.bindings(node)) if isinstance(node, ast.Name) else None
    for _ in range(_FAR):
        if binding is None:
            return None
        if isinstance(binding.node, ast.ClassDef):
            return Own(module, binding.node)
        home = imported_from(project, module, binding)
        if home is None:
            return None
        origin = next((a.name for a in getattr(binding.node, "names", ()) if binding.name in (a.asname, a.name)), "")
        module, binding = home, _only(home.scopes.module.bindings.get(origin, ()))
    return None


def imported_from(project: Project, module: Module, binding: Binding) -> Module | None:
    """Return the scanned module from which a name is imported."""
    node = binding.node
    return project.find(node.module or "", module, node.level) if isinstance(node, ast.ImportFrom) else None


def member_place(project: Project, own: Own, name: str) -> tuple[str, int] | None:
    """Return the file and line in which a class, or a base of it, gives its instances an attribute."""
    for home in _ancestry(project, own):
        bindings = home.module.scopes.inner[home.node].bindings.get(name, [])
        nodes = [binding.node for binding in bindings] or home.module.assigned_to_self(home.node).get(name, [])
        if nodes:
            return home.module.path, getattr(nodes[0], "lineno", home.node.lineno)
    return None


def unknown_base(project: Project, own: Own) -> str | None:
    """Return the source of a base class that is neither scanned nor of the standard library, or None."""
    for home in _ancestry(project, own):
        for base in home.node.bases:
            named = base.value if isinstance(base, ast.Subscript) else base
            if not (class_named(project, home.module, named) or _is_standard_class(home.module, named)):
                return ast.unparse(base)
    return None


def is_standard(binding: Binding) -> bool:
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
        return any(parameter.arg == name for parameter in parameters(node) if parameter is not node.args.kwarg)
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        match statement:
            case ast.AnnAssign(target=ast.Name(id=field)) if field == name:
                return True
            case ast.FunctionDef(name="__init__") if takes_argument(statement, name):
                return True
    return False


def _bound(project: Project, module: Module, binding: Binding, far: int) -> Own | None:
    function = binding.scope.node
    if binding.annotation is not None:
        return class_named(project, module, binding.annotation)
    if binding.kind is Binds.VALUE and binding.value is not None and not binding.path:
        return class_of(project, module, binding.value, far)
    if binding.kind is Binds.PARAMETER and isinstance(function, DEFINITIONS):
        return _owner(module, function, binding.node)
    return Own(module, binding.node) if isinstance(binding.node, ast.ClassDef) else None


def _owner(module: Module, method: ast.FunctionDef | ast.AsyncFunctionDef, parameter: ast.AST) -> Own | None:
    """Return the class of the instance that the first parameter of a method receives."""
    static = any(path_names(decorator)[-1:] == ("staticmethod",) for decorator in method.decorator_list)
    owner = module.scopes.of[method].node
    mine = isinstance(owner, ast.ClassDef) and parameters(method)[0] is parameter and not static
    return Own(module, owner) if mine and isinstance(owner, ast.ClassDef) else None


def _ancestry(project: Project, own: Own) -> Iterator[Own]:
    found = [own]
    for home in found:
        yield home
        inner = [class_named(project, home.module, base) for base in home.node.bases]
        found += [base for base in inner if base is not None and base not in found]


def _is_standard_class(module: Module, node: ast.expr) -> bool:
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    bindings = module.bindings(root) if isinstance(root, ast.Name) else ()
    if not bindings:
        return isinstance(node, ast.Name) and hasattr(builtins, node.id)
    return all(map(is_standard, bindings))


def _only(bindings: tuple[Binding, ...] | list[Binding]) -> Binding | None:
    return bindings[0] if len(bindings) == 1 else None
