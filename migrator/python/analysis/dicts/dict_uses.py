"""Find what else uses a dict: a key may be removed only where nothing else reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding
from migrator.python.analysis.values import ModuleNode
from migrator.python.source.syntax import dotted_names

#: The methods of the loggers of `logging`, loguru and structlog, and what programs call such a logger.
_LOGS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "log", "trace", "success"})
_LOGGERS = frozenset({"log", "logger", "logging"})


def find_other_uses(
    ev: Evaluator, module: Module, binding: Binding, calls: frozenset[ast.AST], seen: set[Binding] | None = None
) -> Iterator[ModuleNode]:
    """Yield the uses of the value of a binding other than the given calls, directly or through other names.

    A print or a log is no use.
    """
    seen = set() if seen is None else seen
    if binding in seen:
        return
    seen.add(binding)
    if binding.scope is module.scopes.module:
        yield from _find_imports(ev, module, binding.name)
    if binding.scope is module.scopes.module or binding.scope.is_class:
        yield from _find_attribute_reads(ev, binding.name, calls)
    for load in module.find_loads(binding):
        yield from _find_uses_of_load(ev, module, load, calls, seen)
    for target in module.augmented_names.get(binding.name, ()):
        grown = module.scopes.at.get((target, binding.name))
        if grown is not None and grown.scope is binding.scope:
            yield from find_other_uses(ev, module, grown, calls, seen)


def is_within_calls(module: Module, node: ast.AST, calls: frozenset[ast.AST]) -> bool:
    """Return True if a node is part of one of the calls."""
    current: ast.AST | None = node
    while current is not None:
        if current in calls:
            return True
        current = module.parents.get(current)
    return False


def _find_uses_of_load(
    ev: Evaluator, module: Module, load: ast.Name, calls: frozenset[ast.AST], seen: set[Binding]
) -> Iterator[ModuleNode]:
    if is_within_calls(module, load, calls):
        return
    statement = module.enclosing_statement(load)
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name() as target)]) if target is load:
            return
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as target, attr="update" | "setdefault"))) if (
            target is load
        ):
            return
        case ast.Expr(value=ast.Call() as call) if _only_shows(module, call, load):
            return
        case ast.Assign(targets=[ast.Name(id=name) as target]) if inner := module.scopes.at.get((target, name)):
            yield from find_other_uses(ev, module, inner, calls, seen)
            return
    yield ModuleNode(module, load)


def _only_shows(module: Module, call: ast.Call, load: ast.Name) -> bool:
    """Return whether a statement only prints or logs a dict: as it is, in an f-string or with ``%``."""
    names = dotted_names(call)
    if names != ("print",) and not (
        len(names) > 1 and names[-1] in _LOGS and names[-2].lower().lstrip("_") in _LOGGERS
    ):
        return False
    shown: ast.AST = load
    while (above := module.parents.get(shown)) is not call:
        if not isinstance(above, (ast.JoinedStr, ast.FormattedValue, ast.keyword)):
            return False
        shown = above
    return shown is not call.func


def _find_imports(ev: Evaluator, module: Module, name: str) -> Iterator[ModuleNode]:
    for other in ev.project.loaded_modules():
        for node in other.tree.body if other is not module else ():
            match node:
                case ast.ImportFrom(module=home, names=aliases, level=level) if {a.name for a in aliases} & {name, "*"}:
                    if ev.project.find_module(home or "", other, level) is module:
                        yield ModuleNode(other, node)


def _find_attribute_reads(ev: Evaluator, name: str, calls: frozenset[ast.AST]) -> Iterator[ModuleNode]:
    """Yield the attributes of this name that are read outside the calls."""
    for other in ev.project.loaded_modules():
        for node in other.attributes.get(name, ()):
            if not is_within_calls(other, node, calls):
                yield ModuleNode(other, node)
