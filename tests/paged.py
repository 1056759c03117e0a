"""Runs to make pages of: of real code, of many findings, of nothing, of what somebody hostile would have scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from migrator.files.failure import FileFailure
from migrator.findings.finding import Applicability, FileResult, Finding, StaleEntry
from migrator.matching.occurrences import collect_old_names
from migrator.matching.selection import Options
from migrator.program.ledger_totals import account_for
from migrator.python.migrate import migrate_files
from migrator.report.run_result import NameOccurrence, RunResult
from migrator.rules.load import load_rules

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
UNREAD = FileFailure("old/letters.py", "is not utf-8: invalid start byte", 14)


@cache
def options() -> Options:
    """The rules that are shipped, over the whole way."""
    return Options(load_rules().chains())


def run_over(files: Mapping[str, bytes], **more: Any) -> RunResult:
    """The run of an audit over some files."""
    results = tuple(migrate_files(files, options()))
    return RunResult(options().chains, len(files), results, hits=files, **more)


@cache
def sample_run() -> RunResult:
    """An audit of the sample that is shipped, with everything that a page can show beside findings."""
    paths = sorted((SAMPLES / "support_bot").glob("*.py"))
    run = run_over({f"support_bot/{path.name}": path.read_bytes() for path in paths})
    settings = "support_bot/settings.py"
    return replace(
        run,
        ledger=account_for(run.results, run.hits, collect_old_names(options())),
        names=(NameOccurrence(settings, 15, 19, "incoming_chat_thread", "in a path whose host is unknown"),),
        notes=(
            replace(run.findings[0], path="support_bot/journal.py", message="`order` was removed in 3.2", edits=()),
        ),
        unmet=(StaleEntry(settings, 3, ("webhook-thread-closed",)),),
        failures=(UNREAD,),
    )


@cache
def repeated_run(times: int) -> RunResult:
    """The findings of the sample in as many folders: one every second place stands in."""
    run = sample_run()
    results = []
    for number in range(times):
        folder = f"services/{'abcdefgh'[number % 8]}/app{number}/"
        for result in run.results:
            moved = tuple(replace(finding, path=folder + finding.path) for finding in result.findings)
            results.append(replace(result, path=folder + result.path, findings=moved, applied=(), stale=()))
    return RunResult(run.chains, len(results), tuple(results))


def finding(path: str, line: int, column: int, old: str, **more: Any) -> Finding:
    """A finding at a name in a line."""
    values: dict[str, Any] = {
        "rule": "webhook-thread-closed",
        "kind": "rename_webhook",
        "end_line": line,
        "end_column": column + len(old),
        "new": "chat_deactivated",
        "applicability": Applicability.MANUAL,
        "evidence": ("the file says so",),
        "message": "look at it",
        "advice": "",
    }
    return Finding(path=path, line=line, column=column, old=old, **{**values, **more})


def run_of(path: str, raw: bytes, *findings: Finding, **more: Any) -> RunResult:
    """A run in which one file holds some findings."""
    return RunResult(options().chains, 1, (FileResult(path, raw, raw, findings),), hits={path: raw}, **more)
