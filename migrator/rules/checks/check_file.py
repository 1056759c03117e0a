"""Find contradictions inside one file whose keys are each valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from migrator.rules.checks.api_schema import ApiForm
from migrator.rules.checks.check_paths import check_paths
from migrator.rules.checks.check_row import ENGINES, Defect, find_row_defects
from migrator.rules.checks.conflicting_rows import RowSubjects, find_clashes
from migrator.rules.checks.step_schema import RowForm, StepFile, resolve_places
from migrator.rules.merge_steps import RowOrigin
from migrator.rules.rule import Kind, Origin
from migrator.rules.table_errors import FILE_HEAD, TableProblem, format_row_title
from migrator.rules.version import Version


def check_step(
    form: StepFile,
    file: str,
    engines: Mapping[str, frozenset[Kind]] = ENGINES,
    origins: Sequence[RowOrigin] = (),
) -> Iterator[TableProblem]:
    """Yield every contradiction inside one step. Inactive rows only contradict each other.

    `origins` are those of its rows, if they are from several files.
    """
    if Version(form.source) >= Version(form.target):
        hint = "a step leads from the older to the newer version"
        yield TableProblem(file, FILE_HEAD, "to", f"{form.target} is not newer than {form.source}", hint)
    newer = _find_newer_names(form)
    active, inactive = RowSubjects(), RowSubjects()
    for index, row in enumerate(form.rule):
        claims = inactive if row.origin is Origin.REFERENCE else active
        defects = [
            *find_row_defects(row, form, engines),
            *_check_place_names(row, form, newer),
            *find_clashes(row, form, claims),
        ]
        for key, message, hint in defects:
            origin = origins[index] if origins else RowOrigin(file, index)
            yield TableProblem(origin.file, format_row_title(origin.index, row.id), key, message, hint)


def check_api(form: ApiForm, file: str) -> Iterator[TableProblem]:
    """Yield names that are listed twice, and keys of the envelope that are undeclared or have two meanings."""
    yield from check_paths(form, file)
    yield from _check_names(form, file)
    envelope = form.envelope
    if envelope is None:
        return
    named = {"name": (envelope.name,), "distinctive": envelope.distinctive, "body": envelope.body}
    for key, names in named.items():
        for name in sorted(set(names) - set(envelope.keys)):
            yield TableProblem(file, "[api.envelope]", key, f"{name!r} is not among `keys`", f"add {name!r} to `keys`")
    for name in sorted(set(envelope.keys) & set(envelope.foreign)):
        hint = "a key either belongs to an envelope or rules one out"
        yield TableProblem(file, "[api.envelope]", "foreign", f"{name!r} is among `keys` too", hint)


def _check_names(form: ApiForm, file: str) -> Iterator[TableProblem]:
    methods, webhooks = dict.fromkeys(form.methods, "methods"), dict.fromkeys(form.webhooks, "webhooks")
    for each in form.names:
        part = f"[[api.names]] ({each.id})"
        if each.until is not None and Version(each.until) < Version(each.since):
            hint = "`until` is the last version that knows the names"
            yield TableProblem(file, part, "until", f"{each.until} is older than {each.since}", hint)
        if not (each.methods or each.webhooks):
            yield TableProblem(file, part, "methods", "the list is empty", "give `methods` or `webhooks`, or remove it")
        for key, names, listed in (("methods", each.methods, methods), ("webhooks", each.webhooks, webhooks)):
            for name in names:
                if name in listed:
                    yield TableProblem(file, part, key, f"{name!r} is in {listed[name]} too", "list a name once")
                listed[name] = each.id


def _find_newer_names(form: StepFile) -> dict[str, str]:
    """Map the names that only the newer version has to their older ones."""
    renames = [row for row in form.rule if row.kind in {Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK}]
    pairs = {getattr(row, "new", ""): getattr(row, "old", "") for row in renames}
    return {new: old for new, old in pairs.items() if new not in pairs.values()}


def _check_place_names(row: RowForm, form: StepFile, newer: Mapping[str, str]) -> Iterator[Defect]:
    for place in resolve_places(row, form):
        older = newer.get(place.name or "")
        if older is not None:
            hint = f"places use the names of {form.source}: {older!r}"
            yield "where", f"{place.name!r} is the name in {form.target}", hint
