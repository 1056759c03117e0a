"""Add to a run what is left to do before the program is deployed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrator.report.run_result import RunResult


def add_open_tasks(run: RunResult) -> RunResult:
    """Return the run with its open tasks. Files of settings are read as they are after the run."""
    if not run.findings:
        return run
    from migrator.files.settings_files import read_settings_file
    from migrator.program.open_tasks import list_open_tasks

    after = {result.path: result.after for result in run.results if result.is_changed}

    def read_settings(path: str) -> bytes:
        return after[path] if path in after else read_settings_file(path, run.files)

    return replace(run, tasks=list_open_tasks(run.results, run.chains, read_settings))
