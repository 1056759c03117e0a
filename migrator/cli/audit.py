"""``migrator audit``: find code that uses what has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from migrator.cli.baseline.baseline_options import apply_baseline, baseline_options
from migrator.cli.baseline.fail_on import FailOn, fail_on_option, has_failing
from migrator.cli.evidence_paths import evidence_option, show_typed_paths
from migrator.cli.exit_codes import Exit
from migrator.cli.live_options import (
    add_registrations,
    add_seen_rows,
    refuse_unseen_form,
    seen_options,
    webhooks_option,
)
from migrator.cli.options import finder_options, read_options

if TYPE_CHECKING:
    from migrator.report.sections import GroupBy

_FORMS = ("text", "json", "sarif", "github", "junit", "markdown", "html", "json-schema")


@click.command(short_help="Find code that uses what was renamed, removed or changed.")
@click.pass_context
@finder_options
@evidence_option
@webhooks_option
@seen_options
@baseline_options
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="json-schema prints the schema of the JSON and searches nothing.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the result to FILE, whole or not at all.  [default: standard output]",
)
@click.option(
    "--group-by",
    type=click.Choice(["rule", "file"]),
    default="rule",
    show_default=True,
    help="Group findings in text, junit and markdown.",
)
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(["name-only", "notes"]),
    help="name-only: old names without evidence that they are the API's; notes: code affected by changes that only the "
    "reference documents. Neither affects the exit code. Repeatable.",
)
@fail_on_option
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
    seen: tuple[str, ...],
    seen_days: int,
    ledger: bool,
    color: str,
    **_asked: object,
) -> Exit:
    """Find code in PATHs (default: the current folder) that is affected by changes of the API. Nothing is written.

     Findings in Python and configuration are those that `migrator codemod` edits or lists as manual; findings in other
    languages, documents and recorded traffic are always manual. Archives, such as .gz and .zip, are not opened.

    A comment `migrator: ignore` or `migrator: ignore[RULE, ...] reason` suppresses findings on its line or, on a line
    of its own, on the next one. `migrator: ignore-file` suppresses findings in the whole file.

    Exit codes: 0 no findings; 1 findings; 2 usage error or invalid table; 3 a file could not be read.
    """
    from migrator.cli.output import OutputOptions, show_audit, show_report_schema

    if form == "json-schema":
        show_report_schema(output)
        return Exit.CLEAN
    refuse_unseen_form(seen, form)
    from migrator.cli.run import add_ledger, add_open_tasks, exit_code, find_changes, options_of
    from migrator.cli.run_settings import load_settings
    from migrator.report.extra_listings import add_name_only, split_notes
    from migrator.report.output_formats import ReportFormat
    from migrator.report.text.progress import show_progress

    choice = replace(load_settings(read_options(ctx), notes="notes" in show), evidence=evidence)
    with show_progress(color != "never") as tell:
        run = split_notes(find_changes(choice, tell, everything=True))
        run = add_registrations(run, webhooks, options_of(run, choice))
        run = add_seen_rows(run, seen, seen_days, webhooks, with_notes="notes" in show)
        if ledger or form == "json" or "name-only" in show:
            run = add_ledger(run, options_of(run, choice))
        run = apply_baseline(ctx, run, choice)
    if "name-only" in show:
        run = add_name_only(run)
    run = add_open_tasks(run)
    run = show_typed_paths(run)
    show_audit(run, OutputOptions(ReportFormat(form), color, output, group_by, ledger))
    return exit_code(run, pending=has_failing(run, fail_on))
