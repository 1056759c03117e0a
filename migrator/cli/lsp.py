"""``migrator lsp``: run a language server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from migrator.cli.exit_codes import Exit
from migrator.cli.options import CommandOptions, rules_options, split_commas
from migrator.files.line_length import find_line_length

if TYPE_CHECKING:
    from migrator.lsp.folder_analysis import SearchSettings
    from migrator.lsp.workspace import LoadSettings

#: The libraries of the extra `lsp`; if one of these is missing, the extra is not installed.
_LIBRARIES = frozenset({"pygls", "lsprotocol", "cattrs", "attrs"})


@click.command(short_help="Run a language server, which shows findings and edits in an editor.")
@click.option("--from", "source", metavar="VERSION", help="Version that the code uses.  [default: the lowest]")
@click.option("--to", "target", metavar="VERSION", help="Version to migrate to.  [default: the highest]")
@click.option("--api", metavar="ID", help="Use only this API.  [default: all loaded APIs]")
@click.option(
    "--select",
    multiple=True,
    callback=split_commas,
    metavar="RULES",
    help="Use only these rules: ids or globs, comma-separated.",
)
@click.option("--ignore", multiple=True, callback=split_commas, metavar="RULES", help="Use all rules but these.")
@rules_options
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Skip matching files below the workspace, in .gitignore syntax. Repeatable.",
)
@click.option("--unsafe", is_flag=True, help="Also apply unsafe edits in the action for a whole file.")
@click.option("--reverse", is_flag=True, help="Migrate down: from the version of --to to that of --from.")
@click.option("--stdio", is_flag=True, help="Use stdin and stdout; always on.")
def lsp(
    source: str | None,
    target: str | None,
    api: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[str, ...],
    no_shipped: bool,
    exclude: tuple[str, ...],
    unsafe: bool,
    reverse: bool,
    stdio: bool,  # noqa: ARG001  # editors that know other transports name the one they want
) -> Exit:
    """Run a language server on stdin and stdout; an editor starts it.

     It shows what `migrator audit` finds in open files, with evidence from the whole workspace, explains findings on
    hover, and offers the edits of `migrator codemod`. It needs the extra `lsp`: pip install 'livechat-migrator[lsp]'.
    Each folder's own [tool.migrator] applies; options override it.

    Exit codes: 0 the editor shut the server down; 1 the editor disconnected; 2 usage error, or the extra is not
    installed.
    """
    asked = CommandOptions(
        (), source, target, api, rules, select, ignore, exclude, unsafe, reverse, rename_wrappers=False, jobs=1
    )
    asked = replace(asked, no_shipped=no_shipped)
    serve = _import_serve()
    _check_options(asked)
    if sys.stdin.isatty():
        click.echo("migrator lsp is waiting for an editor on stdin; press Ctrl-C to stop.", err=True)
    ended = serve(lambda folder: _folder_settings(asked, folder))
    _exit_beside_analyses(Exit.CLEAN if ended else Exit.FINDINGS)


def _exit_beside_analyses(code: Exit) -> NoReturn:
    """Exit without finalizing the interpreter: an analysis still runs in a thread, perhaps in a native library.

    Before 3.14, Python ends such a thread where it is, and a library of C++ or Rust then aborts the process.
    """
    sys.stderr.flush()
    os._exit(code)


def _import_serve() -> Callable[[LoadSettings], bool]:
    """Return the function that serves. Raises click.UsageError if its libraries are not installed."""
    try:
        from migrator.lsp.server import serve_editor
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise click.UsageError(
            f"The language server needs the library {error.name!r}: pip install 'livechat-migrator[lsp]'"
        ) from error
    return serve_editor


def _check_options(asked: CommandOptions) -> None:
    """Reject unusable options. Settings are not checked: they can be fixed while the server runs."""
    from migrator.cli.pyproject import SettingsError
    from migrator.cli.run_settings import load_settings

    with suppress(SettingsError):
        load_settings(asked)


def _folder_settings(asked: CommandOptions, folder: str | None) -> SearchSettings:
    """Return what to look for in a folder. Raises Unusable."""
    from migrator.cli.pyproject import SettingsError
    from migrator.cli.run_settings import load_settings
    from migrator.lsp.folder_analysis import SearchSettings
    from migrator.lsp.workspace import UnusableSettings
    from migrator.matching.prefilter import collect_needles
    from migrator.rules.table import UnknownVersion
    from migrator.rules.table_errors import TableError

    try:
        choice = load_settings(replace(asked, paths=(folder,) if folder else ()))
    except click.ClickException as error:
        raise UnusableSettings(error.message) from error
    except (SettingsError, TableError, UnknownVersion) as error:
        raise UnusableSettings(str(error)) from error
    options = replace(choice.options, find_line_length=partial(_find_line_length, folder or "."))
    return SearchSettings(options, collect_needles(choice.options, everything=True), choice.excludes)


def _find_line_length(folder: str, path: str, default: int) -> int:
    """Return the line length of a file, whose path is relative to a folder."""
    return find_line_length(os.path.join(folder, path), default)  # noqa: PTH118  # an absolute path stays as it is
