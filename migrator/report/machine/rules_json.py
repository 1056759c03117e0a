"""Format the rules of the tables as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from migrator.rules.rule import Step
from migrator.rules.table import Rules, RuleTable


def rules_document(rules: Rules) -> list[dict[str, Any]]:
    """Return a JSON object for each rule, with the API and the versions of its step."""
    return [
        {"api": table.api.id, "from": str(step.source), "to": str(step.target), **asdict(rule)}
        for table, step in each_step(rules)
        for rule in step.rules
    ]


def each_step(rules: Rules) -> Iterator[tuple[RuleTable, Step]]:
    """Yield every step of every table, with its table."""
    for table in rules.tables:
        for step in table.steps:
            yield table, step
