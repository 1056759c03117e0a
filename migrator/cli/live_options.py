"""``migrator audit --webhooks FILE --seen FILE``: what a live account has registered, and what its traffic needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from migrator.matching.selection import Options
    from migrator.report.run_result import RunResult

Command = TypeVar("Command", bound=Callable[..., Any])

#: In days: a month holds what runs once a month.
DEFAULT_WINDOW = 31
#: The formats that show the rows.
_FORMS = ("text", "json")

webhooks_option: Callable[[Command], Command] = click.option(
    "--webhooks",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Also report registered webhooks that stop working: FILE is the API's JSON response to listing them.",
)


def add_registrations(run: RunResult, file: str | None, options: Options) -> RunResult:
    """Return the run with the findings in a file of registrations; a file without any is a failure."""
    if file is None:
        return run
    from migrator.files.failure import FileFailure, error_reason
    from migrator.program.live_registrations import read_registrations

    same = Path(file).resolve()
    results = tuple(result for result in run.results if Path(result.path).resolve() != same)
    failures = [failure for failure in run.failures if Path(failure.path).resolve() != same]
    hits = {path: raw for path, raw in run.hits.items() if Path(path).resolve() != same}
    try:
        raw = Path(file).read_bytes()
    except OSError as error:
        return replace(run, failures=tuple(sorted((*failures, FileFailure(file, error_reason(error))))))
    result = read_registrations(file, raw, options)
    if result.error is not None:
        failures.append(FileFailure(file, result.error.message, result.error.line))
    searched = run.searched + (len(results) == len(run.results))
    hits[file] = raw
    return replace(run, searched=searched, results=(*results, result), failures=tuple(sorted(failures)), hits=hits)


def seen_options(command: Command) -> Command:
    """Add ``--seen`` and ``--seen-days`` to a command."""
    add_seen = click.option(
        "--seen",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Also show which rows are in use in code, on the wire and as registrations: FILE is written by "
        "migrator.UsageSummary. In text and json. Repeatable: one for each process.",
    )
    add_days = click.option(
        "--seen-days",
        type=click.IntRange(min=1, max=36500),
        default=DEFAULT_WINDOW,
        show_default=True,
        help="For --seen: how many days without traffic show that a row is not needed.",
    )
    return add_seen(add_days(command))


def refuse_unseen_form(files: tuple[str, ...], form: str) -> None:
    """Raise click.UsageError if the format does not show what `--seen` asks for."""
    if files and form not in _FORMS:
        raise click.UsageError(f"--seen is shown with --format {' or '.join(_FORMS)}, not {form}.")


def add_seen_rows(
    run: RunResult, files: tuple[str, ...], days: int, webhooks: str | None, *, with_notes: bool
) -> RunResult:
    """Return the run with the rows that are in use. Raises click.UsageError for a file that is no summary."""
    if not files:
        return run
    from datetime import UTC, datetime

    from migrator.files.failure import error_reason
    from migrator.payload.adapters.usage_summary import UsageFileError, UsageSummary
    from migrator.report.rows_in_use import Traffic, find_row_uses

    try:
        summaries = [UsageSummary.read(file, missing_ok=False) for file in files]
    except UsageFileError as error:
        raise click.UsageError(f"--seen: {error}") from error
    except OSError as error:
        raise click.UsageError(f"--seen: {error.filename or 'the file'}: {error_reason(error)}") from error
    last: dict[str, datetime] = {}
    for summary in summaries:
        for rule, moment in summary.last_seen.items():
            last[rule] = max(moment, last.get(rule, moment))
    # What one process has not watched, nobody has.
    since = max(summary.since for summary in summaries)
    traffic = Traffic(last, since, datetime.now(UTC), days)
    return replace(run, seen=find_row_uses(run, traffic, webhooks, with_notes=with_notes))
