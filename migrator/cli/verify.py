"""``migrator verify``: judge a migration that was made, by whomever."""

# Paths are compared as they are displayed.
# ruff: noqa: PTH112, PTH120

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from migrator.cli.exit_codes import Exit
from migrator.cli.options import finder_options, read_options

if TYPE_CHECKING:
    from migrator.cli.options import CommandOptions
    from migrator.cli.run import Progress
    from migrator.program.verify.account import Account
    from migrator.program.verify.compare_programs import AnalysedProgram
    from migrator.report.run_result import RunResult

_FORMS = ("text", "json", "sarif", "github", "json-schema")


@click.command(short_help="Judge a migration: account for every occurrence of the old program.")
@click.pass_context
@finder_options
@click.option(
    "--base",
    metavar="REF",
    help="The program before the migration: a git revision, or a folder.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="json-schema prints the schema of the JSON and verifies nothing.",
)
def verify(ctx: click.Context, /, base: str | None, form: str, color: str, **_asked: object) -> Exit:
    """Compare the project of PATH (default: the current folder) with what it was at REF, whoever changed it.

    Every occurrence that a rule applies to in the old program is done, removed, open or wrong in the present one. Wrong
    is a name that no version knows, a name of another method, a name called under the version of another, a follow-up
    that is neither done nor marked, and a name that was changed although nothing shows that it is the API's. Open is a
    TODO of the codemod, and what stands as it was. PATHs choose what is reported. Nothing is written.

    Exit codes: 0 nothing is open and nothing is wrong; 1 something is; 2 usage error; 3 a file could not be read.
    """
    import json

    from migrator.cli.build_log import guard_json
    from migrator.cli.output import print_lines
    from migrator.program.verify.account import State
    from migrator.report.machine.verify_report import verify_schema
    from migrator.report.text.progress import show_progress

    if form == "json-schema":
        print_lines(json.dumps(verify_schema(), indent=2) + "\n", guard_json)
        return Exit.CLEAN
    if base is None:
        raise click.UsageError("Missing option '--base'. Name the commit before the migration, such as --base main.")
    with show_progress(color != "never") as tell:
        accounts, run = _verify_paths(read_options(ctx), base, tell)
    _show(accounts, run, base, form, color)
    if run.failures:
        return Exit.UNREAD
    return Exit.FINDINGS if any(each.state in (State.OPEN, State.WRONG) for each in accounts) else Exit.CLEAN


def _verify_paths(asked: CommandOptions, base: str, tell: Progress) -> tuple[list[Account], RunResult]:
    from migrator.files.project_root import repository_root
    from migrator.program.verify.compare_programs import compare_programs

    paths = asked.paths or (".",)
    folder = paths[0] if os.path.isdir(paths[0]) else os.path.dirname(paths[0]) or "."
    with TemporaryDirectory(prefix="migrator-") as scratch:
        if os.path.isdir(base):
            root, before = os.path.realpath(folder), os.path.realpath(base)
        else:
            root, before = repository_root(folder), os.path.realpath(scratch)
            _export(root, base, before)
        old, old_run = _analyse(before, replace(asked, unsafe=True), tell, None)
        new, run = _analyse(root, asked, tell, old_run)
        accounts = compare_programs(old, _with_files_of(new, old, root), old_run.chains)
    shown = [_relative(path, root) for path in paths]
    kept = [each for each in accounts if _is_below(each.path, shown) or _is_below(each.old_path or each.path, shown)]
    failures = tuple(sorted({*old_run.failures, *run.failures}))
    return kept, replace(run, failures=tuple(each for each in failures if _is_below(each.path, shown)))


def _export(root: str, base: str, folder: str) -> None:
    from migrator.files.git_tree import GitTreeError, export_tree

    try:
        export_tree(root, base, Path(folder))
    except GitTreeError as error:
        raise click.UsageError(f"--base: {error}") from error


def _analyse(
    root: str, asked: CommandOptions, tell: Progress, like: RunResult | None
) -> tuple[AnalysedProgram, RunResult]:
    """Return the findings of a whole project, with paths below it; `like` is the run whose versions are followed."""
    from migrator.cli.run import find_changes
    from migrator.cli.run_settings import load_settings
    from migrator.program.verify.compare_programs import AnalysedProgram

    choice = replace(load_settings(replace(asked, paths=(root,))), root=root)
    if like is not None:
        choice = replace(choice, options=replace(choice.options, chains=like.chains, finds_source=False))
    run = _below(find_changes(choice, tell, everything=True), root)
    return AnalysedProgram(run.results, dict(run.hits)), run


def _below(run: RunResult, root: str) -> RunResult:
    """Return a run with paths relative to a folder."""
    start = root.rstrip("/") + "/"

    def name(path: str) -> str:
        return path.removeprefix(start)

    results = []
    for result in run.results:
        findings = {
            finding: replace(
                finding,
                path=name(finding.path),
                evidence=tuple(step.replace(start, "") for step in finding.evidence),
                message=finding.message.replace(start, ""),
            )
            for finding in (*result.findings, *result.applied)
        }
        results.append(
            replace(
                result,
                path=name(result.path),
                findings=tuple(findings[each] for each in result.findings),
                applied=tuple(findings[each] for each in result.applied),
            )
        )
    return replace(
        run,
        results=tuple(results),
        failures=tuple(replace(each, path=name(each.path)) for each in run.failures),
        hits={name(path): raw for path, raw in run.hits.items()},
        files={name(folder): names for folder, names in run.files.items()},
    )


def _with_files_of(new: AnalysedProgram, old: AnalysedProgram, root: str) -> AnalysedProgram:
    """Return the program with the files that may hold what the old one held, under their own or another name."""
    from migrator.files.gitignore import EVERY
    from migrator.files.search_files import search_files

    names = {finding.new for result in old.results for finding in result.findings if finding.new}
    sought = sorted({*(name.encode() for name in names), b"TODO(migrator", *old.asked_calls()})
    start = root.rstrip("/") + "/"
    found = search_files((root,), sought, (), lambda _: None, 1, EVERY)
    files = {path.removeprefix(start): raw for path, raw in found.hits.items()}
    for path in {result.path for result in old.results} - files.keys() - new.files.keys():
        try:
            files[path] = found.read_searched(start + path)
        except OSError:
            continue
    return replace(new, files={**files, **new.files})


def _relative(path: str, root: str) -> str:
    return os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")


def _is_below(path: str, shown: Iterable[str]) -> bool:
    return any(folder == "." or path == folder or path.startswith(f"{folder}/") for folder in shown)


def _show(accounts: list[Account], run: RunResult, base: str, form: str, color: str) -> None:
    import sys

    from migrator.cli.build_log import guard_json, guard_text, print_message
    from migrator.cli.output import print_lines
    from migrator.report.machine.github_annotations import github_text
    from migrator.report.machine.sarif import sarif_text
    from migrator.report.machine.verify_report import accounts_as_run, verify_json
    from migrator.report.text.colors import painter, wants_color
    from migrator.report.text.verify_text import verify_text

    if form == "json":
        print_lines(verify_json(accounts, base, run), guard_json)
    elif form == "sarif":
        print_lines(sarif_text(accounts_as_run(accounts, run)), guard_json)
    elif form == "github":
        print_lines(github_text(accounts_as_run(accounts, run)), lambda text: text)
    else:
        print_lines(verify_text(accounts, base, painter(wants_color(color, sys.stdout))), guard_text)
    for failure in run.failures:
        print_message(f"error: {failure.path}: {failure.message}")
