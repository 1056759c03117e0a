"""``migrator undo``: put back what the last run changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from migrator.cli.exit_codes import Exit

if TYPE_CHECKING:
    from migrator.files.restore import Undone


@click.command(short_help="Put back what the last `migrator codemod --write` changed.")
@click.argument("path", default=".", type=click.Path(exists=True))
@click.option("--forget", is_flag=True, help="Restore nothing; drop the record and the originals of the last run.")
def undo(path: str, forget: bool) -> Exit:
    """Restore the files that the last `migrator codemod --write` changed in the project of PATH (default: here).

    The runs of a project are kept in its folder .migrator: the nearest one from PATH upwards counts. A file that was
    changed since the run is named and left as it is. Once all its files are restored a run is forgotten, so that the
    next undo goes back one run more; ten runs are kept.

    Exit codes: 0 done; 2 there is nothing to undo, or the record cannot be used; 3 a file is left as it is.
    """
    from migrator.files.failure import reason
    from migrator.files.project_root import FOLDER, recorded_root
    from migrator.files.restore import undo as restore
    from migrator.files.run_archive import archive, drop
    from migrator.files.run_manifest import BadManifest

    root = recorded_root(path)
    if root is None:
        raise click.ClickException(
            f"there is nothing to undo in {path} or above; name a PATH that was given to codemod."
        )
    where = os.path.join(root, FOLDER)  # noqa: PTH118
    try:
        with archive(root) as runs:
            if not runs:
                raise click.ClickException(f"there is nothing to undo: no run is kept in {_short(where)}.")
            where = runs[-1].folder
            if forget:
                drop(runs[-1])
                click.echo("The last run is forgotten; no file was changed.")
                return Exit.CLEAN
            return _tell(restore(runs[-1]))
    except BadManifest as error:
        hint = f"`migrator undo --forget {path}` drops it."
        raise click.ClickException(
            f"{_short(where)}: the record of the run {error}; nothing is restored. {hint}"
        ) from error
    except OSError as error:
        raise click.ClickException(f"{_short(where)}: {reason(error)}; nothing is restored.") from error


#: What is to be said where a file could not be restored.
_KEPT = (
    "note: the originals of what is left are kept: take later changes out of those files and undo again, "
    "or drop the originals with `migrator undo --forget`. Until then the code may speak of two versions."
)


def _tell(undone: Undone) -> Exit:
    from migrator.report.phrases import plural

    for path in undone.restored:
        click.echo(f"  restored {_short(path)}")
    for failure in undone.left:
        click.echo(f"error: {_short(failure.path)}: not restored: {failure.message}", err=True)
    same = f", {len(undone.unchanged):,} as before anyway" if undone.unchanged else ""
    left = f", {len(undone.left):,} left as {'it is' if len(undone.left) == 1 else 'they are'}" if undone.left else ""
    click.echo(f"The run of {undone.began}: {plural(len(undone.restored), 'file')} restored{same}{left}.")
    if undone.left:
        click.echo(_KEPT, err=True)
        return Exit.UNREAD
    return Exit.CLEAN


def _short(path: str) -> str:
    """The path as one would type it here, made harmless to print."""
    from migrator.report.printable import printable

    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        relative = path
    return printable((path if relative.startswith("..") else relative).replace(os.sep, "/"))
