"""Format the list of rules as text."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.report.machine.rules_json import each_step
from migrator.report.printable import escape_line
from migrator.report.text.colors import Paint
from migrator.rules.rule import Kind, Rule, Step
from migrator.rules.table import Rules


def rule_list(rules: Rules, paint: Paint) -> Iterator[str]:
    """Yield every rule by API and step: its id, kind and change."""
    ids = [rule.id for rule in rules.all_rules()]
    width = max(map(len, ids), default=0)
    for table, step in each_step(rules):
        title = f"{escape_line(table.api.title)} {step.source} to {step.target}"
        yield f"{paint(title, bold=True)}  ({table.api.id}, {len(step.rules)} rules)\n"
        for rule in step.rules:
            names = escape_line(_changed_names(rule, step))
            yield f"  {rule.id:<{width}}  {rule.kind:<14}  {names}{_origin_note(rule)}".rstrip() + "\n"
        yield "\n"


def _changed_names(rule: Rule, step: Step) -> str:
    if rule.kind is Kind.RAISE_VERSION:
        return f"{step.source} -> {step.target}"
    return " -> ".join(name for name in (rule.old, rule.new) if name)


def _origin_note(rule: Rule) -> str:
    return "" if rule.active else "  (off by default)"
