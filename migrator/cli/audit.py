"""``migrator audit``: find where code uses what has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import click

from migrator.cli.baseline_options import baseline_options, baselined
from migrator.cli.evidence_paths import evidence_option, narrowed
from migrator.cli.exit_codes import Exit
from migrator.cli.options import asked, asks
from migrator.cli.webhooks_option import webhooks_option, with_registrations

if TYPE_CHECKING:
    from migrator.report.run_result import Run
    from migrator.report.sections import GroupBy

FailOn = Literal["manual", "safe", "any", "never"]
_FORMS = ("text", "json", "sarif", "github", "junit", "markdown", "html", "json-schema")


@click.command(short_help="Find where code uses what was renamed, removed or changed.")
@click.pass_context
@asks
@evidence_option
@webhooks_option
@baseline_options
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="json-schema prints the schema of the JSON, and looks at nothing.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the result here, whole or not at all.  [default: standard output]",
)
@click.option(
    "--group-by",
    type=click.Choice(["rule", "file"]),
    default="rule",
    show_default=True,
    help="What stands together in text, junit and markdown.",
)
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(["name-only", "notes"]),
    help="name-only: old names of which nothing shows whose they are; notes: readers of what changed beside the "
    "changelog. Neither counts for the exit code. Repeatable.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["manual", "safe", "any", "never"]),
    default="any",
    show_default=True,
    help="Which findings make the exit code 1; a suppression of nothing counts as any.",
)
def audit(
    ctx: click.Context,
    /,
    form: str,
    output: str | None,
    group_by: GroupBy,
    show: tuple[str, ...],
    fail_on: FailOn,
    evidence: tuple[str, ...],
    webhooks: str | None,
    ledger: bool,
    color: str,
    **_asked: object,
) -> Exit:
    """Find the places in PATHs (default: the current folder) that a change of the API is about. Nothing is written.

    In Python these are the places that `migrator codemod` edits or leaves for a person; those in other languages, in
    configuration, documents and recorded traffic are for a person. Archives, such as .gz and .zip, are not opened.

    A comment `migrator: ignore`, or `migrator: ignore[RULE, ...] reason`, leaves its line alone; with a line to itself,
    the one below. `migrator: ignore-file` is about the whole file.

    Exit codes: 0 there is none; 1 there are some; 2 wrong usage or a broken table; 3 a file could not be read.
    """
    from migrator.cli.output import Telling, show_audit, show_report_schema

    if form == "json-schema":
        show_report_schema(output)
        return Exit.CLEAN
    from migrator.cli.run import accounted, exit_code, find
    from migrator.cli.run_settings import choose
    from migrator.report.extra_listings import with_names, with_notes
    from migrator.report.output_formats import Form
    from migrator.report.text.progress import progress

    choice = replace(choose(asked(ctx), notes="notes" in show), evidence=evidence)
    with progress(color != "never") as tell:
        run = with_notes(find(choice, tell, everything=True))
        if evidence:
            run = narrowed(run, choice.paths)
        run = with_registrations(run, webhooks, choice.options)
        if ledger or form == "json" or "name-only" in show:
            run = accounted(run, choice.options)
        run = baselined(ctx, run, choice)
    if "name-only" in show:
        run = with_names(run)
    show_audit(run, Telling(Form(form), color, output, group_by, ledger))
    return exit_code(run, pending=fails(run, fail_on))


def fails(run: Run, fail_on: FailOn) -> bool:
    """Whether a run has findings of the sort that make it fail."""
    if fail_on == "any":
        return bool(run.findings or run.stale)
    return any(finding.applicability == fail_on for finding in run.findings)
