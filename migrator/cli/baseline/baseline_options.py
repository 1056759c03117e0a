"""The baseline options of an audit: find the file, apply it, and write it."""

# ruff: noqa: PTH100, PTH105, PTH108, PTH118, PTH119, PTH120, PTH123
from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migrator.cli.build_log import print_message
from migrator.files.runs.editable import is_version_control

if TYPE_CHECKING:
    from migrator.cli.baseline.baseline_scope import BaselineScope
    from migrator.cli.run_settings import RunSettings
    from migrator.report.baseline.known_findings import BaselineEntry
    from migrator.report.run_result import RunResult

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
class _BaselineFile:
    """A baseline on disk: its path as displayed, its bytes, and its entries with their line numbers."""

    path: str
    data: bytes | None
    rows: tuple[tuple[int, BaselineEntry], ...]


def baseline_options(command: Command) -> Command:
    """Add --baseline, --no-baseline and --write-baseline to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def check_options(command: Command) -> Command:
    """Add --baseline and --no-baseline to a command that never writes one."""
    for option in reversed(_OPTIONS[:2]):
        command = option(command)
    return command


def apply_baseline(ctx: click.Context, run: RunResult, choice: RunSettings) -> RunResult:
    """Return the run without the findings recorded in the baseline, which is written first with --write-baseline.

    The run's ledger must be made before. Raises click.ClickException, also if a named baseline does not exist.
    """
    asked, write = ctx.params["baseline"], ctx.params.get("write_baseline", False)
    if ctx.params["no_baseline"]:
        if asked or write:
            raise click.UsageError("--no-baseline cannot be combined with --baseline or --write-baseline.")
        return run
    path = _baseline_path(asked, choice)
    if not write and not asked and not choice.baseline and not os.path.lexists(path):
        return run
    if write:
        _check_destination(path, bool(asked), choice)
    file = _read_baseline(path, write)
    return _write_baseline(file, run, choice) if write else _remove_known(file, run, choice)


def _baseline_path(asked: str | None, choice: RunSettings) -> str:
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


def _check_destination(path: str, asked: bool, choice: RunSettings) -> None:
    """Check that no setting and no link of the project makes us write outside of it. Raises click.ClickException."""
    from migrator.files.project_root import project_root, repository_root

    root = repository_root(choice.settings_folder or project_root(choice.paths))
    typed = os.path.abspath(path)
    if asked and not typed.startswith(os.path.join(root, "")):
        return
    real = os.path.join(os.path.realpath(os.path.dirname(typed)), os.path.basename(typed))
    if not real.startswith(os.path.join(root, "")):
        raise click.ClickException(f"{path}: is outside the project; to write there, name it with --baseline")
    for part in real[len(root) :].replace(os.sep, "/").split("/"):
        if is_version_control(part):
            raise click.ClickException(f"{path}: is inside {part}, where nothing is ever written")


def _read_baseline(path: str, write: bool) -> _BaselineFile:
    from migrator.files.failure import error_reason
    from migrator.files.regular_file import LIST_LIMIT, read_regular
    from migrator.report.baseline.baseline_file import BadBaseline, parse_baseline

    try:
        data = read_regular(path, LIST_LIMIT)
        return _BaselineFile(path, data, parse_baseline(data))
    except FileNotFoundError as error:
        if write:
            return _BaselineFile(path, None, ())
        raise click.ClickException(f"{path}: no such file; create it with --write-baseline") from error
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read: {error_reason(error)}") from error
    except BadBaseline as bad:
        raise click.ClickException(f"{path if bad.line is None else f'{path}:{bad.line}'}: {bad}") from bad


def _remove_known(file: _BaselineFile, run: RunResult, choice: RunSettings) -> RunResult:
    """Return the run without known findings; entries that match nothing are reported if the run covers their file."""
    from migrator.report.baseline.known_findings import remove_known, stale_entries

    scope = _baseline_scope(file, run, choice)
    run, left = remove_known(run, [row for _, row in file.rows], scope.file_name)
    judged = [(line, row) for line, row in file.rows if left[row] and scope.covers_entry(row)]
    return replace(run, unmet=(*run.unmet, *stale_entries(judged, left, file.path.replace(os.sep, "/"))))


def _write_baseline(file: _BaselineFile, run: RunResult, choice: RunSettings) -> RunResult:
    """Write the current findings, and the old entries that the run does not cover; return what is not recorded."""
    from migrator.report.baseline.baseline_file import dump_baseline
    from migrator.report.baseline.known_findings import baseline_entries, remove_known
    from migrator.report.phrases import pluralize
    from migrator.report.printable import escape_line

    scope = _baseline_scope(file, run, choice)
    old = Counter(row for _, row in file.rows)
    kept = [row for row in old.elements() if not (scope.covers_entry(row) or scope.is_deleted(row))]
    rows = [*kept, *(row for row in baseline_entries(run, scope.file_name) if scope.covers_entry(row))]
    _write_file(file, dump_baseline(rows))
    new, gone = (Counter(rows) - old).total(), (old - Counter(rows)).total()
    summary = f"{file.path}: {pluralize(len(rows), 'finding')} recorded, {new:,} of them new; {gone:,} removed"
    print_message(f"note: {escape_line(summary)}")
    return remove_known(run, rows, scope.file_name)[0]


def _baseline_scope(file: _BaselineFile, run: RunResult, choice: RunSettings) -> BaselineScope:
    from migrator.cli.baseline.baseline_scope import scope_of

    try:
        return scope_of(run, replace(choice.options, chains=run.chains), choice.paths, file.path)
    except ValueError as error:
        raise click.ClickException(f"{file.path}: is on a different drive from the scanned files") from error


def _write_file(file: _BaselineFile, data: bytes) -> None:
    """Write the file, whole or not at all, if its bytes change."""
    from migrator.files.atomic_write import replace_file

    if data == file.data:
        return
    try:
        if file.data is None:
            _create_file(file.path, data)
        else:
            replace_file(file.path, file.data, data)
    except OSError as error:
        raise click.ClickException(f"{file.path}: cannot be written: {error.strerror}") from error


def _create_file(path: str, data: bytes) -> None:
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
