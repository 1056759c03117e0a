"""Find rows of one step that contradict each other: two with one subject, and two with one new name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from migrator.rules.checks.check_row import Defect
from migrator.rules.checks.step_schema import RowForm, StepFile, resolve_places
from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS, Kind

#: The subject of a row: its category, its name or path, and the document's name (None for every one).
_Subject = tuple[str, str, str | None]

_RENAMES = {Kind.RENAME_METHOD: "method", Kind.RENAME_WEBHOOK: "webhook"}
_KEYS = {Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY, Kind.UNNEST}


@dataclass(frozen=True, slots=True)
class RowSubjects:
    """Record which row owns which subject, while the rows of a step are checked in order."""

    owners: dict[tuple[str, str], list[tuple[str | None, str]]] = field(default_factory=lambda: defaultdict(list))

    def claim_subject(self, subject: _Subject, row: str) -> str | None:
        """Return another row that owns the subject; from now on `row` owns it too."""
        sort, name, document = subject
        held = self.owners[sort, name]
        others = [other for of, other in held if other != row and (of == document or None in (of, document))]
        held.append((document, row))
        return others[0] if others else None


def find_clashes(row: RowForm, form: StepFile, claims: RowSubjects) -> Iterator[Defect]:
    """Yield the contradictions between the row and the rows before it."""
    for key, subject in _find_subjects(row, form):
        owner = claims.claim_subject(subject, row.id)
        if owner is not None:
            yield key, f"{subject[1]!r} is already the subject of {owner}", "state a change in one row only"
            return
    if row.kind in _RENAMES and row.back == "lossless":
        name: str = getattr(row, "new", "")
        owner = claims.claim_subject((f"new {_RENAMES[row.kind]}", name, None), row.id)
        if owner is not None:
            hint = 'correct one of the names, or set back = "impossible" in the row that cannot be reversed'
            yield "new", f"{name!r} is already the new name of {owner}", hint


def _find_subjects(row: RowForm, form: StepFile) -> Iterator[tuple[str, _Subject]]:
    old: str = getattr(row, "old", "")
    if row.kind in METHOD_KINDS:
        yield "old", ("method", old, None)
    elif row.kind in WEBHOOK_KINDS:
        yield "old", ("webhook", old, None)
    elif row.kind is Kind.RAISE_VERSION:
        yield "kind", ("version", "the version", None)
    elif row.kind in _KEYS:
        yield from (("where", (place.document, place.path, place.name)) for place in resolve_places(row, form))
