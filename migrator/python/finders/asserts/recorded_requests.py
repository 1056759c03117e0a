"""Recognise requests that a mock, a fake or a transport has recorded, as tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import BindingKind

#: Attributes under which unittest.mock, responses, respx, requests-mock, pytest-httpx and aioresponses keep requests.
_RECORDS = frozenset(
    [
        "last_request",
        "request_history",
        "last_call",
        "calls",
        "get_request",
        "get_requests",
        "call_args",
        "call_args_list",
        "await_args",
        "await_args_list",
        "mock_calls",
    ]
)
#: Parameters of a fake that hold what is sent, and the attributes of a request that do.
_SENT = frozenset({"json", "body", "data", "payload", "content", "kwargs", "request"})
#: A recorded request has two or three names in a test before a key is read off it; behind a fourth it is not followed.
_DEPTH = 3


def is_recorded(module: Module, node: ast.expr, depth: int = _DEPTH) -> bool:
    """Return whether an expression is a recorded request or a part of one."""
    return any(_is_record(module, inner, depth) for inner in _iter_chain(node))


def _iter_chain(node: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression and what it is read off: of ``json.loads(x.content)["a"]`` also ``x.content`` and ``x``."""
    todo: list[ast.expr] = [node]
    while todo:
        current = todo.pop()
        yield current
        match current:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Await(value=inner):
                todo.append(inner)
            case ast.Call(func=called, args=arguments):
                todo += [called, *arguments[:1]]


def _is_record(module: Module, node: ast.expr, depth: int) -> bool:
    match node:
        case ast.Attribute(attr=name) if name in _RECORDS:
            return True
        case ast.Attribute(attr=name) if depth:
            return any(is_recorded(module, kept, depth - 1) for kept in _find_appended(module, name))
        case ast.Name(id=name) if depth:
            bindings = module.find_bindings(node)
            if any(binding.kind is BindingKind.PARAMETER for binding in bindings):
                return name in _SENT
            kept = [binding.value for binding in bindings if binding.value is not None]
            return any(is_recorded(module, each, depth - 1) for each in (*kept, *_find_appended(module, name)))
    return False


def _find_appended(module: Module, name: str) -> Iterator[ast.expr]:
    """Yield what is appended to a list of this name, alone or as elements of a tuple."""
    for call in module.calls.get("append", ()):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner)), args=[kept]):
                if owner == name:
                    yield from kept.elts if isinstance(kept, ast.Tuple) else [kept]
