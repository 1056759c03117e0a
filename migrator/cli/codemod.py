"""``migrator codemod``: rewrite code for a newer version."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from migrator.cli.baseline.baseline_options import check_options
from migrator.cli.baseline.fail_on import FailOn, accept_known, fail_on_option, has_pending
from migrator.cli.build_log import print_message
from migrator.cli.exit_codes import Exit
from migrator.cli.options import finder_options, read_options

if TYPE_CHECKING:
    from migrator.report.run_result import RunResult


@click.command(short_help="Rewrite code for a newer version of the API.")
@click.pass_context
@click.option("--write", is_flag=True, help="Write the edits. Without it, nothing is written.")
@click.option(
    "--check",
    is_flag=True,
    help="Never write; exit with 1 if anything would change, or is left beside the baseline.",
)
@click.option("--allow-dirty", is_flag=True, help="Also write to files that are untracked or have uncommitted changes.")
@click.option("--diff/--no-diff", default=None, help="Show the diff.  [default: unless --write is given]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@fail_on_option
@check_options
@finder_options
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
    fail_on: FailOn,
    baseline: str | None,
    **_asked: object,
) -> Exit:
    """Rewrite the code and configuration in PATHs (default: the current folder) for a newer version of the API.

     Edits that are certain are shown as a diff; everything else is listed with instructions. PATHs decide what is
    edited, not what is known: evidence comes from the whole project, the nearest folder with a pyproject.toml or .git.

    Below a folder, every file is searched, except those that git ignores and those in hidden and vendored folders.
    Python is edited, and configuration where it sets a whole URL of the API or lists registrations: together with the
    code that reads it, or neither is. Links to folders are not followed; links to files are followed within the PATHs.
    In notebooks, only Python code cells are searched.

    A comment `migrator: ignore` or `migrator: ignore[RULE, ...] reason` suppresses findings on its line or, on a line
    of its own, on the next one. `migrator: ignore-file` suppresses findings in the whole file.

    With --write, nothing is written if a file that would change has been modified, staged or not added since the last
    commit, unless --allow-dirty is given. Files outside a git repository, and ignored files, are not checked. Files in
    .git and the like are never written. The originals are kept in your state folder; `migrator undo` restores them.

    Exit codes: 0 success; 1 with --check: something would change or is left; 2 usage error, invalid table or
    uncommitted changes; 3 a file could not be read, understood or written.
    """
    if baseline and not check:
        raise click.UsageError("--baseline can only be used with --check: without it, every finding is listed.")
    if write and check:
        raise click.UsageError("--write and --check cannot be used together: --check never writes.")
    from migrator.cli.evidence_paths import show_typed_paths
    from migrator.cli.output import show_codemod
    from migrator.cli.remarks import remark_old_records
    from migrator.cli.run import add_ledger, add_open_tasks, exit_code, find_changes, options_of, write_changes
    from migrator.cli.run_settings import load_settings
    from migrator.report.text.progress import show_progress

    choice = load_settings(read_options(ctx))
    remarks: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    undo = " ".join(("migrator undo", *read_options(ctx).paths[:1]))
    with show_progress(color != "never") as tell:
        run = find_changes(choice, tell)
        if write and not allow_dirty:
            from migrator.cli.dirty_tree import refuse_uncommitted

            remarks = refuse_uncommitted(run)
        if write:
            from migrator.cli.remarks import count_names, remark_names

            names = count_names(run)
            try:
                run = write_changes(run, choice.paths, tell)
            except KeyboardInterrupt:
                print_message(f"note: interrupted while writing; `{undo}` restores the files that were written.")
                raise
            linked = remark_names(run, names)
        if ledger or form == "json":
            run = add_ledger(run, options_of(run, choice))
    if check:
        run = accept_known(ctx, run, choice)
    run = add_open_tasks(run)
    run = show_typed_paths(run)
    show_codemod(run, form, color, diff=not write if diff is None else diff, ledger=ledger)
    for remark in (*remarks, *linked, *remark_old_records(choice.paths)):
        print_message(f"note: {remark}")
    if _is_half_done(run):
        half = "a file with edits was left unchanged, so the code may now use two versions"
        print_message(f"note: {half}; fix the error and run again, or `{undo}`.")
    elif run.written and sys.stderr.isatty():
        print_message(f"note: `{undo}` reverts this run.")
    return exit_code(run, pending=check and has_pending(run, fail_on))


def _is_half_done(run: RunResult) -> bool:
    """Return whether some files were written and others, which belong to the same change, were not."""
    left = (result for result in run.results if result.error is not None and not result.error.unread)
    return bool(run.written) and any(finding.edits for result in left for finding in result.findings)
