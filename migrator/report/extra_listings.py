"""List what a run found beside its findings: notes about reference-only rows, and bare old names."""

from __future__ import annotations

from dataclasses import replace

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import OccurrenceState
from migrator.report.run_result import NameOccurrence, RunResult


def add_name_only(run: RunResult) -> RunResult:
    """Return the run with the occurrences of its ledger that are only a name; none without a ledger."""
    found = [
        NameOccurrence(file.path, each.line, each.column, each.name, each.reason)
        for file in (run.ledger.files if run.ledger else ())
        for each in file.occurrences
        if each.state is OccurrenceState.NAME_ONLY
    ]
    return replace(run, names=tuple(found))


def split_notes(run: RunResult) -> RunResult:
    """Return the run with its notes apart, which count for nothing: findings of note rules, and those in comments."""
    note_rules = {rule.id for rule in run.rules.values() if rule.is_note}
    notes = tuple(finding for finding in run.findings if finding.rule in note_rules or finding.is_note)
    results = tuple(_remove_rules(result, note_rules) for result in run.results) if notes else run.results
    return replace(run, results=results, notes=notes)


def _remove_rules(result: FileResult[bytes], rules: set[str]) -> FileResult[bytes]:
    kept: tuple[Finding, ...] = tuple(
        finding for finding in result.findings if not (finding.is_note or finding.rule in rules)
    )
    return replace(result, findings=kept)
