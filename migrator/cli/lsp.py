"""``migrator lsp``: a language server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from migrator.cli.exit_codes import Exit
from migrator.cli.options import Asked, rules_option, split

if TYPE_CHECKING:
    from migrator.lsp.folder_analysis import Chosen
    from migrator.lsp.workspace import Choose

#: What pygls brings along; when one of these is missing, so is the extra.
_LIBRARIES = frozenset({"pygls", "lsprotocol", "cattrs", "attrs"})


@click.command(short_help="Show findings in an editor, with their edits: a language server.")
@click.option("--from", "source", metavar="VERSION", help="The version the code speaks.  [default: the lowest]")
@click.option("--to", "target", metavar="VERSION", help="The version it is to speak.  [default: the highest]")
@click.option("--api", metavar="ID", help="Look for this API only.  [default: every one that is loaded]")
@click.option(
    "--select", multiple=True, callback=split, metavar="RULES", help="Only these rules: ids or globs, with commas."
)
@click.option("--ignore", multiple=True, callback=split, metavar="RULES", help="All rules but these.")
@rules_option
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out what matches below the workspace; as a line of .gitignore. Repeatable.",
)
@click.option("--unsafe", is_flag=True, help="Let the action for a whole file make the unsafe edits too.")
@click.option("--reverse", is_flag=True, help="Go back: from the version of --to down to that of --from.")
@click.option("--stdio", is_flag=True, help="Speak over stdin and stdout; it always does.")
def lsp(
    source: str | None,
    target: str | None,
    api: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[str, ...],
    exclude: tuple[str, ...],
    unsafe: bool,
    reverse: bool,
    stdio: bool,  # noqa: ARG001  # editors that know of other ways say which one they want
) -> Exit:
    """Run a language server for an editor, which starts it and speaks with it over stdin and stdout.

    It shows what `migrator audit` finds in the files that are open, on the evidence of the whole workspace, tells
    on hovering what a change is about, and offers the edits of `migrator codemod`. It needs the extra `lsp`:
    pip install 'livechat-migrator[lsp]'. Each folder's own [tool.migrator] holds; the options win over it.

    Exit codes: 0 the editor shut it down; 1 the editor went away without; 2 wrong usage, or the extra is not installed.
    """
    asked = Asked(
        (), source, target, api, rules, select, ignore, exclude, unsafe, reverse, rename_wrappers=False, jobs=1
    )
    serve = _serve_of_extra()
    _check(asked)
    if sys.stdin.isatty():
        click.echo("migrator lsp waits for an editor to speak to it over stdin; Ctrl-C ends it.", err=True)
    return Exit.CLEAN if serve(lambda folder: _chosen(asked, folder)) else Exit.FINDINGS


def _serve_of_extra() -> Callable[[Choose], bool]:
    """What serves. Raises click.UsageError where the libraries that it takes are not installed."""
    try:
        from migrator.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise click.UsageError(
            f"The language server needs the library {error.name!r}; pip install 'livechat-migrator[lsp]' brings it."
        ) from error
    return serve


def _check(asked: Asked) -> None:
    """Refuse options that cannot be used; settings may be mended while the server runs."""
    from migrator.cli.pyproject import SettingsError
    from migrator.cli.run_settings import choose

    with suppress(SettingsError):
        choose(asked)


def _chosen(asked: Asked, folder: str | None) -> Chosen:
    """What to look for in a folder. Raises Unusable."""
    from migrator.cli.pyproject import SettingsError
    from migrator.cli.run_settings import choose
    from migrator.lsp.folder_analysis import Chosen
    from migrator.lsp.workspace import Unusable
    from migrator.matching.prefilter import needles
    from migrator.rules.table import UnknownVersion
    from migrator.rules.table_errors import TableError

    try:
        choice = choose(replace(asked, paths=(folder,) if folder else ()))
    except click.ClickException as error:
        raise Unusable(error.message) from error
    except (SettingsError, TableError, UnknownVersion) as error:
        raise Unusable(str(error)) from error
    return Chosen(choice.options, needles(choice.options, everything=True), choice.excludes)
