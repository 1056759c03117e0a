"""The phrases that every report uses: counts, the versions, where a rule applies, and a change in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrator.report.printable import printable
from migrator.rules.rule import Kind, Place, Rule

if TYPE_CHECKING:
    from migrator.findings.finding import Finding
    from migrator.report.run_result import Run

_DOCUMENTS = {"webhook": "the webhook", "request": "the body of a request of", "response": "the answer of"}
_EVERY = {"webhook": "any webhook", "request": "the body of any request", "response": "any answer"}
_TOLD = {
    Kind.RENAME_METHOD: "{}",
    Kind.RENAME_WEBHOOK: "{}",
    Kind.RENAME_KEY: "{}",
    Kind.REMOVE_WEBHOOK: "{} is gone",
    Kind.REMOVE_KEY: "{} is gone",
    Kind.ADD_KEY: "{} is new",
    Kind.UNNEST: "what {} held stands bare",
    Kind.RAISE_VERSION: "the version itself",
    Kind.BEHAVIOUR: "{} behaves differently",
    Kind.SCOPE: "{} reaches further",
    Kind.MANUAL: "{} changed",
}


def steps(run: Run) -> str:
    """The way that was taken: ``LiveChat Configuration API 3.1 to 3.2``."""
    return ", ".join(f"{chain.api.title} {chain.source} to {chain.target}" for chain in run.chains)


def outside(run: Run) -> Iterator[str]:
    """One line where links lead out of the given paths: of what they point to nothing is known."""
    number = len(run.outside)
    if number:
        shown = ", ".join(map(printable, run.outside[:3])) + (", ..." if number > 3 else "")
        lead = f"{plural(number, 'link')} {'leads' if number == 1 else 'lead'} out of the given paths"
        yield f"{lead}, not followed: {shown}"


def tally(findings: Sequence[Finding]) -> str:
    """``4 places in 2 files``."""
    return f"{plural(len(findings), 'place')} in {plural(len({finding.path for finding in findings}), 'file')}"


def plural(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def place_name(place: Place) -> str:
    """A place of a document as people call it."""
    document = f"{_DOCUMENTS[place.document]} `{place.name}`" if place.name else _EVERY[place.document]
    return f"{document}, at {place.path}" if place.path != "$" else document


def change(rule: Rule | None) -> str:
    """What a rule changes, in a few words: ``old -> new``."""
    if rule is None:
        return ""
    if rule.old and rule.new:
        return f"{rule.old} -> {rule.new}"
    return _TOLD[rule.kind].format(rule.old or rule.new or "")
