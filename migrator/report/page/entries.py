"""List everything that a page shows in one form: findings, notes, bare names and unused suppressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from migrator.findings.finding import Edit, Finding, StaleEntry
from migrator.report.page.excerpt import EntryRange
from migrator.report.run_result import NameOccurrence, RunResult


class EntryState(StrEnum):
    """The state of an entry."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"
    STALE = "stale"
    NOTE = "note"
    NAME_ONLY = "name-only"


#: The title and the meaning of each state, with `code` in backticks.
STATE_TEXTS = {
    EntryState.SAFE: ("Safe", "edited by `codemod --write`"),
    EntryState.UNSAFE: ("Unsafe", "edited with `--unsafe` only; review first"),
    EntryState.MANUAL: ("Manual", "to edit by hand"),
    EntryState.STALE: ("Stale", "suppresses nothing"),
    EntryState.NOTE: ("Note", "change that only the reference documents"),
    EntryState.NAME_ONLY: ("Name only", "no evidence that it is the API's"),
}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """An entry of the list; `rule` is None if there is none."""

    path: str
    place: EntryRange
    state: EntryState
    rule: str | None
    old: str | None
    new: str | None
    message: str
    advice: str = ""
    evidence: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


def list_entries(run: RunResult) -> tuple[PageEntry, ...]:
    """Return the entries of a run by file, in the order of the files, and by line within a file."""
    found = sorted(_unsorted_entries(run), key=lambda entry: (entry.place.line, entry.place.column))
    order = {path: index for index, path in enumerate(dict.fromkeys(entry.path for entry in _unsorted_entries(run)))}
    return tuple(sorted(found, key=lambda entry: order[entry.path]))


def count_states(listed: tuple[PageEntry, ...]) -> dict[EntryState, int]:
    """Count the entries in each state; the first three states are always included."""
    found = {state: sum(entry.state is state for entry in listed) for state in EntryState}
    return {state: number for state, number in found.items() if number or state in _ALWAYS}


_ALWAYS = (EntryState.SAFE, EntryState.UNSAFE, EntryState.MANUAL)


def _unsorted_entries(run: RunResult) -> Iterator[PageEntry]:
    for finding in run.findings:
        yield _finding_entry(finding, EntryState(finding.applicability.value))
    for note in run.notes:
        yield _finding_entry(note, EntryState.NOTE)
    yield from map(_name_entry, run.names)
    yield from map(_stale_entry, run.stale)


def _finding_entry(finding: Finding, state: EntryState) -> PageEntry:
    return PageEntry(
        finding.path,
        EntryRange(finding.line, finding.column, finding.end_line, finding.end_column, finding.old),
        state,
        finding.rule,
        finding.old,
        finding.new,
        finding.message,
        finding.advice,
        finding.evidence,
        finding.edits if state is not EntryState.NOTE else (),
    )


def _name_entry(name: NameOccurrence) -> PageEntry:
    place = EntryRange(name.line, name.column, name.line, name.column + len(name.name), name.name)
    return PageEntry(name.path, place, EntryState.NAME_ONLY, None, name.name, None, name.reason)


def _stale_entry(stale: StaleEntry) -> PageEntry:
    place = EntryRange(stale.line, 1, stale.line, 1 << 30)
    rule = stale.rules[0] if len(stale.rules) == 1 else None
    return PageEntry(stale.path, place, EntryState.STALE, rule, None, None, stale.message)
