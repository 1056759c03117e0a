"""List what a run found beside its findings: notes about reference-only rows, and bare old names."""

from __future__ import annotations

from dataclasses import replace

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import State
from migrator.report.run_result import NameOnly, Run


def with_names(run: Run) -> Run:
    """Return the run with the occurrences of its ledger that are only a name; none without a ledger."""
    found = [
        NameOnly(file.path, each.line, each.column, each.name, each.reason)
        for file in (run.ledger.files if run.ledger else ())
        for each in file.occurrences
        if each.state is State.NAME_ONLY
    ]
    return replace(run, names=tuple(found))


def with_notes(run: Run) -> Run:
    """Return the run with findings of note rules moved to its notes, which count for nothing."""
    note_rules = {rule.id for rule in run.rules.values() if rule.note}
    notes = tuple(finding for finding in run.findings if finding.rule in note_rules)
    results = tuple(_without(result, note_rules) for result in run.results) if notes else run.results
    return replace(run, results=results, notes=notes)


def _without(result: FileResult[bytes], rules: set[str]) -> FileResult[bytes]:
    kept: tuple[Finding, ...] = tuple(finding for finding in result.findings if finding.rule not in rules)
    return replace(result, findings=kept)
