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
from migrator.python.analysis.scopes import Binding, Function, PathStep
from migrator.python.analysis.values import ClassValue, FunctionValue, ModuleNode, Reference, Value, Values
from migrator.rules.table import ApiClient


class Evaluator(Protocol):
    """Evaluate expressions on demand, across names, attributes, calls and modules.

    `clients` are the client classes that are known by their dotted names, and the functions that return instances.
    `call_sites` are the known call sites of each function, `constructor_calls` the known calls of each class.
    `decorated_functions`, `stored_entries` and `parameters_without_marker` are caches that `decorators`,
    `dict_entries` and `call_strings` keep for one evaluator.
    """

    project: Project
    clients: tuple[ApiClient, ...]
    memo: Memo
    call_sites: dict[Function, list[tuple[FunctionValue, ModuleNode]]]
    constructor_calls: dict[ast.AST, list[ModuleNode]]
    decorated_functions: dict[Binding, list[FunctionValue]] | None
    stored_entries: dict[Module, dict[ModuleNode, list[tuple[str | None, ast.expr]]]]
    parameters_without_marker: dict[tuple[str, ...], set[Reference]]

    def eval(self, module: Module, node: ast.expr) -> Values:
        """Return the alternatives for an expression; none when nothing is known of it."""

    def step_into(self, value: Value, step: PathStep) -> Values:
        """Return the alternatives for an entry or element of a value; for EACH, every element."""

    def follow_path(self, value: Value, path: tuple[PathStep, ...]) -> Values:
        """Return the alternatives for what a path leads to inside a value."""

    def list_members(self, value: Value) -> Values:
        """Return the values of a dict, the elements of any other value."""

    def passed_values(self, value: Reference) -> list[tuple[ModuleNode, Value]]:
        """Return the values that callers pass for a parameter, each with the call."""

    def is_client(self, dotted: str) -> bool:
        """Return True if a dotted name is that of a known client class."""

    def find_subclasses(self, cls: ClassValue) -> tuple[ClassValue, ...]:
        """Return the classes of the loaded modules that derive from a class."""

    def module_of(self, binding: Binding) -> Module | None:
        """Return the module that contains a binding."""
