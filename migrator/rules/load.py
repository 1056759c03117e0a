"""Read tables from folders, check them, and report every defect found."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from migrator.files.regular_file import SETTINGS_LIMIT, read_regular
from migrator.rules.build_rows import TomlData, build_api, build_step
from migrator.rules.merge_steps import MergedStep, TableFile, merge_steps
from migrator.rules.recorded_hashes import matches_record
from migrator.rules.table import Rules, RuleTable
from migrator.rules.table_errors import TableError, TableProblem

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "tables"
#: A hundred times the largest folder of tables that we know: `rules = ["/"]` in a project must not list the disk.
_MOST_ENTRIES = 10_000


def find_shipped_rules() -> Path:
    """Return the folder of the shipped tables: inside an installed wheel, or beside the package in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "rules"


def load_rules(*folders: str | Path, shipped: bool = True) -> Rules:
    """Load every table under the given folders (or files), after the shipped ones.

    A file with the API and the versions of a step in an earlier folder extends that step: it adds rows, overrides those
    with the same id that say ``override = true``, and leaves out those that it lists in ``drop``.

    Raises TableError with every defect found: file, row, key, message and hint.
    """
    roots = [*([find_shipped_rules()] if shipped else []), *map(Path, folders)]
    problems: list[TableProblem] = []
    found = list(_find_tables(roots, problems))
    contents = {path: content for path, _ in found if (content := _read(path, problems)) is not None}
    files = [
        TableFile(str(path), folder, data)
        for path, folder in found
        if path in contents and (data := _parse(path, contents[path], problems)) is not None
    ]
    if problems or roots != [_INSTALLED] or not matches_record(_INSTALLED, contents):
        # Imported here because pydantic costs more than everything else that a translator imports.
        from migrator.rules.checks.check_table import find_problems

        problems += find_problems(files, complete=not problems)
    if problems:
        raise TableError(problems)
    apis = [file.data["api"] for file in files if isinstance(file.data["api"], dict)]
    steps, _ = merge_steps(file for file in files if not isinstance(file.data["api"], dict))
    return Rules(tuple(_build_table(api, steps) for api in apis))


def _find_tables(roots: Iterable[Path], problems: list[TableProblem]) -> Iterator[tuple[Path, int]]:
    """Yield each table with the number of its folder."""
    seen: set[Path] = set()
    for number, root in enumerate(roots):
        try:
            inside = sorted(_list_tables(root)) if root.is_dir() else [root] if root.is_file() else []
            message = "no table found here" if root.exists() else "there is no such folder"
        except OSError as error:
            inside, message = [], str(error.strerror)
        if not inside:
            hint = "name a folder that contains one .toml file for each step"
            problems.append(TableProblem(str(root), "", "", message, hint))
        fresh = [path for path in inside if path.resolve() not in seen]
        seen.update(path.resolve() for path in fresh)
        yield from ((path, number) for path in fresh)


def _list_tables(root: Path) -> Iterator[Path]:
    """Yield the tables below a folder. Raises OSError if it contains too many files to be a folder of tables."""
    entries = 0
    for folder, folders, names in os.walk(root):
        entries += len(folders) + len(names)
        if entries > _MOST_ENTRIES:
            raise OSError(None, f"contains more than {_MOST_ENTRIES:,} files and folders")
        yield from (Path(folder, name) for name in (*names, *folders) if name.endswith(".toml"))


def _read(path: Path, problems: list[TableProblem]) -> bytes | None:
    try:
        return read_regular(str(path), SETTINGS_LIMIT, follow=True)
    except OSError as error:
        problems.append(_unreadable(path, error))
        return None


def _parse(path: Path, content: bytes, problems: list[TableProblem]) -> TomlData | None:
    import tomllib

    try:
        # Universal newlines, as in a file that is opened as text: TOML allows no lone carriage return.
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        problems.append(_unreadable(path, error))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(TableProblem(str(path), "", "", f"is not TOML: {error}", "fix the line that the message names"))
    return None


def _unreadable(path: Path, error: Exception) -> TableProblem:
    reason = error.strerror if isinstance(error, OSError) else error
    return TableProblem(str(path), "", "", f"cannot be read: {reason}", "a table must be a readable file in UTF-8")


def _build_table(api: TomlData, merged: Iterable[MergedStep]) -> RuleTable:
    steps = [build_step(each.data, each.file) for each in merged if each.data["api"] == api["id"]]
    return RuleTable(build_api(api), tuple(sorted(steps, key=lambda step: step.source)))
