"""``--evidence DIR``: report findings in some files, such as those of a commit, with evidence from the project."""

# ruff: noqa: PTH118
from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from migrator.report.run_result import RunResult

evidence_option = click.option(
    "--evidence",
    multiple=True,
    type=click.Path(exists=True),
    metavar="DIR",
    help="Also use DIR as evidence, without reporting findings in it. Repeatable.",
)


def restrict_to_paths(run: RunResult, paths: Iterable[str]) -> RunResult:
    """Return the run with the findings and failures in the given files and folders only."""
    given = _below_paths(paths)
    return replace(
        run,
        results=tuple(result for result in run.results if given(result.path)),
        failures=tuple(failure for failure in run.failures if given(failure.path)),
        outside=tuple(path for path in run.outside if given(path)),
        hits={path: raw for path, raw in run.hits.items() if given(path)},
        notes=tuple(note for note in run.notes if given(note.path)),
    )


def _below_paths(paths: Iterable[str]) -> Callable[[str], bool]:
    roots = [os.path.realpath(path) for path in paths]
    folders = tuple(os.path.join(root, "") for root in roots)

    def below(path: str) -> bool:
        real = os.path.realpath(path)
        return real in roots or real.startswith(folders)

    return below
