"""``migrator audit``: find where code uses what has changed."""

from __future__ import annotations

import click

from migrator.cli.asked import asked, asks
from migrator.cli.exits import Exit


@click.command(short_help="Find where code uses what was renamed, removed or changed.")
@click.pass_context
@asks
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "json-schema"]),
    default="text",
    show_default=True,
    help="json-schema prints the schema of the JSON, and looks at nothing.",
)
def audit(ctx: click.Context, /, form: str, ledger: bool, color: str, **_asked: object) -> Exit:
    """Find the places in PATHs (default: the current folder) that a change of the API is about. Nothing is written.

    These are the places that `migrator codemod` edits or leaves for a person, in the same files.

    Exit codes: 0 there is none; 1 there are some; 2 wrong usage or a broken table; 3 a file could not be read.
    """
    from migrator.cli.show import show_audit, show_report_schema

    if form == "json-schema":
        show_report_schema()
        return Exit.CLEAN
    from migrator.cli.choose import choose
    from migrator.cli.perform import accounted, exit_code, find
    from migrator.report.progress import progress

    choice = choose(asked(ctx))
    with progress(color != "never") as tell:
        run = find(choice, tell)
        if ledger or form == "json":
            run = accounted(run, choice.options)
    show_audit(run, form, color, ledger=ledger)
    return exit_code(run, pending=bool(run.findings))
