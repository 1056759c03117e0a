"""List what a run found beside its findings: notes about reference-only rows, and bare old names."""

from __future__ import annotations

from dataclasses import replace

from migrator.findings.finding import FileResult, Finding
from migrator.matching.occurrences import State
from migrator.report.run_result import NameOnly, Run


def with_names(run: Run) -> Run:
    """The run with the places of its ledger at which there is only a name; without a ledger there is none."""
    found = [
        NameOnly(file.path, each.line, each.column, each.name, each.reason)
        for file in (run.ledger.files if run.ledger else ())
        for each in file.occurrences
        if each.state is State.NAME_ONLY
    ]
    return replace(run, names=tuple(found))


def with_notes(run: Run) -> Run:
    """The run with its notes apart: they are no findings, and count for nothing."""
    told = {rule.id for rule in run.rules.values() if rule.note}
    notes = tuple(finding for finding in run.findings if finding.rule in told)
    results = tuple(_without(result, told) for result in run.results) if notes else run.results
    return replace(run, results=results, notes=notes)


def _without(result: FileResult[bytes], rules: set[str]) -> FileResult[bytes]:
    kept: tuple[Finding, ...] = tuple(finding for finding in result.findings if finding.rule not in rules)
    return replace(result, findings=kept)
