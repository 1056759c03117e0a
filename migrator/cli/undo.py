"""``migrator undo``: restore the files that the last run changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from migrator.cli.build_log import guard_text, print_message
from migrator.cli.exit_codes import Exit

if TYPE_CHECKING:
    from migrator.files.runs.restore import UndoResult


@click.command(short_help="Restore the files that the last `migrator codemod --write` changed.")
@click.argument("path", default=".", type=click.Path(exists=True))
@click.option("--forget", is_flag=True, help="Restore nothing; delete the record and originals of the last run.")
def undo(path: str, forget: bool) -> Exit:
    """Restore the files that the last `migrator codemod --write` changed in the project of PATH (default: here).

     A project is the nearest folder at or above PATH for which a run is recorded. A file that has changed since the
    run is reported and left unchanged. Once all its files are restored, a run is removed from the record, so that the
    next undo goes back one run more; ten runs are kept.

    Runs are recorded in your state folder, by the project's path: ~/.local/state/migrator or in XDG_STATE_HOME; on
    macOS ~/Library/Application Support/migrator, on Windows %LOCALAPPDATA%\\migrator. The environment variable
    MIGRATOR_STATE_DIR names another folder. A .migrator folder in the project is ignored.

    Exit codes: 0 success; 2 nothing to undo, or an unusable record; 3 a file could not be restored.
    """
    from migrator.cli.remarks import remark_old_records
    from migrator.files.failure import error_reason
    from migrator.files.runs.restore import undo_run as restore
    from migrator.files.runs.run_archive import drop_run, open_archive, recorded_root
    from migrator.files.runs.run_manifest import BadManifest

    for remark in remark_old_records([path]):
        print_message(f"note: {remark}")
    where = path
    try:
        root = recorded_root(path)
        if root is None:
            raise _nothing_recorded(path)
        where = root
        with open_archive(root) as runs:
            if not runs:
                raise _nothing_recorded(path)
            where = runs[-1].folder
            if forget:
                drop_run(runs[-1])
                click.echo("The record of the last run was deleted; no file was changed.")
                return Exit.CLEAN
            return _report_undo(restore(runs[-1]))
    except BadManifest as error:
        hint = f"`migrator undo --forget {path}` deletes the record."
        raise click.ClickException(
            f"{_short_path(where)}: the record of the run cannot be used: {error}; nothing was restored. {hint}"
        ) from error
    except OSError as error:
        raise click.ClickException(f"{_short_path(where)}: {error_reason(error)}; nothing was restored.") from error
    except KeyboardInterrupt:
        print_message("note: interrupted while restoring; the same command restores the other files.")
        raise


def _nothing_recorded(path: str) -> click.ClickException:
    return click.ClickException(f"there is nothing to undo in {path} or above; pass a PATH that was given to codemod.")


#: Printed when a file could not be restored.
_KEPT = (
    "note: the originals of these files are kept: revert later changes to them and undo again, "
    "or delete the originals with `migrator undo --forget`. Until then, the code may use two versions."
)


def _report_undo(undone: UndoResult) -> Exit:
    from migrator.report.phrases import pluralize

    for path in undone.restored:
        click.echo(guard_text(f"  restored {_short_path(path)}"))
    for failure in undone.left:
        print_message(f"error: {_short_path(failure.path)}: not restored: {failure.message}")
    same = f", {len(undone.unchanged):,} already unchanged" if undone.unchanged else ""
    left = f", {len(undone.left):,} not restored" if undone.left else ""
    click.echo(f"The run of {undone.began}: {pluralize(len(undone.restored), 'file')} restored{same}{left}.")
    if undone.left:
        print_message(_KEPT)
        return Exit.UNREAD
    return Exit.CLEAN


def _short_path(path: str) -> str:
    """Return the path relative to the current folder if it is inside, safe to print."""
    from migrator.report.printable import escape_line

    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        relative = path
    return escape_line((path if relative.startswith("..") else relative).replace(os.sep, "/"))
