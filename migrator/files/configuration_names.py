"""Recognise files of configuration and scripts of shells, which are edited together with the code, by their names."""

from __future__ import annotations

#: Files that are run: of them, only URLs are edited.
SCRIPTS = (".sh", ".bash", ".zsh", ".envrc")
CONFIGURATION = (
    *(".env", ".envrc", ".flaskenv", ".ini", ".cfg", ".conf", ".properties", ".toml", ".yaml", ".yml"),
    *(".json", ".jsonc", ".json5", ".http", ".rest", ".postman_collection", ".postman_environment"),
    *SCRIPTS,
)


def is_configuration(path: str) -> bool:
    """Return whether a file may be one of configuration, or a script of a shell."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(CONFIGURATION) or name.startswith(".env")
