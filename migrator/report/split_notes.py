"""The notes of a run: findings about rows that are only told, taken out from among the findings."""

from __future__ import annotations

from dataclasses import replace

from migrator.findings.finding import FileResult, Finding
from migrator.report.run_result import Run


def with_notes(run: Run) -> Run:
    """The run with its notes apart: they are no findings, and count for nothing."""
    told = {rule.id for rule in run.rules.values() if rule.note}
    notes = tuple(finding for finding in run.findings if finding.rule in told)
    results = tuple(_without(result, told) for result in run.results) if notes else run.results
    return replace(run, results=results, notes=notes)


def _without(result: FileResult[bytes], rules: set[str]) -> FileResult[bytes]:
    kept: tuple[Finding, ...] = tuple(finding for finding in result.findings if finding.rule not in rules)
    return replace(result, findings=kept)
