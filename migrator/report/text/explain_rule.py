"""Explain one rule, with an example made from it."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.findings.finding import FileResult
from migrator.python.example import make_example
from migrator.report.phrases import location_name
from migrator.report.printable import escape_line
from migrator.report.text.colors import Paint
from migrator.report.text.inline_diff import inline_diff
from migrator.rules.rule import FollowUpCall, Rule, Step
from migrator.rules.spellings import derive_spellings
from migrator.rules.table import RuleTable

_WIDTH = 12


def explain_rule(table: RuleTable, step: Step, rule: Rule, paint: Paint) -> Iterator[str]:
    """Yield what changed, where it applies, what to do and where it is documented; then code before and after."""
    yield f"{paint(rule.id, bold=True)}: {escape_line(table.api.title)}, {step.source} to {step.target}\n\n"
    for title, lines in _rule_rows(rule, step):
        for number, line in enumerate(lines):
            head = f"{'' if number else title:<{_WIDTH}}"
            yield f"{paint(head, dim=True)}{escape_line(line)}\n"
    yield from _example_lines(make_example(table, step, rule), rule, paint)


def _rule_rows(rule: Rule, step: Step) -> Iterator[tuple[str, list[str]]]:
    names = " -> ".join(f"`{name}`" for name in (rule.old, rule.new) if name)
    yield "change", [f"{rule.kind.replace('_', ' ')} {names}".strip()]
    if rule.where:
        yield "where", [location_name(place) for place in rule.where]
    if rule.guard is not None:
        yield "only if", [f"`{rule.guard.path}` of the {rule.guard.document} is {rule.guard.equals!r}"]
    yield "advice", [rule.advice]
    if rule.follow_up is not None:
        yield "then call", list(_follow_up_rows(rule.follow_up))
    if rule.answered_by:
        yield "answered by", [f"a module that contains {', '.join(f'`{name}`' for name in rule.answered_by)}"]
    for title, name in (("spellings", rule.old), ("new", rule.new)):
        if name and len(derive_spellings(name)) > 1 and name.isidentifier():
            yield title, [", ".join(derive_spellings(name))]
    if not rule.active:
        yield "note", ["it comes from the reference only, and is off by default"]
    yield "source", [f"{rule.source.document} of {rule.source.version}, {rule.source.item}"]
    yield "table", [step.file]


def _follow_up_rows(call: FollowUpCall) -> Iterator[str]:
    yield f"`{call.method}` of the {call.api} API, {call.url}"
    if call.scopes:
        yield f"  scope: {' or '.join(call.scopes)}"
    for name, argument in call.arguments.items():
        held = "the removed value" if argument.origin == "value" else f"{argument.path} of the {argument.origin}"
        yield f"  {name}: {held}"
    for old, new in call.values.items():
        yield f"  {old!r} becomes {new!r}" + (", and needs no call" if old in call.unless else "")


def _example_lines(result: FileResult[str] | None, rule: Rule, paint: Paint) -> Iterator[str]:
    if result is None:
        yield "\nNo example: no short code shows this rule.\n"
        return
    yield paint("\nExample", bold=True) + "\n"
    if result.is_changed:
        as_bytes = FileResult(result.path, result.before.encode(), result.after.encode())
        shown = list(inline_diff(as_bytes, paint, around=True))
    else:
        shown = [f" {line}" for line in result.before.splitlines()]
    yield from (f"  {line.rstrip()}\n" for line in shown)
    for finding in result.findings:
        if finding.rule == rule.id:
            yield f"  line {finding.line}: [{finding.applicability}] {escape_line(finding.message)}\n"
