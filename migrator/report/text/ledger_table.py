"""The ledger told: to people as a table, to machines as a JSON value whose schema is part of the report's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migrator.matching.occurrences import State
from migrator.report.phrases import plural
from migrator.report.text.colors import Paint

if TYPE_CHECKING:
    from migrator.program.ledger_totals import Ledger

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


def _row(numbers: Mapping[State, int], states: list[State], name: str) -> str:
    cells = "".join(f"{f'{numbers[state]:,}' if numbers[state] else '-':>12}" for state in states)
    return f"{cells}{sum(numbers.values()):>8,}  {name}\n"
