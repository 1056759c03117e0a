"""Run the command line on a tree of files, and tell what it made of the tree."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from migrator.cli import main
from migrator.files.runs.run_archive import records_folder

#: What a project keeps of its runs once they are undone, or were never begun.
EMPTY = ["lock", "project"]


def migrator(*arguments: str | Path) -> Result:
    """Run ``migrator`` in this process; it must not end in a traceback."""
    result = CliRunner().invoke(main, [*map(str, arguments)], prog_name="migrator")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, but for what git keeps."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def records(folder: Path) -> Path:
    """The folder in which the runs of a project are recorded."""
    return Path(records_folder(str(folder)))


def kept(folder: Path) -> list[str]:
    """The files, and the empty folders, that are kept of a project's runs."""
    home = records(folder)
    return sorted(
        path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() or not any(path.iterdir())
    )
