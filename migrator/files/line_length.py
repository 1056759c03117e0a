"""Find the line length of a project: in the settings of ruff or black that apply to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from migrator.files.regular_file import read_regular

#: Ruff looks into a folder in this order; the first file with its settings wins.
_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")
#: Ruff allows no longer lines. Other values are left out: that is for ruff to report.
_LONGEST = 320
#: Settings are far smaller; a larger file is left out, as one that cannot be read is.
_LARGEST = 1024 * 1024


def find_line_length(path: str, default: int) -> int:
    """Return the line length that ruff or black uses for a file: that of the nearest settings, else the default.

    Settings that cannot be read or that have no line length are left out.
    """
    folder = Path(path).absolute().parent
    for above in (folder, *folder.parents):
        for name in _FILES:
            settings = _read_settings(above / name)
            for tool in settings:
                length = tool.get("line-length")
                if isinstance(length, int) and 0 < length <= _LONGEST:
                    return length
            if settings:
                return default
    return default


def _read_settings(file: Path) -> list[dict[str, Any]]:
    """Return the tables of ruff and black in a file, ruff's first."""
    import tomllib

    try:
        table = tomllib.loads(read_regular(str(file), _LARGEST, follow=True).decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return []
    if file.name != "pyproject.toml":
        return [table]
    tools = table.get("tool")
    found = [tools.get("ruff"), tools.get("black")] if isinstance(tools, dict) else []
    return [tool for tool in found if isinstance(tool, dict)]
