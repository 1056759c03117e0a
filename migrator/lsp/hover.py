"""Hover texts: the rule of a finding, its evidence, and the proposed edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position

from migrator.findings.finding import Applicability, FileResult, Finding
from migrator.lsp.diagnostics import range_of
from migrator.lsp.lsp_positions import Lines
from migrator.python.example import example
from migrator.report.evidence_steps import ordered_steps
from migrator.report.markdown.escape import code, fenced, plain, prose
from migrator.report.phrases import place_name
from migrator.report.printable import printable
from migrator.report.text.inline_diff import change_lines
from migrator.rules.rule import Rule, Step
from migrator.rules.table import Chain, RuleTable

_FATES = {
    Applicability.SAFE: "safe: `migrator codemod --write` edits it",
    Applicability.UNSAFE: "unsafe: edited with `--unsafe` only",
    Applicability.MANUAL: "manual: to edit by hand",
}


class Guide:
    """Describes findings with the rules of some chains; the example of a rule is made once."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._rows = {rule.id: (chain, step, rule) for chain in chains for step in chain.steps for rule in step.rules}
        self._example = cache(self._worked_out)

    def hover(self, result: FileResult[bytes], lines: Lines, position: Position, markdown: bool) -> Hover | None:
        """Return the description of the findings at a position, or None."""
        here = [finding for finding in result.findings if _covers(finding, lines, position)]
        if not here:
            return None
        tell = self._marked_up if markdown else self._plain
        text = ("\n\n---\n\n" if markdown else "\n\n").join("\n\n".join(tell(finding)) for finding in here)
        kind = MarkupKind.Markdown if markdown else MarkupKind.PlainText
        return Hover(MarkupContent(kind, text), range_of(here[0], lines))

    def _marked_up(self, finding: Finding) -> Iterator[str]:
        rule = self._rows[finding.rule][2] if finding.rule in self._rows else None
        names = " → ".join(code(name) for name in (finding.old, finding.new) if name)
        yield f"**{plain(finding.rule)}** {names}".rstrip()
        yield prose(finding.message)
        yield prose(finding.advice)
        yield f"*{_FATES[finding.applicability]}*"
        if finding.evidence:
            yield "Because:\n" + "\n".join(f"- {prose(step)}" for step in ordered_steps(finding))
        if rule is not None:
            if rule.where:
                yield "Where: " + "; ".join(prose(place_name(place)) for place in rule.where)
            if shown := self._example(finding.rule):
                yield "Example:\n\n" + fenced(shown, "diff").rstrip("\n")
            yield f"Source: {plain(_source(rule))}"

    def _plain(self, finding: Finding) -> Iterator[str]:
        yield f"{finding.rule}: {printable(finding.message)}"
        yield printable(finding.advice)
        yield "\n".join(f"because {printable(step)}" for step in ordered_steps(finding))
        if finding.rule in self._rows:
            yield f"source: {printable(_source(self._rows[finding.rule][2]))}"

    def _worked_out(self, rule_id: str) -> str:
        chain, step, rule = self._rows[rule_id]
        return "\n".join(_changed(chain, step, rule))


def _changed(chain: Chain, step: Step, rule: Rule) -> Iterator[str]:
    """Yield a diff of example code for a rule; nothing if there is none, or for a step down."""
    found = example(RuleTable(chain.api, (step,)), step, rule) if step.source < step.target else None
    if found is not None and found.changed:
        as_bytes = FileResult(found.path, found.before.encode(), found.after.encode())
        yield from (line.rstrip() for line in change_lines(as_bytes, lambda text, **_: text, around=True))


def _source(rule: Rule) -> str:
    return f"{rule.source.document} of {rule.source.version}, {rule.source.item}"


def _covers(finding: Finding, lines: Lines, position: Position) -> bool:
    where = range_of(finding, lines)
    return where.start <= position <= where.end
