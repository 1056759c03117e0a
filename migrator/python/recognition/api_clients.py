"""Which objects are clients of the API: made by a class that the table or the user names, or by one derived from it."""

from __future__ import annotations

from migrator.python.analysis import classes
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.values import Class, External, Instance, Made, Spot, Value
from migrator.rules.table import Client


def known_clients(clients: tuple[Client, ...], named: tuple[str, ...]) -> tuple[Client, ...]:
    """The clients of the table and those that the user names as ``package.module:Class``."""
    return (*clients, *(Client((name.replace(":", "."),), ("get_client",), "version", "payload") for name in named))


def client_of(ev: Evaluator, value: Value) -> tuple[Client, str] | None:
    """The client that a value is, or is the class of, and its dotted name."""
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
    """Whether the scanned code itself defines the method, without a client outside it from which it came."""
    if not isinstance(value, (Instance, Class)):
        return False
    cls = value.cls if isinstance(value, Instance) else value
    outside = [base for base in classes.lineage(ev, cls) if isinstance(base, External)]
    if any(client_of(ev, base) for base in outside):
        return False
    return classes.method(ev, value, method) is not None


def made_at(value: Value) -> str:
    """Where an object comes from, for the evidence."""
    call: Spot | None = value.call if isinstance(value, (Made, Instance)) else None
    return f", made at {call}" if call else ""


def _dotted(cls: Class) -> str:
    folder = cls.module.path.replace("\\", "/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{folder}.{cls.node.name}"
