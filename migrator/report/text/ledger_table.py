"""Format the ledger as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migrator.findings.ledger import OccurrenceState
from migrator.report.phrases import pluralize
from migrator.report.text.colors import Paint

if TYPE_CHECKING:
    from migrator.findings.ledger import Ledger

#: The column title and the meaning of each state.
_STATE_TEXTS = {
    OccurrenceState.EDITED: ("edited", "edited, or would be with --write"),
    OccurrenceState.MANUAL: ("manual", "found, and not edited"),
    OccurrenceState.SUPPRESSED: ("suppressed", "found, and suppressed by a comment"),
    OccurrenceState.COMMENT: ("comment", "in a comment or a docstring"),
    OccurrenceState.LONGER: ("longer", "part of a longer name or word"),
    OccurrenceState.OTHER: ("other", "evidently something else"),
    OccurrenceState.NAME_ONLY: ("name only", "no evidence that it is the API's, or that it is not"),
    OccurrenceState.UNREAD: ("unread", "in a file that could not be read"),
}


def ledger_table(ledger: Ledger, paint: Paint) -> Iterator[str]:
    """Yield a line for each name that occurs, with the number of occurrences in each state."""
    files = pluralize(len(ledger.files), "file")
    yield f"\n{paint('Ledger', bold=True)}: {pluralize(ledger.total, 'occurrence')} of old names in {files}.\n"
    if not ledger.total:
        return
    states = [state for state, number in ledger.count_states().items() if number]
    yield paint("".join(f"{_STATE_TEXTS[state][0]:>12}" for state in states) + f"{'all':>8}  name", bold=True) + "\n"
    for name, numbers in ledger.count_states_by_name().items():
        if any(numbers.values()):
            yield _name_row(numbers, states, name)
    yield _name_row(ledger.count_states(), states, "in all")
    for state in states:
        yield paint(f"{_STATE_TEXTS[state][0]:>12}:  {_STATE_TEXTS[state][1]}", dim=True) + "\n"
    yield "`migrator explain FILE:LINE` explains the state of an occurrence.\n"


def _name_row(numbers: Mapping[OccurrenceState, int], states: list[OccurrenceState], name: str) -> str:
    cells = "".join(f"{f'{numbers[state]:,}' if numbers[state] else '-':>12}" for state in states)
    return f"{cells}{sum(numbers.values()):>8,}  {name}\n"
