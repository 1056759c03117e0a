"""The baseline of an audit: which file it is, what of it a run can judge, and how it is written."""

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

#: The baseline that is used where a project has one of this name, unless another is named.
NAME = ".migrator-baseline.json"

_OPTIONS = (
    click.option(
        "--baseline",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help=f"Say nothing of the places that FILE holds.  [default: {NAME} of the project, if it is there]",
    ),
    click.option("--no-baseline", is_flag=True, help="Use none."),
    click.option(
        "--write-baseline", is_flag=True, help="Take down what is found, and forget what is gone, in the baseline."
    ),
)


@dataclass(frozen=True, slots=True)
class _File:
    """A baseline as it lies on the disk: how its path is shown, its bytes, its rows with their lines."""

    path: str
    data: bytes | None
    rows: tuple[tuple[int, Row], ...]


def baseline_options(command: Command) -> Command:
    """Give a command --baseline, --no-baseline and --write-baseline."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def baselined(ctx: click.Context, run: Run, choice: Choice) -> Run:
    """The run without the places that are known from the baseline, once that is written if it was asked for.

    The ledger of a run is to be made before. Raises click.ClickException, also for a baseline that is missing.
    """
    asked, write = ctx.params["baseline"], ctx.params["write_baseline"]
    if ctx.params["no_baseline"]:
        if asked or write:
            raise click.UsageError("--no-baseline goes with neither --baseline nor --write-baseline.")
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
        raise click.UsageError(f"{error.strerror}; or name the baseline.") from error
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
        raise click.ClickException(f"{path}: there is no such file; --write-baseline makes it") from error
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be read: {error.strerror}") from error
    except BadBaseline as bad:
        raise click.ClickException(f"{path if bad.line is None else f'{path}:{bad.line}'}: {bad}") from bad


def _without(file: _File, run: Run, choice: Choice) -> Run:
    """The run without what is known; rows that hold nothing are told where the run can judge them."""
    from migrator.report.baseline.known_findings import unmet, without_known

    scope = _scope(file, run, choice)
    run, left = without_known(run, [row for _, row in file.rows], scope.name)
    judged = [(line, row) for line, row in file.rows if left[row] and scope.judges(row)]
    return replace(run, unmet=(*run.unmet, *unmet(judged, left, file.path.replace(os.sep, "/"))))


def _written(file: _File, run: Run, choice: Choice) -> Run:
    """The run against a baseline that holds what is found, and of the old one what the run cannot judge."""
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
    told = f"{file.path}: {plural(len(rows), 'place')}, {new:,} of them new; {gone:,} forgotten"
    click.echo(f"note: {printable(told)}", err=True)
    return without_known(run, rows, scope.name)[0]


def _scope(file: _File, run: Run, choice: Choice) -> Scope:
    from migrator.cli.baseline_scope import scope_of

    try:
        return scope_of(run, choice.options, choice.paths, file.path)
    except ValueError as error:
        raise click.ClickException(f"{file.path}: lies on another drive than the files; name one on theirs") from error


def _put(file: _File, data: bytes) -> None:
    """Write the file whole or not at all, if it would change."""
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
    """A new file with the mode bits that new files have here. Raises OSError, also when there is one by now."""
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
