"""The phrases that reports share: counts, versions, a change in a few words, and where a rule applies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrator.report.printable import escape_line
from migrator.rules.rule import Kind, Rule, RulePlace

if TYPE_CHECKING:
    from migrator.findings.finding import Finding
    from migrator.report.run_result import RunResult

_DOCUMENTS = {"webhook": "the webhook", "request": "the body of a request of", "response": "the response of"}
_EVERY = {"webhook": "any webhook", "request": "the body of any request", "response": "any response"}
_CHANGES = {
    Kind.RENAME_METHOD: "{}",
    Kind.RENAME_WEBHOOK: "{}",
    Kind.RENAME_KEY: "{}",
    Kind.REMOVE_METHOD: "{} was removed",
    Kind.REMOVE_WEBHOOK: "{} was removed",
    Kind.REMOVE_KEY: "{} was removed",
    Kind.ADD_KEY: "{} was added",
    Kind.UNNEST: "the contents of {} are no longer nested",
    Kind.RAISE_VERSION: "the version itself",
    Kind.BEHAVIOUR: "{} behaves differently",
    Kind.SCOPE: "{} grants more",
    Kind.MANUAL: "{} changed",
}


def version_steps(run: RunResult) -> str:
    """Return the versions of a run: ``LiveChat Configuration API 3.1 to 3.2``."""
    return ", ".join(f"{chain.api.title} {chain.source} to {chain.target}" for chain in run.chains)


def describe_versions(run: RunResult) -> Iterator[str]:
    """Yield for each API of which code was found the versions that its URLs say, or that none does."""
    for chain in run.chains if run.findings else ():
        spoken = [each for each in run.versions if each.api == chain.api.id]
        rules = {rule.id for rule in chain.rules()}
        if spoken:
            listed = ", ".join(f"{each.version} ({pluralize(each.urls, 'URL')})" for each in spoken)
            yield f"This project speaks {listed} of the {chain.api.title}."
        elif any(finding.rule in rules for finding in run.findings):
            yield f"No URL says which version of the {chain.api.title} this project speaks: {chain.source} is assumed."


def outside_links(run: RunResult) -> Iterator[str]:
    """Yield a line about links that lead out of the given paths, if there are any."""
    number = len(run.outside)
    if number:
        shown = ", ".join(map(escape_line, run.outside[:3])) + (f" and {number - 3:,} more" if number > 3 else "")
        lead = f"{pluralize(number, 'link')} out of the given paths {'was' if number == 1 else 'were'} not followed"
        yield f"{lead}: {shown}"


def describe_unread(run: RunResult) -> str:
    """Return how many files, or parts of files, were not read: ``1 file could not be read, and is not covered``."""
    whole = {failure.path for failure in run.failures if not failure.is_part}
    parts = {failure.path for failure in run.failures} - whole
    be = "is" if run.unread == 1 else "are"
    if not parts:
        return f"{pluralize(len(whole), 'file')} could not be read, and {be} not covered"
    partly = f"parts of {pluralize(len(parts), 'file')}"
    if not whole:
        return f"{partly} could not be read, and are not covered"
    return f"{pluralize(len(whole), 'file')} and {partly} could not be read, and are not covered"


def count_findings(findings: Sequence[Finding]) -> str:
    """Return the number of findings and files: ``4 findings in 2 files``."""
    return f"{pluralize(len(findings), 'finding')} in {pluralize(len({finding.path for finding in findings}), 'file')}"


def pluralize(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 file``, ``2 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def location_name(place: RulePlace) -> str:
    """Return a location in a document as a phrase."""
    document = f"{_DOCUMENTS[place.document]} `{place.name}`" if place.name else _EVERY[place.document]
    return f"{document}, at {place.path}" if place.path != "$" else document


def describe_change(rule: Rule | None) -> str:
    """Return what a rule changes in a few words: ``old -> new``."""
    if rule is None:
        return ""
    if rule.old and rule.new:
        return f"{rule.old} -> {rule.new}"
    return _CHANGES[rule.kind].format(rule.old or rule.new or "")
