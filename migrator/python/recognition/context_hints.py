"""Weaker evidence for a module: words that hint at the API, marks of a similar API, and the modules it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from copy import copy

from migrator.matching.urls import HostTrust
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.recognition.claims import EvidenceStrength
from migrator.python.source.syntax import dotted_names
from migrator.rules.table import Api

_LOG_CALLS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log", "print", "warn", "echo"})

#: Calls that declare routes and commands of the program.
_DECLARING_CALLS = frozenset(
    "route group command add_argument add_parser add_url_rule add_api_route add_route add_get add_post path re_path"  # noqa: SIM905
    " url_for reverse redirect Route Mount include_router register_blueprint".split()
)


class ModuleHints:
    """The hints of each module: its own words, and the modules that it imports or that import it."""

    def __init__(self, api: Api, project: Project, modules: list[Module]) -> None:
        self.api = api
        self.imports = {module: project.imported_modules(module) for module in modules}
        self.api_callers: frozenset[Module] = frozenset()
        self._words: dict[Module, str | None] = {}
        marked = {m for m in modules if any(mark in m.source.text for mark in api.foreign)}
        self.foreign = marked | {m for m, inner in self.imports.items() if inner & marked}
        self.foreign |= {inner for module in marked for inner in self.imports[module]}

    def with_callers(self, modules: Iterable[Module]) -> ModuleHints:
        """Return the same hints, with the modules that are known to call the API."""
        hints = copy(self)
        hints.api_callers = frozenset(modules)
        return hints

    def find_hint(self, module: Module) -> str | None:
        """Return the hint that a module is about the API: a word of the API, or an import of a module that calls it."""
        if module not in self._words:
            words = self.api.words
            self._words[module] = next((w for w in words if _contains_hint(module, w)), None)
        word = self._words[module]
        if word is not None:
            return f"{module.path} mentions {word!r}"
        near = next((inner for inner in self.imports.get(module, ()) if inner in self.api_callers), None)
        return f"the module imports {near.path}, which calls the API" if near is not None else None

    def judge_url(self, trust: HostTrust, module: Module) -> EvidenceStrength | None:
        """Return the strength of a URL: a known host is proof, a path alone counts only together with a hint."""
        if trust is HostTrust.CERTAIN:
            return EvidenceStrength.STRONG
        return EvidenceStrength.WEAK if self.find_hint(module) else None


def _contains_hint(module: Module, word: str) -> bool:
    """Return whether a name, import or string of a module contains a word; the name of the user's package is none."""
    if word not in module.lowercase_text or word not in module.lowercase_words:
        return False
    own = {name for each in _imported_packages(module) for name in _own_names(each.lower(), word)}
    return not own or any(word in line for line in module.lowercase_words.split("\n") if line not in own)


def _imported_packages(module: Module) -> Iterator[str]:
    """Yield the dotted names of the modules that a module imports absolutely."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _own_names(dotted: str, word: str) -> tuple[str, ...]:
    """Return the names of a package that is called after a word but is not the API's, such as ``livechat_bot``."""
    package, _, inner = dotted.partition(".")
    return (dotted, package) if word in package and word != package and word not in inner else ()


def is_logged(node: ast.AST | None) -> bool:
    """Return whether a call only logs or prints its arguments."""
    return isinstance(node, ast.Call) and dotted_names(node)[-1:] != () and dotted_names(node)[-1] in _LOG_CALLS


def is_declared_name(module: Module, node: ast.AST) -> bool:
    """Return whether a string is an argument of a call or a decorator that declares routes, commands and the like."""
    call = module.parents.get(node)
    if not isinstance(call, ast.Call):
        return False
    called = dotted_names(call)[-1:] or ("",)
    return called[0] in _DECLARING_CALLS or call in getattr(module.parents.get(call), "decorator_list", ())


def is_docstring(module: Module, node: ast.AST) -> bool:
    """Return whether a string is a statement of its own."""
    return isinstance(module.parents.get(node), ast.Expr)


def handles_both_names(module: Module, node: ast.AST, old: str, new: str) -> bool:
    """Return whether the code around a call handles both names: a fallback, or a choice between versions."""
    inner: ast.AST = node
    outer = module.parents.get(node)
    while outer is not None and not isinstance(
        outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
    ):
        match outer:
            case ast.Try(body=body, handlers=handlers) if inner in body or inner in handlers:
                others: list[ast.AST] = [*handlers] if inner in body else [*body]
                if contains_name(others, new) or (inner in body and _catches_missing(handlers)):
                    return True
            case ast.If(test=test, body=body, orelse=orelse) if inner is not test:
                others = [*orelse] if inner in body else [*body]
                if contains_name(others, new) or contains_name([test], old) or contains_name([test], new):
                    return True
            case ast.IfExp(test=test, body=one, orelse=other) if inner is not test:
                if contains_name([other if inner is one else one], new) or contains_name([test], old):
                    return True
            case ast.BoolOp(values=values) if contains_name([value for value in values if value is not inner], new):
                return True
        inner, outer = outer, module.parents.get(outer)
    return _beside_return(inner, outer, new)


def _beside_return(inner: ast.AST, outer: ast.AST | None, new: str) -> bool:
    """Return whether ``if old_version: return old()`` is followed by ``return new()``, which is a choice as well."""
    body = getattr(outer, "body", [])
    if not (isinstance(inner, ast.If) and inner in body and isinstance(inner.body[-1], (ast.Return, ast.Raise))):
        return False
    return contains_name(body[body.index(inner) + 1 :], new) and any(
        "version" in ast.unparse(n).lower() for n in [inner.test]
    )


def _catches_missing(handlers: list[ast.ExceptHandler]) -> bool:
    return any(handler.type is not None and "AttributeError" in ast.unparse(handler.type) for handler in handlers)


def contains_name(nodes: list[ast.AST], name: str) -> bool:
    """Return whether an attribute or string of this name occurs below the nodes."""
    for node in nodes:
        for inner in ast.walk(node):
            match inner:
                case ast.Attribute(attr=found) | ast.Constant(value=str(found)) if found == name:
                    return True
    return False
