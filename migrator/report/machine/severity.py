"""Rank findings for machines, and name the results that no rule of a table produces."""

from __future__ import annotations

from migrator.findings.finding import Applicability, Finding
from migrator.rules.rule import Rule

STALE_ID = "stale-suppression"
NAME_ID = "name-only"


def level(finding: Finding, rule: Rule | None) -> str:
    """How much a finding weighs: an error needs a person, a warning has an edit, a note changes nothing."""
    if rule is not None and not rule.active:
        return "note"
    return "error" if finding.applicability is Applicability.MANUAL else "warning"
