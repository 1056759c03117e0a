"""Find problems between files: duplicate ids, undescribed APIs, overlaps and gaps in chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from migrator.rules.checks.api_schema import ApiFile
from migrator.rules.checks.step_schema import StepFile
from migrator.rules.merge_steps import RowOrigin
from migrator.rules.table_errors import FILE_HEAD, TableProblem, format_row_title
from migrator.rules.version import Version

_Files = Sequence[tuple[str, StepFile]]
_Origins = Sequence[Sequence[RowOrigin]]


def check_ids(apis: Sequence[tuple[str, ApiFile]], steps: _Files, origins: _Origins) -> Iterator[TableProblem]:
    """Yield the ids that are used twice, in one file or in two."""
    owners = {each.id: f"{file}, [[api.names]]" for file, described in apis for each in described.api.names}
    for (_, form), places in zip(steps, origins, strict=True):
        for row, origin in zip(form.rule, places, strict=True):
            file, index = origin.file, origin.index
            title = format_row_title(index, row.id)
            if row.id in owners:
                hint = f"give one of them another id; the other is in {owners[row.id]}"
                yield TableProblem(file, title, "id", f"the id {row.id!r} is used twice", hint)
            owners.setdefault(row.id, f"{file}, row {index + 1}")


def check_apis(apis: Sequence[tuple[str, ApiFile]], steps: _Files) -> Iterator[TableProblem]:
    """Yield steps of an undescribed API, descriptions without a step, and APIs described twice."""
    described: dict[str, str] = {}
    for file, described_by in apis:
        name = described_by.api.id
        if name in described:
            hint = f"it is described in {described[name]}; a further step needs no description of its own"
            yield TableProblem(file, "[api]", "id", f"the API {name!r} is described twice", hint)
        elif name not in {form.api for _, form in steps}:
            hint = f"add a file with api = {name!r} that contains a step, or remove the description"
            yield TableProblem(file, "[api]", "id", f"the API {name!r} has no step", hint)
        described.setdefault(name, file)
    for file, form in steps:
        if form.api not in described:
            hint = f"load its description too, or name one of: {', '.join(sorted(described)) or 'none is loaded'}"
            yield TableProblem(file, FILE_HEAD, "api", f"no API {form.api!r} is described", hint)


def check_chains(steps: _Files) -> Iterator[TableProblem]:
    """Yield overlaps and gaps between steps."""
    chains: dict[str, list[tuple[Version, Version, str]]] = defaultdict(list)
    for file, form in steps:
        source, target = Version(form.source), Version(form.target)
        if source < target:
            chains[form.api].append((source, target, file))
    for api, chain in chains.items():
        for before, after in pairwise(sorted(chain)):
            yield from _check_neighbours(api, before, after)


def _check_neighbours(
    api: str, before: tuple[Version, Version, str], after: tuple[Version, Version, str]
) -> Iterator[TableProblem]:
    (_, end, first), (start, _, file) = before, after
    if start < end:
        message = f"this step of {api} and that of {first} overlap"
        yield TableProblem(
            file, FILE_HEAD, "from", message, f"put the rows of one step into one file, or start from {end}"
        )
    elif start > end:
        message = f"the chain of {api} has no step from {end} to {start}"
        yield TableProblem(file, FILE_HEAD, "from", message, f"add the missing step, or start this one from {end}")
