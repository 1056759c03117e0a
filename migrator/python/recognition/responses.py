"""Recognise responses of the API by following an expression back to the call that fetched it."""

from __future__ import annotations

import ast

from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import BindingKind
from migrator.python.analysis.values import ANY_ELEMENT, FunctionValue

ResponsePath = tuple[str, tuple[str, ...]]
#: Each step of an expression counts: a response that is unpacked in several lines and returned by two helpers takes
#: about ten. A longer way ends without a verdict; the names behind it are mentions, or listed in the ledger.
_DEPTH = 12
_THROUGH = ("json", "result")


class ResponseTracer:
    """The calls that fetch something, each with the method that it calls."""

    def __init__(self, ev: Evaluator, words: Vocabulary, fetched: dict[ast.AST, str]) -> None:
        self.ev, self.words, self.fetched = ev, words, fetched
        self._traced: dict[ast.expr, ResponsePath | None] = {}

    def trace_response(self, module: Module, node: ast.expr, depth: int = _DEPTH) -> ResponsePath | None:
        """Return the method whose response an expression is part of, and the path inside the response."""
        if not depth or not self.fetched:
            return None
        if node not in self._traced:
            self._traced[node] = None
            self._traced[node] = self._trace_expression(module, node, depth)
        return self._traced[node]

    def _trace_expression(self, module: Module, node: ast.expr, depth: int) -> ResponsePath | None:
        match node:
            case ast.Call() if node in self.fetched:
                return self.fetched[node], ()
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[ast.Constant(value=str(key)), *_]):
                return _append_key(self.trace_response(module, base, depth - 1), key)
            case ast.Call(func=ast.Attribute(value=base, attr=attr)) if attr in _THROUGH:
                return self.trace_response(module, base, depth - 1)
            case ast.Call(func=ast.Name(id="list" | "sorted" | "iter" | "next"), args=[base, *_]):
                return self.trace_response(module, base, depth - 1)
            case ast.Call():
                return self._trace_call(module, node, depth)
            case ast.Await(value=base) | ast.NamedExpr(value=base):
                return self.trace_response(module, base, depth - 1)
            case ast.Subscript(value=base, slice=ast.Constant(value=key)):
                return _append_key(
                    self.trace_response(module, base, depth - 1), key if isinstance(key, str) else ANY_ELEMENT
                )
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                return self.trace_response(module, element, depth - 1)
            case ast.Name():
                return self._trace_name(module, node, depth)
        return None

    def _trace_name(self, module: Module, node: ast.Name, depth: int) -> ResponsePath | None:
        for binding in module.find_bindings(node):
            if binding.kind is BindingKind.VALUE and binding.value is not None:
                found = self.trace_response(module, binding.value, depth - 1)
                if found is not None:
                    steps = (step if isinstance(step, str) else ANY_ELEMENT for step in binding.path)
                    return found[0], (*found[1], *steps)
        return None

    def _trace_call(self, module: Module, node: ast.Call, depth: int) -> ResponsePath | None:
        for value in self.ev.eval(module, node.func):
            if isinstance(value, FunctionValue) and not isinstance(value.node, ast.Lambda):
                for inner in value.module.own_nodes(value.node):
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        found = self.trace_response(value.module, inner.value, depth - 1)
                        if found is not None:
                            return found
        return None


def _append_key(found: ResponsePath | None, key: str) -> ResponsePath | None:
    return None if found is None else (found[0], (*found[1], key))
