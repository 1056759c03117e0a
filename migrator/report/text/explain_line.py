"""Explain one line of code: each finding with its evidence, and why other old names are left unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.files.line_length import find_line_length
from migrator.findings.finding import Applicability, FileResult, Finding
from migrator.findings.ledger import Occurrence, OccurrenceState
from migrator.matching.selection import DEFAULT_LINE_LENGTH
from migrator.python.analysis.project import Project
from migrator.python.rewrite.apply import edits_alone
from migrator.python.source.source_file import apply_edits
from migrator.report.evidence_steps import order_steps
from migrator.report.printable import escape_line
from migrator.report.redact import redact_secrets
from migrator.report.text.colors import Paint
from migrator.report.text.explain_words import explain_words
from migrator.report.text.inline_diff import inline_diff
from migrator.rules.rule import METHOD_KINDS, Rule
from migrator.rules.table import Chain

_WIDTH = 12
_COVERED = (OccurrenceState.EDITED, OccurrenceState.MANUAL, OccurrenceState.SUPPRESSED)
_NEVER = {
    OccurrenceState.COMMENT: "Comments and docstrings are never edited.",
    OccurrenceState.LONGER: "A longer name is another name; it would need a rule of its own.",
    OccurrenceState.UNREAD: "Fix the file so that it can be read.",
}


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line of a file, the result of the file, and the occurrences of old names on the line."""

    path: str
    number: int
    text: str
    result: FileResult[bytes] | None
    occurrences: tuple[Occurrence, ...]
    chains: tuple[Chain, ...]


def explain_line(line: ExplainedLine, paint: Paint) -> Iterator[str]:
    """Yield the line, then a paragraph for each finding and for each old name without one."""
    location = paint(escape_line(f"{line.path}:{line.number}"), fg="cyan")
    yield f"{location}: {escape_line(redact_secrets(line.text.strip()))}\n"
    result = line.result
    found = [*result.findings, *result.suppressed] if result else []
    here = [finding for finding in found if finding.line <= line.number <= finding.end_line]
    others = [each for each in line.occurrences if each.state not in _COVERED]
    for finding in here:
        assert result is not None
        yield from _explain_finding(line, result, finding, paint)
    for each in others:
        yield from _explain_occurrence(line, each, paint)
    words = list(explain_words(line.text, line.chains, frozenset(finding.rule for finding in here)))
    for word in words:
        yield f"\n{paint(word.text, bold=True)}: not changed by {', '.join(word.rules)}\n"
        yield _titled_row("why", word.reason, paint) + _titled_row("evidence", word.evidence, paint)
    if not here and not others and not words:
        yield "\nThis line contains no old name, and no rule applies to it.\n"
        if result and result.error:
            yield f"The file could not be read: {escape_line(str(result.error))}\n"


def _explain_finding(line: ExplainedLine, result: FileResult[bytes], finding: Finding, paint: Paint) -> Iterator[str]:
    rules = {rule.id: rule for chain in line.chains for rule in chain.rules()}
    yield f"\n{finding.line}:{finding.column} {paint(escape_line(finding.old or finding.rule), bold=True)}: "
    yield f"{_finding_outcome(result, finding)}\n"
    yield _titled_row("rule", f"{finding.rule} ({_change_phrase(rules.get(finding.rule), finding)})", paint)
    yield _titled_row("what", finding.message, paint)
    for number, step in enumerate(order_steps(finding)):
        yield _titled_row("" if number else "because", f"{number + 1}. {step}", paint)
    yield _titled_row("advice", finding.advice, paint)
    if finding.edits:
        alone = FileResult(line.path, result.before, _apply_alone(result, finding))
        for number, changed in enumerate(inline_diff(alone, paint, around=False)):
            yield f"  {_row_title('' if number else 'edit', paint)}{changed}\n"


def _apply_alone(result: FileResult[bytes], finding: Finding) -> bytes:
    """Return the file with the edits of one finding."""
    if not finding.operations:  # in configuration, where an edit needs no other
        return apply_edits(result.before, list(finding.edits))
    module = Project({finding.path: result.before}).load_module(finding.path)
    length = find_line_length(finding.path, DEFAULT_LINE_LENGTH)
    edits = edits_alone(module.source, module.tree, finding.operations, line_length=length)
    return apply_edits(result.before, list(edits))


def _finding_outcome(result: FileResult[bytes], finding: Finding) -> str:
    if finding in result.suppressed:
        return "suppressed by a comment"
    if finding in result.applied:
        return f"edited by `migrator codemod --write` [{finding.applicability}]"
    if finding.applicability is Applicability.MANUAL:
        return "to edit by hand [manual]"
    if result.error is not None:
        return f"not edited, because the whole file is left unchanged: {escape_line(str(result.error))}"
    return "edited with --unsafe only [unsafe]"


def _explain_occurrence(line: ExplainedLine, each: Occurrence, paint: Paint) -> Iterator[str]:
    yield f"\n{each.line}:{each.column} {paint(each.name, bold=True)}: not changed [{each.state.replace('_', ' ')}]\n"
    yield _titled_row("why", each.reason, paint)
    yield _titled_row("evidence", _NEVER.get(each.state) or _possible_evidence(line.chains, each.name), paint)


def _possible_evidence(chains: Sequence[Chain], name: str) -> str:
    """Return a sentence that says what would be evidence for a name."""
    for chain in chains:
        rule = next((rule for rule in chain.rules() if rule.old == name), None)
        if rule is not None:
            return _method_evidence(chain) if rule.kind in METHOD_KINDS else _webhook_evidence(chain, rule)
    return ""


def _method_evidence(chain: Chain) -> str:
    api = chain.api
    clients = [pattern for client in api.clients for pattern in client.classes][:1]
    known = f"{', '.join(clients)} or " if clients else ""
    return (
        f"Evidence would be a URL of {', '.join(api.hosts)} with the path {api.path} that ends in the name, a call on "
        f"a client ({known}a class listed as `clients` in [tool.migrator]), or a call of code that does either."
    )


def _webhook_evidence(chain: Chain, rule: Rule) -> str:
    envelope = chain.api.envelope
    read = (
        f"a comparison of the name with the `{envelope.name}` of an object from which also "
        f"{' or '.join(f'`{key}`' for key in sorted(envelope.distinctive))} is read, or "
        if envelope
        else ""
    )
    methods = sorted({place.name for place in rule.where if place.document == "request" and place.name})
    sent = f"the body of a request of {' or '.join(f'`{method}`' for method in methods)}" if methods else "a request"
    return f"Evidence would be {read}the name in {sent}."


def _change_phrase(rule: Rule | None, finding: Finding) -> str:
    if rule is not None and rule.old and rule.new:
        return f"{rule.old} -> {rule.new}"
    return finding.kind.replace("_", " ")


def _titled_row(title: str, text: str, paint: Paint) -> str:
    return f"  {_row_title(title, paint)}{escape_line(text)}\n"


def _row_title(title: str, paint: Paint) -> str:
    return paint(f"{title:<{_WIDTH}}", dim=True)
