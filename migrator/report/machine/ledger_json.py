"""Format the ledger as a JSON value, and return the schema of that value, a part of the report's schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from migrator.findings.ledger import OccurrenceState

if TYPE_CHECKING:
    from migrator.findings.ledger import FileAccount, Ledger


def ledger_document(ledger: Ledger, files: bool) -> dict[str, Any]:
    """Return the ledger as a JSON value; `files` lists every occurrence."""
    return {
        "total": ledger.total,
        "counted": ledger.counted,
        "states": _state_counts(ledger.count_states()),
        "names": [{"name": name, **_state_counts(states)} for name, states in ledger.count_states_by_name().items()],
        "files": [_file_occurrences(file) for file in ledger.files] if files else None,
    }


def ledger_schema() -> dict[str, Any]:
    """Return the schema of the JSON value."""
    states = {state.value: {"type": "integer", "minimum": 0} for state in OccurrenceState}
    place = {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}
    occurrence = _object_of(
        name={"type": "string"},
        **place,
        state={"enum": list(states)},
        reason={"type": "string"},
        rule={"type": ["string", "null"]},
    )
    file = _object_of(path={"type": "string"}, occurrences={"type": "array", "items": occurrence})
    return _object_of(
        total={"type": "integer", "minimum": 0},
        counted={"type": "integer", "minimum": 0, "description": "The total, counted independently."},
        states=_object_of(**states),
        names={"type": "array", "items": _object_of(name={"type": "string"}, **states)},
        files={"type": ["array", "null"], "items": file, "description": "With --ledger only."},
    )


def _state_counts(states: Mapping[OccurrenceState, int]) -> dict[str, int]:
    return {state.value: number for state, number in states.items()}


def _file_occurrences(file: FileAccount) -> dict[str, Any]:
    return {"path": file.path, "occurrences": [each.as_json() for each in file.occurrences]}


def _object_of(**properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
