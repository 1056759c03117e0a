"""The baseline options of an audit: find the file, apply it, and write it."""

# ruff: noqa: PTH105, PTH108, PTH118, PTH123
from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from migrator.cli.baseline_scope import Scope
    from migrator.cli.run_settings import Choice
    from migrator.report.baseline.known_findings import Row
    from migrator.report.run_result import Run

Command = TypeVar("Command", bound=Callable[..., Any])

#: The baseline that is used if the project has one of this name and no other is named.
NAME = ".migrator-baseline.json"

_OPTIONS = (
    click.option(
        "--baseline",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help=f"Do not report findings recorded in FILE.  [default: the project's {NAME}, if it exists]",
    ),
    click.option("--no-baseline", is_flag=True, help="Use no baseline."),
    click.option(
        "--write-baseline", is_flag=True, help="Record all findings in the baseline, and remove stale entries."
    ),
)


@dataclass(frozen=True, slots=True)
class _File:
    """A baseline on disk: its path as displayed, its bytes, and its entries with their line numbers."""

    path: str
    data: bytes | None
    rows: tuple[tuple[int, Row], ...]


def baseline_options(command: Command) -> Command:
    """Add --baseline, --no-baseline and --write-baseline to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def baselined(ctx: click.Context, run: Run, choice: Choice) -> Run:
    """Return the run without the findings recorded in the baseline, which is written first with --write-baseline.

    The run's ledger must be made before. Raises click.ClickException, also if a named baseline does not exist.
    """
    asked, write = ctx.params["baseline"], ctx.params["write_baseline"]
    if ctx.params["no_baseline"]:
        if asked or write:
            raise click.UsageError("--no-baseline cannot be combined with --baseline or --write-baseline.")
        return run
    path = _path(asked, choice)
    if not write and not asked and not choice.baseline and not os.path.lexists(path):
        return run
    file = _read(path, write)
    return _written(file, run, choice) if write else _without(file, run, choice)


def _path(asked: str | None, choice: Choice) -> str:
    if asked:
        return asked
    from migrator.files.project_root import project_root

    try:
        path = choice.baseline or os.path.join(project_root(choice.paths), NAME)
    except OSError as error:
        raise click.UsageError(f"{error.strerror}, or name the baseline.") from error
    try:
        near = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return path if near.startswith(os.pardir) else near


def _read(path: str, write: bool) -> _File:
    from migrator.files.read import read_bytes
    from migrator.report.baseline.baseline_file import BadBaseline, parse

    try:
        data = read_bytes(path)
        return _File(path, data, parse(data))
    except FileNotFoundError as error:
        if write:
            return _File(path, None, ())
        raise click.ClickException(f"{path}: no such file; create it with --write-baseline") from error
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read: {error.strerror}") from error
    except BadBaseline as bad:
        raise click.ClickException(f"{path if bad.line is None else f'{path}:{bad.line}'}: {bad}") from bad


def _without(file: _File, run: Run, choice: Choice) -> Run:
    """Return the run without known findings; entries that match nothing are reported if the run covers their file."""
    from migrator.report.baseline.known_findings import unmet, without_known

    scope = _scope(file, run, choice)
    run, left = without_known(run, [row for _, row in file.rows], scope.name)
    judged = [(line, row) for line, row in file.rows if left[row] and scope.judges(row)]
    return replace(run, unmet=(*run.unmet, *unmet(judged, left, file.path.replace(os.sep, "/"))))


def _written(file: _File, run: Run, choice: Choice) -> Run:
    """Write the current findings, and the old entries that the run does not cover; return what is not recorded."""
    from migrator.report.baseline.baseline_file import dump
    from migrator.report.baseline.known_findings import rows_of, without_known
    from migrator.report.phrases import plural
    from migrator.report.printable import printable

    scope = _scope(file, run, choice)
    old = Counter(row for _, row in file.rows)
    kept = [row for row in old.elements() if not (scope.judges(row) or scope.is_gone(row))]
    rows = [*kept, *(row for row in rows_of(run, scope.name) if scope.judges(row))]
    _put(file, dump(rows))
    new, gone = (Counter(rows) - old).total(), (old - Counter(rows)).total()
    summary = f"{file.path}: {plural(len(rows), 'finding')} recorded, {new:,} of them new; {gone:,} removed"
    click.echo(f"note: {printable(summary)}", err=True)
    return without_known(run, rows, scope.name)[0]


def _scope(file: _File, run: Run, choice: Choice) -> Scope:
    from migrator.cli.baseline_scope import scope_of

    try:
        return scope_of(run, choice.options, choice.paths, file.path)
    except ValueError as error:
        raise click.ClickException(f"{file.path}: is on a different drive from the scanned files") from error


def _put(file: _File, data: bytes) -> None:
    """Write the file, whole or not at all, if its bytes change."""
    from migrator.files.atomic_write import replace_file

    if data == file.data:
        return
    try:
        if file.data is None:
            _create(file.path, data)
        else:
            replace_file(file.path, file.data, data)
    except OSError as error:
        raise click.ClickException(f"{file.path}: cannot be written: {error.strerror}") from error


def _create(path: str, data: bytes) -> None:
    """Create a file with the default mode bits. Raises OSError, also if the temporary file exists."""
    temporary = f"{path}.{os.getpid()}.tmp"
    with open(temporary, "xb") as stream:
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            os.unlink(temporary)
            raise
    os.replace(temporary, path)
