"""Write the tables of renamed names for the migration guide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from migrator.report.guide.guide_rows import active, condition, place, source
from migrator.report.markdown.escape import code, prose, table
from migrator.rules.rule import Kind, Place, Rule, Step
from migrator.rules.table import Api

_SUBJECTS = {Kind.RENAME_METHOD: "methods", Kind.RENAME_WEBHOOK: "webhooks", Kind.RENAME_KEY: "keys"}
_NEW = "the new name"


def renamed(api: Api, step: Step) -> Iterator[str]:
    """Yield the renamed methods, webhooks and keys, with a table for each set of locations that rules share."""
    for kind, subject in _SUBJECTS.items():
        groups: dict[tuple[Place, ...], list[Rule]] = defaultdict(list)
        for rule in active(step):
            if rule.kind is kind:
                groups[rule.where].append(rule)
        if groups:
            yield f"\n### Renamed {subject}\n"
        for where, rules in groups.items():
            yield from _where(api, step, where, kind)
            yield "\n"
            yield from _names(step, rules)
            yield "\n"
            yield from _advice(rules)


def _where(api: Api, step: Step, where: tuple[Place, ...], kind: Kind) -> Iterator[str]:
    """Yield where the names of a table occur: methods in the URL, everything else in documents."""
    if kind is Kind.RENAME_METHOD:
        yield f"\nThe name of a method is in the path {code(api.path.replace('{version}', str(step.target)))}.\n"
    elif len(where) == 1:
        yield f"\nIn {place(where[0])}:\n"
    elif where:
        yield f"\nThe names of {_SUBJECTS[kind]} occur in\n\n"
        yield from (f"- {place(each)}\n" for each in where)


def _names(step: Step, rules: list[Rule]) -> Iterator[str]:
    guarded = any(rule.guard for rule in rules)
    titles = (str(step.source), str(step.target), *(["only if"] if guarded else []), "rule", "source")
    rows = (
        (
            code(rule.old or ""),
            code(rule.new or ""),
            *([condition(rule)] if guarded else []),
            code(rule.id),
            source(rule),
        )
        for rule in rules
    )
    yield from table(titles, rows)


def _advice(rules: list[Rule]) -> Iterator[str]:
    """Yield the advice, once for all rules that differ only in the new name."""
    said: dict[str, list[Rule]] = defaultdict(list)
    often = Counter(rule.advice for rule in rules)
    for rule in rules:
        said[rule.advice if often[rule.advice] > 1 else rule.advice.replace(f"`{rule.new}`", _NEW)].append(rule)
    for general, group in said.items():
        advice = prose(general if len(group) > 1 else group[0].advice)
        names = ", ".join(code(rule.old or "") for rule in group)
        yield f"- {names}: {advice}\n" if len(said) > 1 else f"{advice}\n"
