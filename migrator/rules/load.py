"""Read tables from folders, check them, and say everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from migrator.rules.build_rows import Data, build_api, build_step
from migrator.rules.proven import remember, remembered
from migrator.rules.table import Rules, RuleTable
from migrator.rules.table_errors import Problem, TableError

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "tables"


def shipped_rules() -> Path:
    """The folder of the tables that come with migrator: inside an installed wheel, or beside the package."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "rules"


def load_rules(*folders: str | Path, shipped: bool = True) -> Rules:
    """Every table under the given folders (or files), after those that come with migrator.

    Raises TableError with every defect found: file, row, key, what is wrong and a hint.
    """
    roots = [*([shipped_rules()] if shipped else []), *map(Path, folders)]
    problems: list[Problem] = []
    raw = {str(path): data for path in _files(roots, problems) if (data := _read(path, problems)) is not None}
    shipped_only = not problems and roots == [shipped_rules()]
    known = remembered(raw) if shipped_only else None
    files = known or _checked(raw, problems, roots == [_INSTALLED])
    if problems:
        raise TableError(problems)
    if shipped_only and not known:
        remember(raw, files)
    apis = [data["api"] for data in files.values() if isinstance(data["api"], dict)]
    return Rules(tuple(_table(api, files) for api in apis))


def _checked(raw: Mapping[str, bytes], problems: list[Problem], installed: bool) -> dict[str, Data]:
    """The tables parsed and, but for those that were checked when they were installed, checked."""
    files = {file: table for file, text in raw.items() if (table := _parsed(file, text, problems)) is not None}
    if problems or not installed:
        # What checks is heavy to import, and needed for tables that were never seen before.
        from migrator.rules.check_files import problems_in

        problems += problems_in(files.items(), complete=not problems)
    return files


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


def _read(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        problems.append(_unreadable(str(path), error))
        return None


def _parsed(file: str, text: bytes, problems: list[Problem]) -> Data | None:
    import tomllib

    try:
        # Universal newlines, as a file that is read as text has them: TOML knows no lone carriage return.
        return tomllib.loads(text.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        problems.append(_unreadable(file, error))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(Problem(file, "", "", f"is not TOML: {error}", "mend the line that is named"))
    return None


def _unreadable(file: str, error: Exception) -> Problem:
    return Problem(file, "", "", f"cannot be read: {error}", "a table is a readable file in UTF-8")


def _table(api: Data, files: Mapping[str, Data]) -> RuleTable:
    steps = [build_step(data, file) for file, data in files.items() if data["api"] == api["id"]]
    return RuleTable(build_api(api), tuple(sorted(steps, key=lambda step: step.source)))
