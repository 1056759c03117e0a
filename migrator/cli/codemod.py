"""``migrator codemod``: rewrite code for a newer version."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from migrator.cli.exit_codes import Exit
from migrator.cli.options import asked, asks

if TYPE_CHECKING:
    from migrator.report.run_result import Run


@click.command(short_help="Rewrite code for a newer version of the API.")
@click.pass_context
@click.option("--write", is_flag=True, help="Change the files. Without it nothing is written.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change or is left.")
@click.option(
    "--allow-dirty", is_flag=True, help="Write even to files with changes that are not committed, or unknown to git."
)
@click.option("--diff/--no-diff", default=None, help="Show the diff.  [default: unless --write is given]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@asks
def codemod(
    ctx: click.Context,
    /,
    write: bool,
    check: bool,
    allow_dirty: bool,
    diff: bool | None,
    form: str,
    ledger: bool,
    color: str,
    **_asked: object,
) -> Exit:
    """Rewrite the Python code in PATHs (default: the current folder) for a newer version of the API.

    What is evident is edited, and shown as a diff; what is left for a person is listed with what to do.

    Below a folder, *.py, *.pyi and *.ipynb files are looked at, but for those that git ignores and those in hidden and
    vendored folders. A file that is named is looked at in any case. Links to folders are not followed, links to files
    only where they stay within the PATHs. In a notebook, the code cells in Python are looked at, and nothing else.

    A comment `migrator: ignore`, or `migrator: ignore[RULE, ...] reason`, leaves its line alone; with a line to itself,
    the one below. `migrator: ignore-file` is about the whole file.

    With --write, nothing at all is written where a file that would change has been modified, staged or not yet added
    since the last commit, unless --allow-dirty is given; outside a git repository, and for files that git ignores, this
    is not asked. The originals are kept in the folder .migrator of the project, and `migrator undo` puts them back.

    Exit codes: 0 done, or nothing to do; 1 with --check: something would change or is left; 2 wrong usage, a broken
    table, or changes that are not committed; 3 a file could not be read, understood or written.
    """
    if write and check:
        raise click.UsageError("--write and --check exclude each other: --check only asks.")
    from migrator.cli.output import show_codemod
    from migrator.cli.run import accounted, apply, exit_code, find
    from migrator.cli.run_settings import choose
    from migrator.report.text.progress import progress

    choice = choose(asked(ctx))
    remarks: tuple[str, ...] = ()
    undo = " ".join(("migrator undo", *asked(ctx).paths[:1]))
    with progress(color != "never") as tell:
        run = find(choice, tell)
        if write and not allow_dirty:
            from migrator.cli.dirty_tree import refuse_uncommitted

            remarks = refuse_uncommitted(run)
        if write:
            try:
                run = apply(run, choice.paths, tell)
            except KeyboardInterrupt:
                click.echo(f"note: interrupted while writing; `{undo}` takes back what was written.", err=True)
                raise
        if ledger or form == "json":
            run = accounted(run, choice.options)
    show_codemod(run, form, color, diff=not write if diff is None else diff, ledger=ledger)
    for remark in remarks:
        click.echo(f"note: {remark}", err=True)
    if _is_half_done(run):
        half = "a file with edits was left as it is, so the code may now speak of two versions"
        click.echo(f"note: {half}: mend what the error says and run again, or `{undo}`.", err=True)
    elif run.written and sys.stderr.isatty():
        click.echo(f"note: `{undo}` takes this back.", err=True)
    return exit_code(run, pending=check and bool(run.changed or run.left))


def _is_half_done(run: Run) -> bool:
    """Whether files were written, and others were not that would have to go with them."""
    left = (result for result in run.results if result.error is not None and not result.error.unread)
    return bool(run.written) and any(finding.edits for result in left for finding in result.findings)
