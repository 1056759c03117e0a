"""Format the ledger as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migrator.findings.ledger import State
from migrator.report.phrases import plural
from migrator.report.text.colors import Paint

if TYPE_CHECKING:
    from migrator.findings.ledger import Ledger

#: The column title and the meaning of each state.
_TOLD = {
    State.EDITED: ("edited", "edited, or would be with --write"),
    State.MANUAL: ("manual", "found, and not edited"),
    State.SUPPRESSED: ("suppressed", "found, and suppressed by a comment"),
    State.COMMENT: ("comment", "in a comment or a docstring"),
    State.LONGER: ("longer", "part of a longer name or word"),
    State.OTHER: ("other", "evidently something else"),
    State.NAME_ONLY: ("name only", "no evidence that it is the API's, or that it is not"),
    State.UNREAD: ("unread", "in a file that could not be read"),
}


def ledger_text(ledger: Ledger, paint: Paint) -> Iterator[str]:
    """Yield a line for each name that occurs, with the number of occurrences in each state."""
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
        yield paint(f"{_TOLD[state][0]:>12}:  {_TOLD[state][1]}", dim=True) + "\n"
    yield "`migrator explain FILE:LINE` explains the state of an occurrence.\n"


def _row(numbers: Mapping[State, int], states: list[State], name: str) -> str:
    cells = "".join(f"{f'{numbers[state]:,}' if numbers[state] else '-':>12}" for state in states)
    return f"{cells}{sum(numbers.values()):>8,}  {name}\n"
