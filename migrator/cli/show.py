"""Print a run: the result on stdout, what could not be read on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from migrator.report.paint import painter, wants_color
from migrator.report.run import Run
from migrator.report.text import audit_text, codemod_text, notes

_PIECE = 1 << 15


def show_codemod(run: Run, form: str, color: str, *, diff: bool, ledger: bool) -> None:
    """Print a run of the codemod as text or JSON."""
    if form == "json":
        _put_json(run, ledger)
    else:
        colored = wants_color(color, sys.stdout)
        put(codemod_text(run, painter(colored), diff=diff, terminal=colored or sys.stdout.isatty()))
        put(_ledger(run, colored))
    _tell(notes(run))


def show_audit(run: Run, form: str, color: str, *, ledger: bool) -> None:
    """Print a run of the audit as text or JSON."""
    if form == "json":
        _put_json(run, ledger)
    else:
        colored = wants_color(color, sys.stdout)
        put(audit_text(run, painter(colored)))
        put(_ledger(run, colored))
    _tell(notes(run))


def show_report_schema() -> None:
    """Print the schema of the JSON."""
    import json

    from migrator.report.schema import report_schema

    put([json.dumps(report_schema(), indent=2) + "\n"])


def put(lines: Iterable[str]) -> None:
    """Print to stdout just what is given: whether to colour has been decided."""
    for piece in _pieces(lines):
        click.echo(piece, nl=False, color=True)


def _put_json(run: Run, ledger: bool) -> None:
    from migrator.report.machine import json_text

    put([json_text(run, ledger)])


def _ledger(run: Run, colored: bool) -> Iterator[str]:
    if run.ledger is not None:
        from migrator.report.ledger import ledger_text

        yield from ledger_text(run.ledger, painter(colored))


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Lines joined up to a size that keeps calls few, but more than one: an unbuffered stdout tells only on the next
    one that nobody reads any more.
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


def _tell(lines: Iterable[str]) -> None:
    click.echo("".join(lines), nl=False, err=True)
