"""Recognise client objects of the API by their class, or by one that it derives from."""

from __future__ import annotations

import ast

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import ClassValue, ExternalName, ExternalObject, Instance, ModuleNode, Value
from migrator.rules.table import ApiClient


def known_clients(clients: tuple[ApiClient, ...], named: tuple[str, ...]) -> tuple[ApiClient, ...]:
    """Return the clients of the table and those that the user names as ``package.module:Class``."""
    return (*clients, *(ApiClient((name.replace(":", "."),), ("get_client",), "version", "payload") for name in named))


def find_client(ev: Evaluator, value: Value) -> tuple[ApiClient, str] | None:
    """Return the client that a value is, or whose class it is, with its dotted name."""
    match value:
        case ExternalObject(dotted=dotted) | ExternalName(dotted=dotted):
            names = [dotted]
        case Instance() | ClassValue():
            cls = value.cls if isinstance(value, Instance) else value
            names = [
                b.dotted if isinstance(b, ExternalName) else _dotted_name(b) for b in classes.resolve_lineage(ev, cls)
            ]
        case _:
            return None
    for name in names:
        for client in ev.clients:
            if client.matches(name) or any(name.endswith(f".{pattern}") for pattern in client.classes):
                return client, name
    return None


def is_defined_here(ev: Evaluator, value: Value, method: str) -> bool:
    """Return whether the scanned code defines the method itself, in a class that derives from no outside client."""
    if not isinstance(value, (Instance, ClassValue)):
        return False
    cls = value.cls if isinstance(value, Instance) else value
    outside = [base for base in classes.resolve_lineage(ev, cls) if isinstance(base, ExternalName)]
    if any(find_client(ev, base) for base in outside):
        return False
    return classes.find_method(ev, value, method) is not None


def is_passed_on(ev: Evaluator, value: Value, method: str) -> bool:
    """Return whether a class of the scanned code overrides a method of a client and calls that in it.

    What such a call sends is what the override passes on.
    """
    if not isinstance(value, (Instance, ClassValue)):
        return False
    override = classes.find_method(ev, value, method)
    nodes = ast.walk(override.node) if override is not None else ()
    calls = (node.func for node in nodes if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Attribute) and called.attr == method for called in calls)


def describe_creation(value: Value) -> str:
    """Describe for the evidence where an object is created."""
    call: ModuleNode | None = value.call if isinstance(value, (ExternalObject, Instance)) else None
    return f", constructed at {call}" if call else ""


def _dotted_name(cls: ClassValue) -> str:
    folder = cls.module.path.replace("\\", "/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{folder}.{cls.node.name}"
