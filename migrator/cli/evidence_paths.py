"""Report the findings in the named files and folders only, with evidence from their projects and ``--evidence``."""

# Paths are compared as they are displayed.
from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from migrator.files.python_files import PYTHON, is_python

if TYPE_CHECKING:
    from migrator.files.named_paths import NamedPath
    from migrator.findings.finding import FileResult
    from migrator.findings.ledger import Ledger
    from migrator.matching.selection import Options
    from migrator.report.run_result import RunResult

Value = TypeVar("Value")

evidence_option = click.option(
    "--evidence",
    multiple=True,
    type=click.Path(exists=True),
    metavar="DIR",
    help="Also use DIR as evidence, without reporting findings in it. The project of each PATH always is. Repeatable.",
)


def restrict_to_paths(run: RunResult, named: Iterable[NamedPath]) -> RunResult:
    """Return the run with the findings and failures in the named files and folders; the other results are evidence."""
    given = _below_paths(each.shown for each in named)
    return replace(
        run,
        searched=_count_files(run.files, given),
        results=tuple(result for result in run.results if given(result.path)),
        failures=tuple(failure for failure in run.failures if given(failure.path)),
        outside=tuple(path for path in run.outside if given(path)),
        hits={path: raw for path, raw in run.hits.items() if given(path)},
        evidence=tuple(result for result in run.results if not given(result.path)),
    )


def restrict_to_editable(run: RunResult, taken_for_python: Container[str]) -> RunResult:
    """Return the run with its Python files, and the files of configuration whose findings can be edited."""
    if not run.results:
        return replace(run, failures=tuple(each for each in run.failures if _concerns_python(each.path)))
    from migrator.program.reader_choice import is_program

    kept: dict[str, FileResult[bytes]] = {}
    for result in run.results:
        if result.path in taken_for_python or is_python(result.path, result.before):
            kept[result.path] = result
        elif result.editable:
            findings = tuple(finding for finding in result.findings if finding in result.editable)
            kept[result.path] = replace(result, findings=findings, stale=())
    return replace(
        run,
        results=tuple(kept.values()),
        untouched=tuple(each for each in run.results if each.path not in kept and is_program(each.path, each.before)),
        failures=tuple(failure for failure in run.failures if failure.path in kept or _concerns_python(failure.path)),
        hits={path: raw for path, raw in run.hits.items() if path in kept},
    )


def _concerns_python(path: str) -> bool:
    """Return whether a failure at a path may hide Python: of a Python file, a folder, or a file that git reads."""
    return "." not in path.rpartition("/")[2].lstrip(".") or path.endswith(PYTHON)


def find_config_obstacle(paths: Iterable[str], options: Options) -> Callable[[str], str]:
    """Return a function that says why a file of configuration is not edited, an empty string if it may be."""
    given = _below_paths(paths)

    def find_obstacle(path: str) -> str:
        if options.python_only:
            return "only Python is edited"
        return "" if given(path) else "it is outside of the given paths"

    return find_obstacle


def restrict_ledger(ledger: Ledger, run: RunResult) -> Ledger:
    """Return the ledger of the files that are reported."""
    others = {result.path for result in run.evidence}
    return replace(ledger, files=tuple(file for file in ledger.files if file.path not in others))


def show_typed_paths(run: RunResult) -> RunResult:
    """Return the run with its paths as they were typed. It is the last step: before, paths are those of the project."""
    if all(shown == typed for shown, typed in run.typed):
        return run
    name = _rename_paths(run.typed)
    results = tuple(_rename_result(result, name) for result in run.results)
    ledger = run.ledger
    if ledger is not None:
        ledger = replace(ledger, files=tuple(replace(file, path=name(file.path)) for file in ledger.files))
    return replace(
        run,
        results=results,
        failures=tuple(sorted(_rename_each(run.failures, name))),
        outside=tuple(map(name, run.outside)),
        written=None if run.written is None else tuple(map(name, run.written)),
        hits={name(path): raw for path, raw in run.hits.items()},
        ledger=ledger,
        names=_rename_each(run.names, name),
        notes=_rename_each(run.notes, name),
        known=_rename_each(run.known, name),
        tasks=tuple(replace(task, places=_rename_each(task.places, name)) for task in run.tasks),
        typed=(),
    )


def _below_paths(paths: Iterable[str]) -> Callable[[str], bool]:
    known = tuple(paths)
    if "." in known:
        return lambda path: not path.startswith(("../", "/"))
    folders = tuple(f"{path.rstrip('/')}/" for path in known)
    return lambda path: path in known or path.startswith(folders)


def _count_files(files: Mapping[str, str], given: Callable[[str], bool]) -> int:
    return sum(
        given(folder + name)
        for folder, names in files.items()
        for name in names.strip("/").replace("//", "/").split("/")
    )


def _rename_paths(typed: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    pairs = [(shown, "" if name == os.curdir else name) for shown, name in typed]

    def name(path: str) -> str:
        for shown, other in pairs:
            if path == shown:
                return other or path
            if path.startswith(f"{shown}/"):
                return f"{other.rstrip('/')}{path[len(shown) :]}" if other else path[len(shown) + 1 :]
        return path

    return name


def _rename_each(values: Iterable[Value], name: Callable[[str], str]) -> tuple[Value, ...]:
    return tuple(replace(value, path=name(value.path)) for value in values)  # type: ignore[type-var, attr-defined]


def _rename_result(result: FileResult[bytes], name: Callable[[str], str]) -> FileResult[bytes]:
    return replace(
        result,
        path=name(result.path),
        findings=_rename_each(result.findings, name),
        applied=_rename_each(result.applied, name),
        suppressed=_rename_each(result.suppressed, name),
        stale=_rename_each(result.stale, name),
    )
