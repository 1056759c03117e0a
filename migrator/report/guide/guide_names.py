"""Write the tables of renamed names for the migration guide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from migrator.report.guide.guide_rows import active_rules, guard_condition, location_phrase, source_reference
from migrator.report.markdown.escape import aligned_table, escape_prose, inline_code
from migrator.rules.rule import Kind, Rule, RulePlace, Step
from migrator.rules.table import Api

_SUBJECTS = {Kind.RENAME_METHOD: "methods", Kind.RENAME_WEBHOOK: "webhooks", Kind.RENAME_KEY: "keys"}
_NEW = "the new name"


def rename_tables(api: Api, step: Step) -> Iterator[str]:
    """Yield the renamed methods, webhooks and keys, with a table for each set of locations that rules share."""
    for kind, subject in _SUBJECTS.items():
        groups: dict[tuple[RulePlace, ...], list[Rule]] = defaultdict(list)
        for rule in active_rules(step):
            if rule.kind is kind:
                groups[rule.where].append(rule)
        if groups:
            yield f"\n### Renamed {subject}\n"
        for where, rules in groups.items():
            yield from _name_locations(api, step, where, kind)
            yield "\n"
            yield from _name_table(step, rules)
            yield "\n"
            yield from _shared_advice(rules)


def _name_locations(api: Api, step: Step, where: tuple[RulePlace, ...], kind: Kind) -> Iterator[str]:
    """Yield where the names of a table occur: methods in the URL, everything else in documents."""
    if kind is Kind.RENAME_METHOD:
        yield f"\nThe name of a method is in the path {inline_code(api.path.replace('{version}', str(step.target)))}.\n"
    elif len(where) == 1:
        yield f"\nIn {location_phrase(where[0])}:\n"
    elif where:
        yield f"\nThe names of {_SUBJECTS[kind]} occur in\n\n"
        yield from (f"- {location_phrase(each)}\n" for each in where)


def _name_table(step: Step, rules: list[Rule]) -> Iterator[str]:
    guarded = any(rule.guard for rule in rules)
    titles = (str(step.source), str(step.target), *(["only if"] if guarded else []), "rule", "source")
    rows = (
        (
            inline_code(rule.old or ""),
            inline_code(rule.new or ""),
            *([guard_condition(rule)] if guarded else []),
            inline_code(rule.id),
            source_reference(rule),
        )
        for rule in rules
    )
    yield from aligned_table(titles, rows)


def _shared_advice(rules: list[Rule]) -> Iterator[str]:
    """Yield the advice, once for all rules that differ only in the new name."""
    said: dict[str, list[Rule]] = defaultdict(list)
    often = Counter(rule.advice for rule in rules)
    for rule in rules:
        said[rule.advice if often[rule.advice] > 1 else rule.advice.replace(f"`{rule.new}`", _NEW)].append(rule)
    for general, group in said.items():
        advice = escape_prose(general if len(group) > 1 else group[0].advice)
        names = ", ".join(inline_code(rule.old or "") for rule in group)
        yield f"- {names}: {advice}\n" if len(said) > 1 else f"{advice}\n"
