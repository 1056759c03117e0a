"""Rank findings for machines, and name the results that no rule produces."""

from __future__ import annotations

from migrator.findings.finding import Applicability, Finding
from migrator.rules.rule import Rule

STALE_ID = "stale-suppression"
NAME_ID = "name-only"


def severity_level(finding: Finding, rule: Rule | None) -> str:
    """Return the severity of a finding: error if manual, warning if it has an edit, note if the rule is only a note."""
    if rule is not None and not rule.active:
        return "note"
    return "error" if finding.applicability is Applicability.MANUAL else "warning"
