"""``migrator explain``: show why a line of code is or is not changed, and what a rule means."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli.exit_codes import Exit
from migrator.cli.options import CommandOptions, color_option, rules_options

if TYPE_CHECKING:
    from migrator.cli.run_settings import RunSettings
    from migrator.findings.finding import FileResult
    from migrator.findings.ledger import Occurrence
    from migrator.report.run_result import RunResult
    from migrator.report.text.explain_line import ExplainedLine

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]+)(?::[0-9]+)?\Z", re.DOTALL)


@click.command(short_help="Explain why a line of code is or is not changed, or what a rule means.")
@click.argument("what", metavar="FILE:LINE|RULE")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="The folder to search for evidence.  [default: the nearest with a pyproject.toml or .git]",
)
@click.option("--from", "source", metavar="VERSION", help="Version that the code uses.  [default: the lowest]")
@click.option("--to", "target", metavar="VERSION", help="Version to migrate to.  [default: the highest]")
@click.option("--api", metavar="ID", help="Use only this API.  [default: all loaded APIs]")
@click.option("--reverse", is_flag=True, help="Migrate down: from the version of --to to that of --from.")
@rules_options
@color_option
def explain(
    what: str,
    root: str | None,
    source: str | None,
    target: str | None,
    api: str | None,
    reverse: bool,
    rules: tuple[str, ...],
    no_shipped: bool,
    color: str,
) -> Exit:
    """Explain a line of code: what was found, on what evidence, and why anything else is left unchanged.

     The whole project is searched, as by `migrator audit`. With the id of a RULE, show what changed, where, and an
    example.

    Exit codes: 0 success; 2 usage error or invalid table; 3 the file could not be read.
    """
    place = _PLACE.match(what)
    if place is None:
        return _explain_rule(what, rules, color, shipped=not no_shipped)
    asked = CommandOptions(
        (), source, target, api, rules, (), (), (), unsafe=False, reverse=reverse, rename_wrappers=False, jobs=None
    )
    asked = replace(asked, no_shipped=no_shipped)
    return _explain_place(place["file"], int(place["line"]), root, asked, color)


def _explain_rule(name: str, folders: tuple[str, ...], color: str, *, shipped: bool) -> Exit:
    from difflib import get_close_matches

    from migrator.cli.output import print_lines
    from migrator.cli.run_settings import load_tables
    from migrator.report.text.colors import painter, wants_color
    from migrator.report.text.explain_names import explain_names
    from migrator.report.text.explain_rule import explain_rule

    tables = load_tables(folders, shipped=shipped).tables
    rows = {rule.id: (table, step, rule) for table in tables for step in table.steps for rule in step.rules}
    lists = {names.id: (table, names) for table in tables for names in table.api.names}
    paint = painter(wants_color(color, sys.stdout))
    if name in lists:
        print_lines(explain_names(*lists[name], paint))
        return Exit.CLEAN
    if name not in rows:
        close = get_close_matches(name, [*rows, *lists], n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "`migrator rules` lists all rules."
        raise click.UsageError(f"There is no rule {name!r}; {hint} For a line of code, use FILE:LINE.")
    print_lines(explain_rule(*rows[name], paint))
    return Exit.CLEAN


def _explain_place(file: str, number: int, root: str | None, asked: CommandOptions, color: str) -> Exit:
    from migrator.cli.output import print_lines
    from migrator.cli.run import find_changes, options_of
    from migrator.cli.run_settings import load_settings
    from migrator.report.text.colors import painter, wants_color
    from migrator.report.text.explain_line import explain_line
    from migrator.report.text.progress import show_progress

    if not Path(file).is_file():
        raise click.UsageError(f"There is no file {file!r}.")
    choice = replace(load_settings(replace(asked, paths=(file,))), root=root)
    with show_progress(color != "never") as tell:
        run = find_changes(choice, tell, everything=True)
    line = _find_line(file, number, run, replace(choice, options=options_of(run, choice)))
    print_lines(explain_line(line, painter(wants_color(color, sys.stdout))))
    unread = line.result is not None and line.result.error is not None and line.result.error.unread
    return Exit.UNREAD if unread else Exit.CLEAN


def _find_line(file: str, number: int, run: RunResult, choice: RunSettings) -> ExplainedLine:
    """Return the line with what the run found in it. Raises click.UsageError if the file is shorter."""
    from migrator.report.source_lines import declared_encoding
    from migrator.report.text.explain_line import ExplainedLine

    raw = Path(file).read_bytes()
    lines = raw.splitlines()
    if not 1 <= number <= len(lines):
        raise click.UsageError(f"There is no line {number:,}: {file} has {len(lines):,} lines.")
    result = next((each for each in run.results if os.path.realpath(each.path) == os.path.realpath(file)), None)
    here = tuple(each for each in _classify_occurrences(result, run, choice) if each.line == number)
    text = lines[number - 1].decode(declared_encoding(raw), "backslashreplace")
    return ExplainedLine(file, number, text, result, here, choice.options.chains)


def _classify_occurrences(
    result: FileResult[bytes] | None, run: RunResult, choice: RunSettings
) -> tuple[Occurrence, ...]:
    """Return the occurrences of old names in the file of a result, in any language."""
    from migrator.files.python_files import is_python
    from migrator.matching.occurrences import collect_old_names
    from migrator.program.ledger_totals import account_for_python
    from migrator.program.text_ledger import account_for_texts
    from migrator.python.analysis.project import Project

    if result is None:
        return ()
    old = collect_old_names(choice.options)
    if not is_python(result.path, result.before):
        others = [each for each in (*run.results, *run.evidence) if not is_python(each.path, each.before)]
        return account_for_texts(others, old, choice.options)[result.path]
    python = [each for each in (*run.results, *run.evidence) if is_python(each.path, each.before)]
    return account_for_python(result, old, Project({each.path: each.before for each in python}))
