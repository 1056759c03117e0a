"""What a module says about the API besides the places themselves: words that hint, marks of a neighbouring API."""

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

#: Calls whose arguments are routes and commands of the user's own.
_OWN = frozenset(
    "route group command add_argument add_parser add_url_rule add_api_route add_route add_get add_post path re_path"  # noqa: SIM905
    " url_for reverse redirect Route Mount include_router register_blueprint".split()
)


class Surroundings:
    """What is said around a place: by its module, and by the modules that it imports or that import it."""

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
        """Why a module may be about the API: a word in a name, an import or a string, or a module that it imports."""
        if module not in self._words:
            words = self.api.words
            self._words[module] = next((w for w in words if w in module.lowered and w in module.words), None)
        word = self._words[module]
        if word is not None:
            return f"{module.path} says {word!r}"
        near = next((inner for inner in self.imports.get(module, ()) if inner in self.speaking), None)
        return f"the module imports {near.path}, which calls the API" if near is not None else None

    def strength_of(self, trust: Trust, module: Module) -> Strength | None:
        """A URL on a host of the API is proof; without a known host, the path counts only together with a hint."""
        if trust is Trust.CERTAIN:
            return Strength.STRONG
        return Strength.WEAK if self.hint(module) else None


def is_shown(node: ast.AST | None) -> bool:
    """Whether a call only shows its arguments to people."""
    return isinstance(node, ast.Call) and path_names(node)[-1:] != () and path_names(node)[-1] in _SHOWS


def is_own(module: Module, node: ast.AST) -> bool:
    """Whether a string is an argument of a call, or of a decorator, that gives names of the user's own."""
    call = module.parents.get(node)
    if not isinstance(call, ast.Call):
        return False
    called = path_names(call)[-1:] or ("",)
    return called[0] in _OWN or call in getattr(module.parents.get(call), "decorator_list", ())


def is_docstring(module: Module, node: ast.AST) -> bool:
    """Whether a string stands alone as a statement."""
    return isinstance(module.parents.get(node), ast.Expr)


def on_purpose(module: Module, node: ast.AST, old: str, new: str) -> bool:
    """Whether the code around a call handles both names: a fallback, or a choice between versions."""
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
    """``if old world: return old()`` followed by ``return new()`` is a choice as well."""
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
