"""The ledger told: to people as a table, to machines as a JSON value whose schema is part of the report's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from migrator.findings.ledger import State
from migrator.report.text.colors import Paint
from migrator.report.text.components import plural

if TYPE_CHECKING:
    from migrator.findings.ledger import Account, Ledger

#: The title of the column of each state, and what the state says.
_TOLD = {
    State.EDITED: ("edited", "rewritten, or would be with --write"),
    State.MANUAL: ("manual", "found, and left for a person"),
    State.SUPPRESSED: ("suppressed", "found, and a comment asks to leave it alone"),
    State.COMMENT: ("comment", "in a comment or a docstring"),
    State.LONGER: ("longer", "a part of a longer name or word"),
    State.OTHER: ("other", "shown to be something else"),
    State.NAME_ONLY: ("name only", "nothing shows that it is the API's, and nothing that it is not"),
    State.UNREAD: ("unread", "in a file that could not be read"),
}


def ledger_text(ledger: Ledger, paint: Paint) -> Iterator[str]:
    """One line for each name that occurs: how often in each state, and in all."""
    files = plural(len(ledger.files), "file")
    yield f"\n{paint('Ledger', bold=True)}: {plural(ledger.total, 'occurrence')} of old names in {files}.\n"
    if not ledger.total:
        return
    states = [state for state, number in ledger.states().items() if number]
    yield paint("".join(f"{_TOLD[state][0]:>12}" for state in states) + f"{'all':>8}  name", bold=True) + "\n"
    for name, numbers in ledger.by_name().items():
        if any(numbers.values()):
            yield _row(numbers, states, name)
    yield _row(ledger.states(), states, "in all")
    for state in states:
        yield paint(f"{_TOLD[state][0]:>12}: {_TOLD[state][1]}", dim=True) + "\n"
    yield "`migrator explain FILE:LINE` says why a place is in its state.\n"


def ledger_document(ledger: Ledger, files: bool) -> dict[str, Any]:
    """The ledger as a JSON value; every occurrence of every file only when asked."""
    return {
        "total": ledger.total,
        "counted": ledger.counted,
        "states": _numbers(ledger.states()),
        "names": [{"name": name, **_numbers(states)} for name, states in ledger.by_name().items()],
        "files": [_file(file) for file in ledger.files] if files else None,
    }


def ledger_schema() -> dict[str, Any]:
    """The schema of the JSON value."""
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
        counted={"type": "integer", "minimum": 0, "description": "By another way of counting; equals the total."},
        states=_object(**states),
        names={"type": "array", "items": _object(name={"type": "string"}, **states)},
        files={"type": ["array", "null"], "items": file, "description": "With --ledger only."},
    )


def _row(numbers: Mapping[State, int], states: list[State], name: str) -> str:
    cells = "".join(f"{f'{numbers[state]:,}' if numbers[state] else '-':>12}" for state in states)
    return f"{cells}{sum(numbers.values()):>8,}  {name}\n"


def _numbers(states: Mapping[State, int]) -> dict[str, int]:
    return {state.value: number for state, number in states.items()}


def _file(file: Account) -> dict[str, Any]:
    return {"path": file.path, "occurrences": [each.as_json() for each in file.occurrences]}


def _object(**properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
