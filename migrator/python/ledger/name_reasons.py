"""Explain identifiers that match an old name but are not findings."""

from __future__ import annotations

import ast

from migrator.findings.ledger import State
from migrator.python.analysis.class_index import (
    Own,
    class_of,
    imported_from,
    is_standard,
    member_place,
    takes_argument,
    unknown_base,
)
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import Binding, Binds
from migrator.python.ledger.positions import Whereabouts
from migrator.python.ledger.string_reasons import Judged
from migrator.python.source.syntax import path_names

_VARIABLES = (ast.Global, ast.Nonlocal, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.arg)
_OWN = {
    Binds.FUNCTION: "a function",
    Binds.CLASS: "a class",
    Binds.PARAMETER: "a parameter",
    Binds.VALUE: "a variable",
    Binds.UNKNOWN: "a variable",
}
_VARIABLE: Judged = State.OTHER, "a variable of this program"
_MODULE: Judged = State.OTHER, "the name of a module"


def judge_name(project: Project, where: Whereabouts, offset: int, name: str) -> Judged:
    """Return the state of an identifier, and the reason."""
    node = where.node(offset)
    match node:
        case ast.Name(ctx=ast.Load()):
            return _read(project, where, node)
        case ast.Attribute():
            return _attribute(project, where, node)
        case ast.FunctionDef(name=defined) | ast.AsyncFunctionDef(name=defined) if defined == name:
            return _definition(project, where, node)
        case ast.ClassDef(name=defined) if defined == name:
            return State.OTHER, "the name of a class of this program"
        case ast.keyword():
            return _keyword(where, node)
        case ast.alias():
            return _imported(project, where, node)
        case ast.ImportFrom():
            return _MODULE
    if isinstance(node, (ast.Name, *_VARIABLES)):
        return _VARIABLE
    return State.NAME_ONLY, "an identifier with no evidence of the API"


def _read(project: Project, where: Whereabouts, node: ast.Name) -> Judged:
    judged = [_bound(project, where, binding) for binding in where.module.bindings(node)]
    if not judged:
        return State.NAME_ONLY, "a name that this file does not define"
    return next((each for each in judged if each[0] is not State.OTHER), judged[0])


def _bound(project: Project, where: Whereabouts, binding: Binding) -> Judged:
    if binding.kind is not Binds.IMPORT:
        return State.OTHER, f"{_OWN[binding.kind]} of this program, from line {getattr(binding.node, 'lineno', 1)}"
    if isinstance(binding.node, ast.Import):
        return _MODULE
    home = imported_from(project, where.module, binding)
    if home is not None:
        return State.OTHER, f"imported from {home.path}, which is part of this program"
    if is_standard(binding):
        return State.OTHER, "imported from the standard library"
    named = "." * getattr(binding.node, "level", 0) + (getattr(binding.node, "module", "") or "")
    return State.NAME_ONLY, f"imported from `{named}`, which is not known to be a client of the API"


def _imported(project: Project, where: Whereabouts, alias: ast.alias) -> Judged:
    statement = where.parents[alias]
    local = alias.asname or alias.name
    binding = where.module.scopes.at.get((statement, local))
    return _MODULE if binding is None else _bound(project, where, binding)


def _definition(project: Project, where: Whereabouts, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Judged:
    owner = where.parents.get(node)
    if not isinstance(owner, ast.ClassDef):
        return State.OTHER, "the name of a function of this program"
    base = unknown_base(project, Own(where.module, owner))
    if base is not None:
        return (
            State.NAME_ONLY,
            f"a method of a class whose base `{base}` is unknown: it may override a method of a client",
        )
    return State.OTHER, "the name of a method of this program"


def _attribute(project: Project, where: Whereabouts, node: ast.Attribute) -> Judged:
    own = class_of(project, where.module, node.value)
    place = member_place(project, own, node.attr) if own else None
    if own and place and unknown_base(project, own) is None:
        home = f"line {place[1]}" if place[0] == where.module.path else f"{place[0]}:{place[1]}"
        return State.OTHER, f"a member of the class `{own.node.name}` of this program, from {home}"
    bindings = where.module.bindings(node.value) if isinstance(node.value, ast.Name) else ()
    owner = ".".join(path_names(node.value))
    if bindings and all(map(is_standard, bindings)):
        return State.OTHER, f"an attribute of `{owner}` of the standard library"
    shown = f"`{owner}`" if owner else "an object"
    return State.NAME_ONLY, f"an attribute of {shown}, which is not known to be a client of the API"


def _keyword(where: Whereabouts, node: ast.keyword) -> Judged:
    call = where.parents.get(node)
    if not isinstance(call, ast.Call):
        return State.OTHER, "an argument of a class statement"
    called = ".".join(path_names(call)) or "..."
    bindings = where.module.bindings(call.func) if isinstance(call.func, ast.Name) else ()
    if bindings and all(takes_argument(binding.node, node.arg or "") for binding in bindings):
        return State.OTHER, f"the name of a parameter of `{called}`, which this program defines"
    return State.NAME_ONLY, f"the name of an argument of `{called}`, whose use of it is unknown"
