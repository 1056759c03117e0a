"""Print a run: the result to stdout or a file, errors and notes to stderr."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from migrator.cli.build_log import Guard, clean_message, guard_diff, guard_json, guard_markup, guard_text
from migrator.cli.exit_codes import discard_stdout
from migrator.report.output_formats import ReportFormat, format_report
from migrator.report.run_result import RunResult
from migrator.report.text.codemod_text import codemod_text, run_notes
from migrator.report.text.colors import painter, wants_color
from migrator.report.text.components import diff_lines

if TYPE_CHECKING:
    from migrator.report.sections import GroupBy

#: In characters: half of a pipe's buffer on Linux, and little memory.
_PIECE = 1 << 15
#: Lines are between 80 and 120 cells wide, as the terminal; 120 without one. Wider lines of prose are hard to read.
_WIDTHS = (80, 120)


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """The format and destination of a report, and what it includes."""

    form: ReportFormat
    color: str
    output: str | None = None
    group_by: GroupBy = "rule"
    ledger: bool = False


def show_codemod(run: RunResult, form: str, color: str, *, diff: bool, ledger: bool) -> None:
    """Print a codemod run as text or JSON."""
    if form == "json":
        print_lines(format_report(run, ReportFormat.JSON, "rule", ledger), guard_json)
    else:
        colored = wants_color(color, sys.stdout)
        if diff and run.changed:
            terminal = colored or sys.stdout.isatty()
            changes = diff_lines(run, painter(colored), terminal)
            print_lines(changes if terminal else guard_diff(changes), exact=not terminal)
            print_lines("\n")
        print_lines(codemod_text(run, painter(colored)))
        print_lines(_ledger_lines(run, colored))
    _print_notes(run_notes(run))


def show_audit(run: RunResult, telling: OutputOptions) -> None:
    """Print an audit run. The text form lists errors itself if stdout and stderr are the same terminal.

    Raises click.ClickException if the output file cannot be written.
    """
    terminal = telling.output is None and sys.stdout.isatty()
    if telling.form is not ReportFormat.TEXT:
        lines = format_report(run, telling.form, telling.group_by, telling.ledger)
    else:
        lines = _audit_text(run, telling, terminal)
    if telling.output is None:
        print_lines(lines, _guard_of(telling.form))
    else:
        _write_output(lines, telling.output)
    if telling.form is not ReportFormat.TEXT or not (terminal and sys.stderr.isatty()):
        _print_notes(run_notes(run))


def show_report_schema(output: str | None = None) -> None:
    """Print the JSON Schema of the JSON format."""
    import json

    from migrator.report.machine.report_schema import report_schema

    lines = [json.dumps(report_schema(), indent=2) + "\n"]
    if output is None:
        print_lines(lines)
    else:
        _write_output(lines, output)


def print_lines(lines: Iterable[str], guard: Guard = guard_text, *, exact: bool = False) -> None:
    """Print text to stdout without changing its colours; `exact` text is unchanged, and always encoded as UTF-8.

    `guard` keeps other text from being taken for commands of a build.

    Raises click.ClickException if it cannot be written, and BrokenPipeError if the reader has closed the pipe.
    """
    for piece in _join_pieces(lines):
        try:
            click.echo(piece.encode("utf-8", "surrogateescape") if exact else guard(piece), nl=False, color=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            discard_stdout()
            raise click.ClickException(f"cannot write the result: {error.strerror}") from error


def _guard_of(form: ReportFormat) -> Guard:
    if form is ReportFormat.TEXT:
        return guard_text
    if form is ReportFormat.GITHUB:
        return str  # annotations are commands, and what they say is escaped already
    return guard_json if form in (ReportFormat.JSON, ReportFormat.SARIF) else guard_markup


def _audit_text(run: RunResult, telling: OutputOptions, terminal: bool) -> Iterator[str]:
    from migrator.report.text.audit_text import TextLayout, audit_text

    colored = telling.color == "always" if telling.output else wants_color(telling.color, sys.stdout)
    least, most = _WIDTHS
    width = min(max(shutil.get_terminal_size().columns, least), most) if terminal else most
    yield from audit_text(run, painter(colored), TextLayout(telling.group_by, width, terminal))
    if telling.ledger:
        yield from _ledger_lines(run, colored)
    if run.seen is not None:
        from migrator.report.text.seen_table import seen_table

        yield from seen_table(run.seen, painter(colored))


def _write_output(lines: Iterable[str], path: str) -> None:
    from migrator.files.failure import error_reason
    from migrator.payload.streams.atomic_output import open_output

    try:
        out = open_output(path)
        try:
            for piece in _join_pieces(lines):
                out.stream.write(piece.encode("utf-8", "backslashreplace"))
            out.commit()
        finally:
            out.discard()
    except OSError as error:
        raise click.ClickException(f"--output: cannot write {path}: {error_reason(error)}") from error


def _ledger_lines(run: RunResult, colored: bool) -> Iterator[str]:
    if run.ledger is not None:
        from migrator.report.text.ledger_table import ledger_table

        yield from ledger_table(run.ledger, painter(colored))


def _join_pieces(lines: Iterable[str]) -> Iterator[str]:
    """Join lines to pieces of a size that keeps system calls few.

    More than one piece is needed: on an unbuffered stdout, only a second write reports a closed pipe.
    """
    piece: list[str] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size > _PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)


def _print_notes(lines: Iterable[str]) -> None:
    click.echo(clean_message("".join(lines)), nl=False, err=True)
