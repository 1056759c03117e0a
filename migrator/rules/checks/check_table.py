"""Run every check of a table: each key by itself, each step, and all files together."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from migrator.rules.checks.api_schema import ApiFile
from migrator.rules.checks.check_across_files import check_apis, check_chains, check_ids
from migrator.rules.checks.check_file import check_api, check_step
from migrator.rules.checks.step_schema import StepFile
from migrator.rules.checks.validation_messages import convert_errors
from migrator.rules.merge_steps import TableFile, merge_steps
from migrator.rules.table_errors import TableProblem


def find_problems(files: Sequence[TableFile], *, complete: bool) -> list[TableProblem]:
    """Return every problem of parsed files; `complete` says that no other file was unreadable."""
    problems: list[TableProblem] = []
    forms = [(file, form) for file in files if (form := _validate_file(file, problems)) is not None]
    apis = [(file.path, form) for file, form in forms if isinstance(form, ApiFile)]
    everything_read = complete and not problems
    for file, described in apis:
        problems += check_api(described.api, file)
    merged, unmerged = merge_steps([file for file, form in forms if isinstance(form, StepFile)])
    problems += unmerged if everything_read else ()  # else the step that is extended may be in the unreadable file
    steps = [(each.file, StepFile.model_validate(each.data)) for each in merged if each.data["rule"]]
    origins = [each.origins for each in merged if each.data["rule"]]
    for (file, form), places in zip(steps, origins, strict=True):
        problems += check_step(form, file, origins=places)
    problems += check_ids(apis, steps, origins)
    if everything_read:  # else the missing part may be in the unreadable file
        problems += [*check_apis(apis, steps), *check_chains(steps)]
    return problems


def _validate_file(file: TableFile, problems: list[TableProblem]) -> ApiFile | StepFile | None:
    """Validate a file: one with an [api] part describes an API, every other is a step."""
    try:
        return (ApiFile if isinstance(file.data.get("api"), dict) else StepFile).model_validate(file.data)
    except ValidationError as error:
        problems += convert_errors(error, dict(file.data), file.path)
        return None
