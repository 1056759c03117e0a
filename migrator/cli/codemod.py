"""``migrator codemod``: rewrite code for a newer version."""

from __future__ import annotations

import click

from migrator.cli.asked import asked, asks
from migrator.cli.exits import Exit


@click.command(short_help="Rewrite code for a newer version of the API.")
@click.pass_context
@click.option("--write", is_flag=True, help="Change the files. Without it nothing is written.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change or is left.")
@click.option("--diff/--no-diff", default=None, help="Show the diff.  [default: unless --write is given]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@asks
def codemod(
    ctx: click.Context,
    /,
    write: bool,
    check: bool,
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

    Exit codes: 0 done, or nothing to do; 1 with --check: something would change or is left; 2 wrong usage or a broken
    table; 3 a file could not be read, understood or written.
    """
    if write and check:
        raise click.UsageError("--write and --check exclude each other: --check only asks.")
    from migrator.cli.choose import choose
    from migrator.cli.perform import accounted, apply, exit_code, find
    from migrator.cli.show import show_codemod
    from migrator.report.progress import progress

    choice = choose(asked(ctx))
    with progress(color != "never") as tell:
        run = find(choice, tell)
        if write:
            run = apply(run, tell)
        if ledger or form == "json":
            run = accounted(run, choice.options)
    show_codemod(run, form, color, diff=not write if diff is None else diff, ledger=ledger)
    return exit_code(run, pending=check and bool(run.changed or run.left))
