"""Read the project's settings: ``[tool.migrator]`` in the nearest pyproject.toml that has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrator.files.regular_file import SETTINGS_LIMIT, read_regular

_CLIENT = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*\Z")


class SettingsError(ValueError):
    """A setting cannot be used; the message names the file, the key and a fix."""


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """The settings of a project in `file`; `rules` and `baseline` are resolved against its folder."""

    file: Path | None = None
    rules: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    source: str | None = None
    target: str | None = None
    baseline: str | None = None
    python_only: bool = False

    def key_name(self, key: str) -> str:
        """Return the name of a key in error messages."""
        return f"{self.file}: [tool.migrator] {key}"


def nearest_settings(start: Path) -> ProjectSettings:
    """Return the settings of a folder: the first table in it or its parents. Raises SettingsError."""
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.exists() and not file.is_dir():
            table = _read_table(file)
            if table is not None:
                return _make_settings(file, table)
    return ProjectSettings()


def _read_table(file: Path) -> dict[str, Any] | None:
    try:
        text = read_regular(str(file), SETTINGS_LIMIT, follow=True)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error
    # A broken file that does not configure migrator is ignored.
    tools = _parse_tools(file, text) if b"migrator" in text else None
    table = tools.get("migrator") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(f"{file}: tool.migrator is not a table; write [tool.migrator]")
    return table


def _parse_tools(file: Path, text: bytes) -> object:
    import tomllib

    try:
        return tomllib.loads(text.decode("utf-8")).get("tool")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{file}: invalid TOML, so [tool.migrator] cannot be read: {error}") from error


def _make_settings(file: Path, table: dict[str, Any]) -> ProjectSettings:
    for key in table:
        if key not in _CHECKS:
            raise SettingsError(f"{file}: [tool.migrator] has no key {key!r}; {_suggest_key(key)}")
        wrong = _CHECKS[key](table[key])
        if wrong:
            raise SettingsError(f"{file}: [tool.migrator] {key}: {wrong}")
    lists = {key: tuple(table.get(key, ())) for key in ("clients", "select", "ignore", "exclude")}
    rules = tuple(str(file.parent / path) for path in table.get("rules", ()))
    baseline = str(file.parent / table["baseline"]) if "baseline" in table else None
    return ProjectSettings(
        file,
        rules=rules,
        source=table.get("from"),
        target=table.get("to"),
        baseline=baseline,
        python_only=table.get("python-only", False),
        **lists,
    )


def _suggest_key(key: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, _CHECKS, n=1)
    return f"did you mean {close[0]!r}?" if close else f"the keys are {', '.join(_CHECKS)}"


def _check_texts(value: object) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        return None
    return f"{value!r} is not a list of strings, such as {_EXAMPLE}"


def _check_clients(value: object) -> str | None:
    for client in value if isinstance(value, list) else ():
        if isinstance(client, str) and not _CLIENT.match(client):
            return f"{client!r} is not a class in the form package.module:Class"
    return _check_texts(value)


def _check_version(value: object) -> str | None:
    return None if isinstance(value, str) else f'{value!r} is not a quoted version, such as "3.1"'


def _check_file(value: object) -> str | None:
    return None if isinstance(value, str) and value else f'{value!r} is not a file name, such as "known.json"'


def _check_flag(value: object) -> str | None:
    return None if isinstance(value, bool) else f"{value!r} is neither true nor false"


_EXAMPLE = '["one", "two"]'
_CHECKS: dict[str, Callable[[object], str | None]] = {
    "rules": _check_texts,
    "clients": _check_clients,
    "select": _check_texts,
    "ignore": _check_texts,
    "exclude": _check_texts,
    "from": _check_version,
    "to": _check_version,
    "baseline": _check_file,
    "python-only": _check_flag,
}
