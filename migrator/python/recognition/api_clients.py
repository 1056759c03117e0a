"""Recognise client objects of the API by their class, or by one that it derives from."""

from __future__ import annotations

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import Class, External, Instance, Made, Spot, Value
from migrator.rules.table import Client


def known_clients(clients: tuple[Client, ...], named: tuple[str, ...]) -> tuple[Client, ...]:
    """Return the clients of the table and those that the user names as ``package.module:Class``."""
    return (*clients, *(Client((name.replace(":", "."),), ("get_client",), "version", "payload") for name in named))


def client_of(ev: Evaluator, value: Value) -> tuple[Client, str] | None:
    """Return the client that a value is, or whose class it is, with its dotted name."""
    match value:
        case Made(dotted=dotted) | External(dotted=dotted):
            names = [dotted]
        case Instance() | Class():
            cls = value.cls if isinstance(value, Instance) else value
            names = [b.dotted if isinstance(b, External) else _dotted(b) for b in classes.lineage(ev, cls)]
        case _:
            return None
    for name in names:
        for client in ev.clients:
            if client.matches(name) or any(name.endswith(f".{pattern}") for pattern in client.classes):
                return client, name
    return None


def defined_here(ev: Evaluator, value: Value, method: str) -> bool:
    """Return whether the scanned code defines the method itself, in a class that derives from no outside client."""
    if not isinstance(value, (Instance, Class)):
        return False
    cls = value.cls if isinstance(value, Instance) else value
    outside = [base for base in classes.lineage(ev, cls) if isinstance(base, External)]
    if any(client_of(ev, base) for base in outside):
        return False
    return classes.method(ev, value, method) is not None


def made_at(value: Value) -> str:
    """Describe for the evidence where an object is created."""
    call: Spot | None = value.call if isinstance(value, (Made, Instance)) else None
    return f", created at {call}" if call else ""


def _dotted(cls: Class) -> str:
    folder = cls.module.path.replace("\\", "/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{folder}.{cls.node.name}"
