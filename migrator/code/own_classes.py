"""What one file alone shows of its classes: whose instance an expression is, what they define, what they inherit."""

from __future__ import annotations

import ast
import builtins
import sys

from migrator.code.scopes import Binding, Binds, parameters
from migrator.code.syntax import path_names
from migrator.code.whereabouts import Whereabouts

_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_standard(binding: Binding) -> bool:
    """Whether a name is imported from the standard library."""
    node = binding.node
    if isinstance(node, ast.Import):
        homes = [alias.name for alias in node.names if (alias.asname or alias.name.partition(".")[0]) == binding.name]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        homes = [node.module or ""]
    else:
        return False
    return all(home.partition(".")[0] in sys.stdlib_module_names for home in homes)


def class_of(where: Whereabouts, node: ast.expr) -> ast.ClassDef | None:
    """The class of this file that an expression is an instance of, or is, as far as one can see at once."""
    match node:
        case ast.Call(func=ast.Name() as made):
            return _class_named(where, made)
        case ast.Name():
            bindings = where.module.bindings(node)
            found = [_class_bound(where, binding) for binding in bindings]
            return found[0] if found and all(cls is found[0] for cls in found) else None
    return None


def _class_bound(where: Whereabouts, binding: Binding) -> ast.ClassDef | None:
    match binding:
        case Binding(kind=Binds.CLASS, node=ast.ClassDef() as cls):
            return cls
        case Binding(kind=Binds.VALUE, value=ast.Call(func=ast.Name() as made), path=()):
            return _class_named(where, made)
        case Binding(kind=Binds.PARAMETER, annotation=ast.Name() as annotation):
            return _class_named(where, annotation)
        case Binding(kind=Binds.PARAMETER, annotation=None):
            function = binding.scope.node
            return _owner(where, function, binding.node) if isinstance(function, _DEFINES) else None
    return None


def _owner(
    where: Whereabouts, method: ast.FunctionDef | ast.AsyncFunctionDef, parameter: ast.AST
) -> ast.ClassDef | None:
    """The class that the first parameter of a method stands for."""
    static = any(path_names(decorator)[-1:] == ("staticmethod",) for decorator in method.decorator_list)
    owner = where.module.scopes.of[method].node
    first = parameters(method)[0]
    return owner if isinstance(owner, ast.ClassDef) and first is parameter and not static else None


def _class_named(where: Whereabouts, name: ast.Name) -> ast.ClassDef | None:
    bindings = where.module.bindings(name)
    node = bindings[0].node if len(bindings) == 1 else None
    return node if isinstance(node, ast.ClassDef) else None


def member_line(where: Whereabouts, cls: ast.ClassDef, name: str) -> int | None:
    """The line in which a class, or one of its bases in this file, gives its instances an attribute."""
    for home in _ancestry(where, cls):
        scope = where.module.scopes.inner[home]
        if name in scope.bindings:
            return getattr(scope.bindings[name][0].node, "lineno", None)
        assigned = where.module.assigned_to_self(home).get(name)
        if assigned:
            return assigned[0].lineno
    return None


def unknown_base(where: Whereabouts, cls: ast.ClassDef) -> str | None:
    """A base from which a class may inherit what cannot be seen in this file."""
    for home in _ancestry(where, cls):
        for base in home.bases:
            named = base.value if isinstance(base, ast.Subscript) else base
            if not (isinstance(named, ast.Name) and (_class_named(where, named) or _is_builtin(where, named))) and not (
                _from_standard(where, named)
            ):
                return ast.unparse(base)
    return None


def _ancestry(where: Whereabouts, cls: ast.ClassDef) -> list[ast.ClassDef]:
    found = [cls]
    for home in found:
        for base in home.bases:
            inner = _class_named(where, base) if isinstance(base, ast.Name) else None
            if inner is not None and inner not in found:
                found.append(inner)
    return found


def _is_builtin(where: Whereabouts, name: ast.Name) -> bool:
    return not where.module.bindings(name) and hasattr(builtins, name.id)


def _from_standard(where: Whereabouts, node: ast.expr) -> bool:
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    bindings = where.module.bindings(root) if isinstance(root, ast.Name) else ()
    return bool(bindings) and all(map(is_standard, bindings))


def takes_argument(node: ast.AST, name: str) -> bool:
    """Whether a function, or the class of a record, has a parameter of a name."""
    if isinstance(node, _DEFINES):
        return any(parameter.arg == name for parameter in parameters(node) if parameter is not node.args.kwarg)
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        match statement:
            case ast.AnnAssign(target=ast.Name(id=field)) if field == name:
                return True
            case ast.FunctionDef(name="__init__") if takes_argument(statement, name):
                return True
    return False
