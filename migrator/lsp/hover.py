"""Hover texts: the rule of a finding, its evidence, and the proposed edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position

from migrator.findings.finding import Applicability, FileResult, Finding
from migrator.lsp.diagnostics import finding_range
from migrator.lsp.lsp_positions import DocumentText
from migrator.python.example import make_example
from migrator.report.evidence_steps import order_steps
from migrator.report.markdown.escape import escape_prose, escape_text, fence_code, inline_code
from migrator.report.phrases import location_name
from migrator.report.printable import escape_line
from migrator.report.text.inline_diff import inline_diff
from migrator.rules.rule import Rule, Step
from migrator.rules.table import Chain, RuleTable

_FATES = {
    Applicability.SAFE: "safe: `migrator codemod --write` edits it",
    Applicability.UNSAFE: "unsafe: edited with `--unsafe` only",
    Applicability.MANUAL: "manual: to edit by hand",
}


class HoverGuide:
    """Describes findings with the rules of some chains; the example of a rule is made once."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._rows = {rule.id: (chain, step, rule) for chain in chains for step in chain.steps for rule in step.rules}
        self._example = cache(self._make_example)

    def hover_at(
        self, result: FileResult[bytes], lines: DocumentText, position: Position, markdown: bool
    ) -> Hover | None:
        """Return the description of the findings at a position, or None."""
        here = [finding for finding in result.findings if _covers(finding, lines, position)]
        if not here:
            return None
        tell = self._markdown_parts if markdown else self._plain_parts
        text = ("\n\n---\n\n" if markdown else "\n\n").join("\n\n".join(tell(finding)) for finding in here)
        kind = MarkupKind.Markdown if markdown else MarkupKind.PlainText
        return Hover(MarkupContent(kind, text), finding_range(here[0], lines))

    def _markdown_parts(self, finding: Finding) -> Iterator[str]:
        rule = self._rows[finding.rule][2] if finding.rule in self._rows else None
        names = " → ".join(inline_code(name) for name in (finding.old, finding.new) if name)
        yield f"**{escape_text(finding.rule)}** {names}".rstrip()
        yield escape_prose(finding.message)
        yield escape_prose(finding.advice)
        yield f"*{_FATES[finding.applicability]}*"
        if finding.evidence:
            yield "Because:\n" + "\n".join(f"- {escape_prose(step)}" for step in order_steps(finding))
        if rule is not None:
            if rule.where:
                yield "Where: " + "; ".join(escape_prose(location_name(place)) for place in rule.where)
            if shown := self._example(finding.rule):
                yield "Example:\n\n" + fence_code(shown, "diff").rstrip("\n")
            yield f"Source: {escape_text(_source_reference(rule))}"

    def _plain_parts(self, finding: Finding) -> Iterator[str]:
        yield f"{finding.rule}: {escape_line(finding.message)}"
        yield escape_line(finding.advice)
        yield "\n".join(f"because {escape_line(step)}" for step in order_steps(finding))
        if finding.rule in self._rows:
            yield f"source: {escape_line(_source_reference(self._rows[finding.rule][2]))}"

    def _make_example(self, rule_id: str) -> str:
        chain, step, rule = self._rows[rule_id]
        return "\n".join(_example_diff(chain, step, rule))


def _example_diff(chain: Chain, step: Step, rule: Rule) -> Iterator[str]:
    """Yield a diff of example code for a rule; nothing if there is none, or for a step down."""
    found = make_example(RuleTable(chain.api, (step,)), step, rule) if step.source < step.target else None
    if found is not None and found.is_changed:
        as_bytes = FileResult(found.path, found.before.encode(), found.after.encode())
        yield from (line.rstrip() for line in inline_diff(as_bytes, lambda text, **_: text, around=True))


def _source_reference(rule: Rule) -> str:
    return f"{rule.source.document} of {rule.source.version}, {rule.source.item}"


def _covers(finding: Finding, lines: DocumentText, position: Position) -> bool:
    where = finding_range(finding, lines)
    return where.start <= position <= where.end
