"""List everything that a page shows in one form: findings, notes, bare names and unused suppressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from migrator.findings.finding import Edit, Finding, Stale
from migrator.report.page.excerpt import Place
from migrator.report.run_result import NameOnly, Run


class State(StrEnum):
    """The state of an entry."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"
    STALE = "stale"
    NOTE = "note"
    NAME_ONLY = "name-only"


#: The title and the meaning of each state, with `code` in backticks.
TOLD = {
    State.SAFE: ("Safe", "edited by `codemod --write`"),
    State.UNSAFE: ("Unsafe", "edited with `--unsafe` only; review first"),
    State.MANUAL: ("Manual", "to edit by hand"),
    State.STALE: ("Stale", "suppresses nothing"),
    State.NOTE: ("Note", "change that only the reference documents"),
    State.NAME_ONLY: ("Name only", "no evidence that it is the API's"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list; `rule` is None if there is none."""

    path: str
    place: Place
    state: State
    rule: str | None
    old: str | None
    new: str | None
    message: str
    advice: str = ""
    evidence: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


def entries(run: Run) -> tuple[Entry, ...]:
    """Return the entries of a run by file, in the order of the files, and by line within a file."""
    found = sorted(_entries(run), key=lambda entry: (entry.place.line, entry.place.column))
    order = {path: index for index, path in enumerate(dict.fromkeys(entry.path for entry in _entries(run)))}
    return tuple(sorted(found, key=lambda entry: order[entry.path]))


def counts(listed: tuple[Entry, ...]) -> dict[State, int]:
    """Count the entries in each state; the first three states are always included."""
    found = {state: sum(entry.state is state for entry in listed) for state in State}
    return {state: number for state, number in found.items() if number or state in _ALWAYS}


_ALWAYS = (State.SAFE, State.UNSAFE, State.MANUAL)


def _entries(run: Run) -> Iterator[Entry]:
    for finding in run.findings:
        yield _finding(finding, State(finding.applicability.value))
    for note in run.notes:
        yield _finding(note, State.NOTE)
    yield from map(_name, run.names)
    yield from map(_stale, run.stale)


def _finding(finding: Finding, state: State) -> Entry:
    return Entry(
        finding.path,
        Place(finding.line, finding.column, finding.end_line, finding.end_column, finding.old),
        state,
        finding.rule,
        finding.old,
        finding.new,
        finding.message,
        finding.advice,
        finding.evidence,
        finding.edits if state is not State.NOTE else (),
    )


def _name(name: NameOnly) -> Entry:
    place = Place(name.line, name.column, name.line, name.column + len(name.name), name.name)
    return Entry(name.path, place, State.NAME_ONLY, None, name.name, None, name.reason)


def _stale(stale: Stale) -> Entry:
    place = Place(stale.line, 1, stale.line, 1 << 30)
    rule = stale.rules[0] if len(stale.rules) == 1 else None
    return Entry(stale.path, place, State.STALE, rule, None, None, stale.message)
