"""The parts that text reports share: diffs, lists of findings, and the table of rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from migrator.findings.applicability import Applicability
from migrator.findings.messages import count_evidence
from migrator.report.phrases import describe_change
from migrator.report.printable import escape_controls, escape_line, escape_line_start
from migrator.report.run_result import RuleCount, RunResult
from migrator.report.text.colors import Paint

if TYPE_CHECKING:
    from migrator.findings.finding import Finding

#: A column of the table: its title, and the number of a rule.
Column = tuple[str, Callable[[RuleCount], int]]

#: Steps of evidence that fit on about two lines; the text says how many there are more, JSON and explain list all.
_SHOWN = 3

_COLORS = {Applicability.SAFE: "green", Applicability.UNSAFE: "yellow", Applicability.MANUAL: "red"}
_LINE_COLORS = {"@": "cyan", "-": "red", "+": "green"}


def diff_lines(run: RunResult, paint: Paint, terminal: bool) -> Iterator[str]:
    """Yield the diffs of all files: safe to display for a terminal, otherwise exact, for `patch`."""
    from migrator.report.text.unified_diff import unified_diff

    for result in run.changed:
        for number, line in enumerate(unified_diff(result, exact=not terminal)):
            text = escape_controls(line.rstrip("\r\n")) if terminal else line.removesuffix("\n")
            yield (paint(text, bold=True) if number < 2 else paint(text, fg=_LINE_COLORS.get(line[0]))) + "\n"


def finding_list(findings: Iterable[Finding], paint: Paint) -> Iterator[str]:
    """Yield findings by rule: the advice once, then each finding with its evidence."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule, finding.advice].append(finding)
    for (rule, advice), group in groups.items():
        yield f"\n{paint(rule, bold=True)}: {escape_line(advice)}\n"
        for finding in group:
            yield from _finding_lines(finding, paint)


def rule_table(run: RunResult, columns: Sequence[Column], paint: Paint, *, changes: bool = True) -> Iterator[str]:
    """Yield a line for each rule with findings: the numbers of the columns, the rule and optionally its change."""
    counts = run.count_rules()
    width = max((len(count.rule) for count in counts), default=0)
    titles = "".join(f"{title:>8}" for title, _ in columns)
    yield paint(f"\n{titles}  {'rule':<{width}}{'  change' if changes else ''}".rstrip(), bold=True) + "\n"
    for count in counts:
        numbers = "".join(f"{number(count) or '-':>8}" for _, number in columns)
        summary = escape_line(describe_change(run.rules.get(count.rule))) if changes else ""
        yield f"{numbers}  {count.rule:<{width}}  {summary}".rstrip() + "\n"


def _finding_lines(finding: Finding, paint: Paint) -> Iterator[str]:
    mark = paint(f"[{finding.applicability}]", fg=_COLORS[finding.applicability])
    where = paint(escape_line_start(escape_line(f"{finding.path}:{finding.line}:{finding.column}")), fg="cyan")
    yield f"  {where}: {mark} {escape_line(finding.message)}\n"
    if finding.evidence:
        more = count_evidence(finding.evidence) - _SHOWN
        shown = "; ".join(finding.evidence[:_SHOWN]) + (f"; and {more:,} more" if more > 0 else "")
        yield paint(f"      because {escape_line(shown)}", dim=True) + "\n"
