"""Explain why keys and versions on a line are left unchanged: words of rules that are too common to be names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.report.phrases import location_name
from migrator.rules.rule import Kind, Rule
from migrator.rules.table import Chain

_KEYS = (Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.UNNEST)


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A word on a line, the rules about it, why it is left unchanged, and what would be evidence."""

    text: str
    rules: tuple[str, ...]
    reason: str
    evidence: str


def explain_words(text: str, chains: Sequence[Chain], found: frozenset[str]) -> Iterator[ExplainedWord]:
    """Yield the keys and versions of rules on a line, except those with a finding there."""
    for chain in chains:
        keys: dict[str, list[Rule]] = {}
        for rule in chain.rules(*_KEYS):
            if rule.old and rule.active and re.search(rf"(?<!\w){re.escape(rule.old)}(?!\w)", text):
                keys.setdefault(rule.old, []).append(rule)
        for key, rules in keys.items():
            if not found & {rule.id for rule in rules}:
                yield _explain_key(key, rules)
        yield from _explain_versions(text, chain, found)


def _explain_key(key: str, rules: list[Rule]) -> ExplainedWord:
    places = list(dict.fromkeys(location_name(place) for rule in rules for place in rule.where))
    reason = f"no evidence that it is a key of {'; or of '.join(places)}"
    evidence = "Evidence would be code that sends it there or reads it there."
    return ExplainedWord(key, tuple(rule.id for rule in rules), reason, evidence)


def _explain_versions(text: str, chain: Chain, found: frozenset[str]) -> Iterator[ExplainedWord]:
    for step in chain.steps:
        version = str(step.source)
        raised = tuple(rule.id for rule in step.rules if rule.kind is Kind.RAISE_VERSION)
        if raised and not found & set(raised) and re.search(rf"(?<![\d.]){re.escape(version)}(?!\.?\d)", text):
            reason = f"no evidence that it is a version of the {chain.api.title}"
            evidence = (
                f"Evidence would be a URL of {', '.join(chain.api.hosts)} with the path {chain.api.path} that serves "
                "no other API, or a known client that takes it."
            )
            yield ExplainedWord(version, raised, reason, evidence)
