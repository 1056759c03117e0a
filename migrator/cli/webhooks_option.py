"""``migrator audit --webhooks FILE``: also check the registrations of a live account."""

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
