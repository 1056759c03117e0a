"""Format the ledger as a JSON value, and return the schema of that value, a part of the report's schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from migrator.findings.ledger import State

if TYPE_CHECKING:
    from migrator.findings.ledger import Account, Ledger


def ledger_document(ledger: Ledger, files: bool) -> dict[str, Any]:
    """Return the ledger as a JSON value; `files` lists every occurrence."""
    return {
        "total": ledger.total,
        "counted": ledger.counted,
        "states": _numbers(ledger.states()),
        "names": [{"name": name, **_numbers(states)} for name, states in ledger.by_name().items()],
        "files": [_file(file) for file in ledger.files] if files else None,
    }


def ledger_schema() -> dict[str, Any]:
    """Return the schema of the JSON value."""
    states = {state.value: {"type": "integer", "minimum": 0} for state in State}
    place = {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}
    occurrence = _object(
        name={"type": "string"},
        **place,
        state={"enum": list(states)},
        reason={"type": "string"},
        rule={"type": ["string", "null"]},
    )
    file = _object(path={"type": "string"}, occurrences={"type": "array", "items": occurrence})
    return _object(
        total={"type": "integer", "minimum": 0},
        counted={"type": "integer", "minimum": 0, "description": "The total, counted independently."},
        states=_object(**states),
        names={"type": "array", "items": _object(name={"type": "string"}, **states)},
        files={"type": ["array", "null"], "items": file, "description": "With --ledger only."},
    )


def _numbers(states: Mapping[State, int]) -> dict[str, int]:
    return {state.value: number for state, number in states.items()}


def _file(file: Account) -> dict[str, Any]:
    return {"path": file.path, "occurrences": [each.as_json() for each in file.occurrences]}


def _object(**properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
