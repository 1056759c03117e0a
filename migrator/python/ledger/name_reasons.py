"""Explain identifiers that match an old name but are not findings."""

from __future__ import annotations

import ast

from migrator.findings.ledger import OccurrenceState
from migrator.python.analysis.class_index import (
    ScannedClass,
    find_imported_module,
    find_unknown_base,
    is_standard_import,
    locate_member,
    resolve_class_of,
    takes_argument,
)
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import Binding, BindingKind
from migrator.python.ledger.positions import SyntaxPositions
from migrator.python.ledger.string_reasons import StateReason
from migrator.python.source.syntax import dotted_names

_VARIABLES = (ast.Global, ast.Nonlocal, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.arg)
_BINDING_NAMES = {
    BindingKind.FUNCTION: "a function",
    BindingKind.CLASS: "a class",
    BindingKind.PARAMETER: "a parameter",
    BindingKind.VALUE: "a variable",
    BindingKind.UNKNOWN: "a variable",
}
_VARIABLE: StateReason = OccurrenceState.OTHER, "a variable of this program"
_MODULE: StateReason = OccurrenceState.OTHER, "the name of a module"


def judge_name(project: Project, where: SyntaxPositions, offset: int, name: str) -> StateReason:
    """Return the state of an identifier, and the reason."""
    node = where.node_at(offset)
    match node:
        case ast.Name(ctx=ast.Load()):
            return _judge_read(project, where, node)
        case ast.Attribute():
            return _judge_attribute(project, where, node)
        case ast.FunctionDef(name=defined) | ast.AsyncFunctionDef(name=defined) if defined == name:
            return _judge_definition(project, where, node)
        case ast.ClassDef(name=defined) if defined == name:
            return OccurrenceState.OTHER, "the name of a class of this program"
        case ast.keyword():
            return _judge_keyword(where, node)
        case ast.alias():
            return _judge_import(project, where, node)
        case ast.ImportFrom():
            return _MODULE
    if isinstance(node, (ast.Name, *_VARIABLES)):
        return _VARIABLE
    return OccurrenceState.NAME_ONLY, "an identifier with no evidence of the API"


def _judge_read(project: Project, where: SyntaxPositions, node: ast.Name) -> StateReason:
    judged = [_judge_binding(project, where, binding) for binding in where.module.find_bindings(node)]
    if not judged:
        return OccurrenceState.NAME_ONLY, "a name that this file does not define"
    return next((each for each in judged if each[0] is not OccurrenceState.OTHER), judged[0])


def _judge_binding(project: Project, where: SyntaxPositions, binding: Binding) -> StateReason:
    if binding.kind is not BindingKind.IMPORT:
        return (
            OccurrenceState.OTHER,
            f"{_BINDING_NAMES[binding.kind]} of this program, from line {getattr(binding.node, 'lineno', 1)}",
        )
    if isinstance(binding.node, ast.Import):
        return _MODULE
    home = find_imported_module(project, where.module, binding)
    if home is not None:
        return OccurrenceState.OTHER, f"imported from {home.path}, which is part of this program"
    if is_standard_import(binding):
        return OccurrenceState.OTHER, "imported from the standard library"
    named = "." * getattr(binding.node, "level", 0) + (getattr(binding.node, "module", "") or "")
    return OccurrenceState.NAME_ONLY, f"imported from `{named}`, which is not known to be a client of the API"


def _judge_import(project: Project, where: SyntaxPositions, alias: ast.alias) -> StateReason:
    statement = where.parents[alias]
    local = alias.asname or alias.name
    binding = where.module.scopes.at.get((statement, local))
    return _MODULE if binding is None else _judge_binding(project, where, binding)


def _judge_definition(
    project: Project, where: SyntaxPositions, node: ast.FunctionDef | ast.AsyncFunctionDef
) -> StateReason:
    owner = where.parents.get(node)
    if not isinstance(owner, ast.ClassDef):
        return OccurrenceState.OTHER, "the name of a function of this program"
    base = find_unknown_base(project, ScannedClass(where.module, owner))
    if base is not None:
        return (
            OccurrenceState.NAME_ONLY,
            f"a method of a class whose base `{base}` is unknown: it may override a method of a client",
        )
    return OccurrenceState.OTHER, "the name of a method of this program"


def _judge_attribute(project: Project, where: SyntaxPositions, node: ast.Attribute) -> StateReason:
    own = resolve_class_of(project, where.module, node.value)
    place = locate_member(project, own, node.attr) if own else None
    if own and place and find_unknown_base(project, own) is None:
        home = f"line {place[1]}" if place[0] == where.module.path else f"{place[0]}:{place[1]}"
        return OccurrenceState.OTHER, f"a member of the class `{own.node.name}` of this program, from {home}"
    bindings = where.module.find_bindings(node.value) if isinstance(node.value, ast.Name) else ()
    owner = ".".join(dotted_names(node.value))
    if bindings and all(map(is_standard_import, bindings)):
        return OccurrenceState.OTHER, f"an attribute of `{owner}` of the standard library"
    shown = f"`{owner}`" if owner else "an object"
    return OccurrenceState.NAME_ONLY, f"an attribute of {shown}, which is not known to be a client of the API"


def _judge_keyword(where: SyntaxPositions, node: ast.keyword) -> StateReason:
    call = where.parents.get(node)
    if not isinstance(call, ast.Call):
        return OccurrenceState.OTHER, "an argument of a class statement"
    called = ".".join(dotted_names(call)) or "..."
    bindings = where.module.find_bindings(call.func) if isinstance(call.func, ast.Name) else ()
    if bindings and all(takes_argument(binding.node, node.arg or "") for binding in bindings):
        return OccurrenceState.OTHER, f"the name of a parameter of `{called}`, which this program defines"
    return OccurrenceState.NAME_ONLY, f"the name of an argument of `{called}`, whose use of it is unknown"
