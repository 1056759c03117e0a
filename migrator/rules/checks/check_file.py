"""Find contradictions inside one file whose keys are each valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.rules.checks.api_schema import ApiForm
from migrator.rules.checks.check_row import ENGINES, Defect, row_defects
from migrator.rules.checks.conflicting_rows import Claims, clashes
from migrator.rules.checks.step_schema import RowForm, StepFile, places_of
from migrator.rules.rule import Kind, Origin
from migrator.rules.table_errors import HEAD, Problem, row_title
from migrator.rules.version import Version


def check_step(form: StepFile, file: str, engines: Mapping[str, frozenset[Kind]] = ENGINES) -> Iterator[Problem]:
    """Yield every contradiction inside one step. Inactive rows only contradict each other."""
    if Version(form.source) >= Version(form.target):
        hint = "a step leads from the older to the newer version"
        yield Problem(file, HEAD, "to", f"{form.target} is not newer than {form.source}", hint)
    newer = _newer_names(form)
    active, inactive = Claims(), Claims()
    for index, row in enumerate(form.rule):
        claims = inactive if row.origin is Origin.REFERENCE else active
        defects = [*row_defects(row, form, engines), *_newer_words(row, form, newer), *clashes(row, form, claims)]
        for key, message, hint in defects:
            yield Problem(file, row_title(index, row.id), key, message, hint)


def check_api(form: ApiForm, file: str) -> Iterator[Problem]:
    """Yield the keys of an envelope's description that are undeclared or have two meanings."""
    envelope = form.envelope
    if envelope is None:
        return
    named = {"name": (envelope.name,), "distinctive": envelope.distinctive, "body": envelope.body}
    for key, names in named.items():
        for name in sorted(set(names) - set(envelope.keys)):
            yield Problem(file, "[api.envelope]", key, f"{name!r} is not among `keys`", f"add {name!r} to `keys`")
    for name in sorted(set(envelope.keys) & set(envelope.foreign)):
        hint = "a key either belongs to an envelope or rules one out"
        yield Problem(file, "[api.envelope]", "foreign", f"{name!r} is among `keys` too", hint)


def _newer_names(form: StepFile) -> dict[str, str]:
    """Map the names that only the newer version has to their older ones."""
    renames = [row for row in form.rule if row.kind in {Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK}]
    pairs = {getattr(row, "new", ""): getattr(row, "old", "") for row in renames}
    return {new: old for new, old in pairs.items() if new not in pairs.values()}


def _newer_words(row: RowForm, form: StepFile, newer: Mapping[str, str]) -> Iterator[Defect]:
    for place in places_of(row, form):
        older = newer.get(place.name or "")
        if older is not None:
            hint = f"places use the names of {form.source}: {older!r}"
            yield "where", f"{place.name!r} is the name in {form.target}", hint
