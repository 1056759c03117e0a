"""Run every check of a table: each key by itself, each file, and all files together."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from migrator.rules.build_rows import Data
from migrator.rules.checks.api_schema import ApiFile
from migrator.rules.checks.check_across_files import check_apis, check_chains, check_ids
from migrator.rules.checks.check_file import check_api, check_step
from migrator.rules.checks.step_schema import StepFile
from migrator.rules.checks.validation_messages import problems_of
from migrator.rules.table_errors import Problem


def problems_in(files: Iterable[tuple[str, Data]], *, complete: bool) -> list[Problem]:
    """Return every problem of parsed files; `complete` says that no other file was unreadable."""
    problems: list[Problem] = []
    forms = [(file, form) for file, data in files if (form := _form(data, file, problems)) is not None]
    apis = [(file, form) for file, form in forms if isinstance(form, ApiFile)]
    steps = [(file, form) for file, form in forms if isinstance(form, StepFile)]
    everything_read = complete and not problems
    for file, form in forms:
        problems += check_api(form.api, file) if isinstance(form, ApiFile) else check_step(form, file)
    problems += check_ids(steps)
    if everything_read:  # else the missing part may be in the unreadable file
        problems += [*check_apis(apis, steps), *check_chains(steps)]
    return problems


def _form(data: Data, file: str, problems: list[Problem]) -> ApiFile | StepFile | None:
    """Validate a file: one with an [api] part describes an API, every other is a step."""
    try:
        return (ApiFile if isinstance(data.get("api"), dict) else StepFile).model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, dict(data), file)
        return None
