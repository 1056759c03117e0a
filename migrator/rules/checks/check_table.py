"""Run every check of a table: each key by itself, each file, and all files together."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from migrator.rules.build_rows import TomlData
from migrator.rules.checks.api_schema import ApiFile
from migrator.rules.checks.check_across_files import check_apis, check_chains, check_ids
from migrator.rules.checks.check_file import check_api, check_step
from migrator.rules.checks.step_schema import StepFile
from migrator.rules.checks.validation_messages import convert_errors
from migrator.rules.table_errors import TableProblem


def find_problems(files: Iterable[tuple[str, TomlData]], *, complete: bool) -> list[TableProblem]:
    """Return every problem of parsed files; `complete` says that no other file was unreadable."""
    problems: list[TableProblem] = []
    forms = [(file, form) for file, data in files if (form := _validate_file(data, file, problems)) is not None]
    apis = [(file, form) for file, form in forms if isinstance(form, ApiFile)]
    steps = [(file, form) for file, form in forms if isinstance(form, StepFile)]
    everything_read = complete and not problems
    for file, form in forms:
        problems += check_api(form.api, file) if isinstance(form, ApiFile) else check_step(form, file)
    problems += check_ids(apis, steps)
    if everything_read:  # else the missing part may be in the unreadable file
        problems += [*check_apis(apis, steps), *check_chains(steps)]
    return problems


def _validate_file(data: TomlData, file: str, problems: list[TableProblem]) -> ApiFile | StepFile | None:
    """Validate a file: one with an [api] part describes an API, every other is a step."""
    try:
        return (ApiFile if isinstance(data.get("api"), dict) else StepFile).model_validate(data)
    except ValidationError as error:
        problems += convert_errors(error, dict(data), file)
        return None
