"""``--fail-on``: the findings for which a run ends with exit code 1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import click

from migrator.cli.baseline.baseline_options import apply_baseline

if TYPE_CHECKING:
    from migrator.cli.run_settings import RunSettings
    from migrator.report.run_result import RunResult

FailOn = Literal["manual", "safe", "any", "never"]

fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["manual", "safe", "any", "never"]),
    default="any",
    show_default=True,
    help="Findings that set the exit code to 1; unused suppressions count as any.",
)


def has_failing(run: RunResult, fail_on: FailOn) -> bool:
    """Return whether the run has findings of the kind that sets the exit code to 1."""
    if fail_on == "any":
        return bool(run.findings or run.stale)
    return any(finding.applicability == fail_on for finding in run.findings)


def has_pending(run: RunResult, fail_on: FailOn) -> bool:
    """Return whether a check of the codemod fails: edits are left to make, or manual findings, as `fail_on` says."""
    if fail_on == "any":
        return bool(run.changed or run.left)
    if fail_on == "safe":
        return bool(run.changed)
    return any(finding.applicability == fail_on for finding in run.left)


def accept_known(ctx: click.Context, run: RunResult, choice: RunSettings) -> RunResult:
    """Return the run without manual findings that the baseline records; edits stay, for they can still be made.

    Stale entries are not reported: the audit does that, which searches every kind of file. Raises click.ClickException.
    """
    left = (replace(result, findings=result.remaining, applied=(), after=result.before) for result in run.results)
    known = apply_baseline(ctx, replace(run, results=tuple(left)), choice).known
    held = frozenset(known)
    results = (
        replace(result, findings=tuple(finding for finding in result.findings if finding not in held))
        for result in run.results
    )
    return replace(run, results=tuple(results), known=known)
