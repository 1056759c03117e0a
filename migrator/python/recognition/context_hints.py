"""Weaker evidence for a module: words that hint at the API, marks of a similar API, and the modules it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from copy import copy

from migrator.matching.urls import Trust
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.recognition.claims import Strength
from migrator.python.source.syntax import path_names
from migrator.rules.table import Api

_SHOWS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log", "print", "warn", "echo"})

#: Calls that declare routes and commands of the program.
_OWN = frozenset(
    "route group command add_argument add_parser add_url_rule add_api_route add_route add_get add_post path re_path"  # noqa: SIM905
    " url_for reverse redirect Route Mount include_router register_blueprint".split()
)


class Surroundings:
    """The hints of each module: its own words, and the modules that it imports or that import it."""

    def __init__(self, api: Api, project: Project, modules: list[Module]) -> None:
        self.api = api
        self.imports = {module: project.imports(module) for module in modules}
        self.speaking: frozenset[Module] = frozenset()
        self._words: dict[Module, str | None] = {}
        marked = {m for m in modules if any(mark in m.source.text for mark in api.foreign)}
        self.foreign = marked | {m for m, inner in self.imports.items() if inner & marked}
        self.foreign |= {inner for module in marked for inner in self.imports[module]}

    def with_callers(self, modules: Iterable[Module]) -> Surroundings:
        """Return the same hints, with the modules that are known to call the API."""
        hints = copy(self)
        hints.speaking = frozenset(modules)
        return hints

    def hint(self, module: Module) -> str | None:
        """Return the hint that a module is about the API: a word of the API, or an import of a module that calls it."""
        if module not in self._words:
            words = self.api.words
            self._words[module] = next((w for w in words if w in module.lowered and w in module.words), None)
        word = self._words[module]
        if word is not None:
            return f"{module.path} mentions {word!r}"
        near = next((inner for inner in self.imports.get(module, ()) if inner in self.speaking), None)
        return f"the module imports {near.path}, which calls the API" if near is not None else None

    def strength_of(self, trust: Trust, module: Module) -> Strength | None:
        """Return the strength of a URL: a known host is proof, a path alone counts only together with a hint."""
        if trust is Trust.CERTAIN:
            return Strength.STRONG
        return Strength.WEAK if self.hint(module) else None


def is_shown(node: ast.AST | None) -> bool:
    """Return whether a call only logs or prints its arguments."""
    return isinstance(node, ast.Call) and path_names(node)[-1:] != () and path_names(node)[-1] in _SHOWS


def is_own(module: Module, node: ast.AST) -> bool:
    """Return whether a string is an argument of a call or a decorator that declares routes, commands and the like."""
    call = module.parents.get(node)
    if not isinstance(call, ast.Call):
        return False
    called = path_names(call)[-1:] or ("",)
    return called[0] in _OWN or call in getattr(module.parents.get(call), "decorator_list", ())


def is_docstring(module: Module, node: ast.AST) -> bool:
    """Return whether a string is a statement of its own."""
    return isinstance(module.parents.get(node), ast.Expr)


def on_purpose(module: Module, node: ast.AST, old: str, new: str) -> bool:
    """Return whether the code around a call handles both names: a fallback, or a choice between versions."""
    inner: ast.AST = node
    outer = module.parents.get(node)
    while outer is not None and not isinstance(
        outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
    ):
        match outer:
            case ast.Try(body=body, handlers=handlers) if inner in body or inner in handlers:
                others: list[ast.AST] = [*handlers] if inner in body else [*body]
                if _names(others, new) or (inner in body and _catches_missing(handlers)):
                    return True
            case ast.If(test=test, body=body, orelse=orelse) if inner is not test:
                others = [*orelse] if inner in body else [*body]
                if _names(others, new) or _names([test], old) or _names([test], new):
                    return True
            case ast.IfExp(test=test, body=one, orelse=other) if inner is not test:
                if _names([other if inner is one else one], new) or _names([test], old):
                    return True
            case ast.BoolOp(values=values) if _names([value for value in values if value is not inner], new):
                return True
        inner, outer = outer, module.parents.get(outer)
    return _beside_return(inner, outer, new)


def _beside_return(inner: ast.AST, outer: ast.AST | None, new: str) -> bool:
    """Return whether ``if old_version: return old()`` is followed by ``return new()``, which is a choice as well."""
    body = getattr(outer, "body", [])
    if not (isinstance(inner, ast.If) and inner in body and isinstance(inner.body[-1], (ast.Return, ast.Raise))):
        return False
    return _names(body[body.index(inner) + 1 :], new) and any("version" in ast.unparse(n).lower() for n in [inner.test])


def _catches_missing(handlers: list[ast.ExceptHandler]) -> bool:
    return any(handler.type is not None and "AttributeError" in ast.unparse(handler.type) for handler in handlers)


def _names(nodes: list[ast.AST], name: str) -> bool:
    for node in nodes:
        for inner in ast.walk(node):
            match inner:
                case ast.Attribute(attr=found) | ast.Constant(value=str(found)) if found == name:
                    return True
    return False
