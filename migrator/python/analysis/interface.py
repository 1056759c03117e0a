"""Declare the evaluator as its parts see it.

Every part of the evaluator calls back into it, so that importing `evaluator.py` from a part would close a circle. The
parts import this file; `evaluator.py` alone imports the parts.
"""

from __future__ import annotations

import ast
from typing import Protocol

from migrator.python.analysis.memo import Memo
from migrator.python.analysis.module import Module
from migrator.python.analysis.project import Project
from migrator.python.analysis.scopes import Binding, Function, Step
from migrator.python.analysis.values import Callable, Class, Item, Spot, Value, Values
from migrator.rules.table import Client


class Evaluator(Protocol):
    """Evaluate expressions on demand, across names, attributes, calls and modules.

    `clients` are the client classes that are known by their dotted names, and the functions that return instances.
    `sites` are the known call sites of each function, `constructor_calls` the known calls of each class.
    `decorated_functions`, `stored_entries` and `parameters_without_marker` are caches that `decorators`,
    `dict_entries` and `call_strings` keep for one evaluator.
    """

    project: Project
    clients: tuple[Client, ...]
    memo: Memo
    sites: dict[Function, list[tuple[Callable, Spot]]]
    made: dict[ast.AST, list[Spot]]
    decorated: dict[Binding, list[Callable]] | None
    growth: dict[Module, dict[Spot, list[tuple[str | None, ast.expr]]]]
    barren: dict[tuple[str, ...], set[Item]]

    def eval(self, module: Module, node: ast.expr) -> Values:
        """Return the alternatives for an expression; none when nothing is known of it."""

    def step(self, value: Value, step: Step) -> Values:
        """Return the alternatives for an entry or element of a value; for EACH, every element."""

    def walk(self, value: Value, path: tuple[Step, ...]) -> Values:
        """Return the alternatives for what a path leads to inside a value."""

    def members(self, value: Value) -> Values:
        """Return the values of a dict, the elements of any other value."""

    def passed(self, value: Item) -> list[tuple[Spot, Value]]:
        """Return the values that callers pass for a parameter, each with the call."""

    def is_client(self, dotted: str) -> bool:
        """Return True if a dotted name is that of a known client class."""

    def subclasses(self, cls: Class) -> tuple[Class, ...]:
        """Return the classes of the loaded modules that derive from a class."""

    def home(self, binding: Binding) -> Module | None:
        """Return the module that contains a binding."""
