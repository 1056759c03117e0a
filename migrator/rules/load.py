"""Read tables from folders, check them, and say everything that is wrong with them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from migrator.rules.api_schema import ApiFile
from migrator.rules.build import build_api, build_step
from migrator.rules.check import check_api, check_step
from migrator.rules.check_together import check_apis, check_chains, check_ids
from migrator.rules.errors import Problem, TableError
from migrator.rules.explain import problems_of
from migrator.rules.schema import StepFile
from migrator.rules.table import Rules, RuleTable

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_rules() -> Path:
    """The folder of the tables that come with migrator: inside an installed wheel, or beside the package."""
    inside = _PACKAGE / "tables"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def load_rules(*folders: str | Path, shipped: bool = True) -> Rules:
    """Every table under the given folders (or files), after those that come with migrator.

    Raises TableError with every defect found: file, row, key, what is wrong and a hint.
    """
    roots = [*([shipped_rules()] if shipped else []), *map(Path, folders)]
    problems: list[Problem] = []
    files = [(str(path), form) for path in _files(roots, problems) if (form := _read(path, problems)) is not None]
    apis = [(file, form) for file, form in files if isinstance(form, ApiFile)]
    steps = [(file, form) for file, form in files if isinstance(form, StepFile)]
    everything_read = not problems
    for file, form in files:
        problems += check_api(form.api, file) if isinstance(form, ApiFile) else check_step(form, file)
    problems += check_ids(steps)
    if everything_read:  # else what is missing may stand in the file that could not be read
        problems += [*check_apis(apis, steps), *check_chains(steps)]
    if problems:
        raise TableError(problems)
    return Rules(tuple(_table(form, steps) for _, form in apis))


def _files(roots: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    seen: set[Path] = set()
    for root in roots:
        inside = sorted(root.rglob("*.toml")) if root.is_dir() else [root] if root.is_file() else []
        if not inside:
            message = "there is no table here" if root.exists() else "there is no such folder"
            problems.append(
                Problem(str(root), "", "", message, "name a folder that holds one .toml file for each step")
            )
        fresh = [path for path in inside if path.resolve() not in seen]
        seen.update(path.resolve() for path in fresh)
        yield from fresh


def _read(path: Path, problems: list[Problem]) -> ApiFile | StepFile | None:
    file = str(path)
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(file, "", "", f"cannot be read: {error}", "a table is a readable file in UTF-8"))
        return None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(Problem(file, "", "", f"is not TOML: {error}", "mend the line that is named"))
        return None
    return _validated(data, file, problems)


def _validated(data: dict[str, Any], file: str, problems: list[Problem]) -> ApiFile | StepFile | None:
    """A file with an [api] part is the description of an API, every other one a step."""
    try:
        return (ApiFile if isinstance(data.get("api"), dict) else StepFile).model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, data, file)
        return None


def _table(form: ApiFile, steps: list[tuple[str, StepFile]]) -> RuleTable:
    mine = [build_step(step, file) for file, step in steps if step.api == form.api.id]
    return RuleTable(build_api(form.api), tuple(sorted(mine, key=lambda step: step.source)))
