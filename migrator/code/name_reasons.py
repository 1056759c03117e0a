"""What an old name is that stands as an identifier of which no finding speaks."""

from __future__ import annotations

import ast
import sys

from migrator.code.occurrences import State
from migrator.code.own_classes import class_of, is_standard, member_line, takes_argument, unknown_base
from migrator.code.scopes import Binding, Binds
from migrator.code.string_reasons import Judged
from migrator.code.syntax import path_names
from migrator.code.whereabouts import Whereabouts

_BINDS = (ast.Global, ast.Nonlocal, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.arg)
_OWN = {
    Binds.FUNCTION: "a function",
    Binds.CLASS: "a class",
    Binds.PARAMETER: "a parameter",
    Binds.VALUE: "a variable",
    Binds.UNKNOWN: "a variable",
}


def judge_name(where: Whereabouts, offset: int, name: str) -> Judged:
    """The state of a name among the identifiers of a program, and why."""
    node = where.node(offset)
    match node:
        case ast.Name():
            return _name(where, node)
        case ast.Attribute():
            return _attribute(where, node)
        case ast.FunctionDef() | ast.AsyncFunctionDef() if node.name == name:
            return _definition(where, node)
        case ast.ClassDef():
            return State.OTHER, "the name of a class of this program"
        case ast.keyword():
            return _keyword(where, node)
        case ast.alias():
            return _import(where.parents[node], node)
        case ast.ImportFrom():
            return State.OTHER, "in the name of a module"
    if isinstance(node, _BINDS):
        return State.OTHER, "a variable of this program"
    return State.NAME_ONLY, "an identifier of which nothing shows that it is the API's"


def _name(where: Whereabouts, node: ast.Name) -> Judged:
    if not isinstance(node.ctx, ast.Load):
        return State.OTHER, "a variable of this program"
    judged = [_bound(binding) for binding in where.module.bindings(node)]
    if not judged:
        return State.NAME_ONLY, "a name that this file does not define"
    return next((each for each in judged if each[0] is not State.OTHER), judged[0])


def _bound(binding: Binding) -> Judged:
    if binding.kind is Binds.IMPORT:
        aliases = binding.node.names if isinstance(binding.node, (ast.Import, ast.ImportFrom)) else []
        alias = next((each for each in aliases if binding.name in (each.asname, each.name)), None)
        return _import(binding.node, alias)
    line = getattr(binding.node, "lineno", 1)
    return State.OTHER, f"{_OWN[binding.kind]} of this program, from line {line}"


def _import(statement: ast.AST, alias: ast.alias | None) -> Judged:
    if not isinstance(statement, ast.ImportFrom):
        return State.OTHER, "the name of a module"
    if statement.level:
        return State.OTHER, "imported from a module of this program"
    home = statement.module or ""
    if home.partition(".")[0] in sys.stdlib_module_names:
        return State.OTHER, "imported from the standard library"
    if alias is not None and alias.asname and alias.asname != alias.name:
        return (
            State.NAME_ONLY,
            f"imported from `{home}` or named after it; nothing shows that it is a client of the API",
        )
    return State.NAME_ONLY, f"imported from `{home}`, of which nothing shows that it is a client of the API"


def _definition(where: Whereabouts, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Judged:
    owner = where.parents.get(node)
    if not isinstance(owner, ast.ClassDef):
        return State.OTHER, "the name of a function of this program"
    base = unknown_base(where, owner)
    if base is not None:
        return State.NAME_ONLY, f"a method of a class whose base `{base}` is not known: it may override a client's"
    return State.OTHER, "the name of a method of this program"


def _attribute(where: Whereabouts, node: ast.Attribute) -> Judged:
    cls = class_of(where, node.value)
    if cls is not None:
        line = member_line(where, cls, node.attr)
        if line and unknown_base(where, cls) is None:
            return State.OTHER, f"a member of the class `{cls.name}` of this program, from line {line}"
    root = (path_names(node.value) or ("",))[0]
    if isinstance(node.value, ast.Name):
        bindings = where.module.bindings(node.value)
        if bindings and all(is_standard(binding) for binding in bindings):
            return State.OTHER, f"an attribute of the standard library's `{root}`"
    owner = ".".join(path_names(node.value))
    return (
        State.NAME_ONLY,
        f"an attribute of {f'`{owner}`' if owner else 'something'}, of which no client of the API is known",
    )


def _keyword(where: Whereabouts, node: ast.keyword) -> Judged:
    call = where.parents.get(node)
    if isinstance(call, ast.ClassDef):
        return State.OTHER, "an argument of a class statement"
    assert isinstance(call, ast.Call)
    called = ".".join(path_names(call)) or "something"
    if isinstance(call.func, ast.Name) and _takes(where, call.func, node.arg or ""):
        return State.OTHER, f"the name of a parameter of `{called}`, which this program defines"
    return State.NAME_ONLY, f"the name of an argument of `{called}`, of which nothing shows what it does with it"


def _takes(where: Whereabouts, function: ast.Name, name: str) -> bool:
    """Whether what is called is defined in this file and has a parameter, or a field, of a name."""
    bindings = where.module.bindings(function)
    return bool(bindings) and all(takes_argument(binding.node, name) for binding in bindings)
