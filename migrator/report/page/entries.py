"""Everything that a page lists, in one form: findings, notes, mere names, and what asks in vain to be left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from migrator.findings.finding import Edit, Finding, Stale
from migrator.report.page.excerpt import Place
from migrator.report.run_result import NameOnly, Run


class State(StrEnum):
    """What an entry asks of its reader."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"
    STALE = "stale"
    NOTE = "note"
    NAME_ONLY = "name-only"


#: The title of each state, and what it says, with `code` in backticks.
TOLD = {
    State.SAFE: ("Safe", "edited by `codemod --write`"),
    State.UNSAFE: ("Unsafe", "edited with `--unsafe` too; look first"),
    State.MANUAL: ("Manual", "for a person"),
    State.STALE: ("Stale", "asks in vain to leave something alone"),
    State.NOTE: ("Note", "read of what changed beside the changelog"),
    State.NAME_ONLY: ("Name only", "nothing shows that the name is the API's"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list; `rule` is None where it is about none."""

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
    """The entries of a run by file, in the order of the files; those of a file in the order of their lines."""
    found = sorted(_entries(run), key=lambda entry: (entry.place.line, entry.place.column))
    order = {path: index for index, path in enumerate(dict.fromkeys(entry.path for entry in _entries(run)))}
    return tuple(sorted(found, key=lambda entry: order[entry.path]))


def counts(listed: tuple[Entry, ...]) -> dict[State, int]:
    """How many entries are in each state; the first three are there also when nothing is in them."""
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
