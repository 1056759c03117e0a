"""Find the keys under which one table is written or looked up anywhere in a program."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.analysis.values import CollectionValue, Display, Reference


class TableUses:
    """Collects the uses of tables in modules once; of lookups, only those under one of the names."""

    def __init__(self, ev: Evaluator, modules: Sequence[Module], names: frozenset[str]) -> None:
        self.ev, self.modules, self.names = ev, modules, names
        self._used: dict[object, list[tuple[Module, ast.expr]]] | None = None

    def find_keys_elsewhere(self, module: Module, base: ast.expr) -> list[tuple[Module, ast.expr]]:
        """Return the keys under which the same table is written or looked up, in any module."""
        if self._used is None:
            self._used = {}
            for other in self.modules:
                for target, key in filter(None, (self._find_table_use(node) for node in other.nodes)):
                    for table in set(self._find_identities(other, target)):
                        self._used.setdefault(table, []).append((other, key))
        tables = dict.fromkeys(self._find_identities(module, base))
        return list(dict.fromkeys(used for table in tables for used in self._used.get(table, ())))

    def _find_table_use(self, node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
        """Return the table that a node writes to, or in which it looks up a known name, and the key."""
        match node:
            case ast.Subscript(value=target, slice=ast.Constant(value=str(name)) as key) if name in self.names:
                return target, key
            case ast.Call(func=ast.Attribute(value=target, attr="get" | "pop"), args=[ast.Constant() as key, *_]):
                return (target, key) if key.value in self.names else None
        return _find_stored_key(node)

    def _find_identities(self, module: Module, node: ast.expr) -> list[object]:
        found: list[object] = []
        for value in self.ev.eval(module, node):
            match value:
                case Display(origin=spot):
                    found.append(spot)
                case Reference() | CollectionValue():
                    found.append(value)
                case _ if (root := getattr(value, "root", None)) is not None:
                    found.append(root)
        return found


def _find_stored_key(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """Return the table that a node writes to, and the key."""
    match node:
        case ast.Subscript(value=target, slice=key, ctx=ast.Store()):
            return target, key
        case ast.Call(func=ast.Attribute(value=ast.Subscript(value=target, slice=key), attr="append" | "add")):
            return target, key
        case ast.Call(func=ast.Attribute(value=target, attr="setdefault" | "update"), args=[key, *_]):
            return target, key
    return None
