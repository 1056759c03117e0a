"""Format an audit as text: findings by rule or file with their code, totals, and files that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from migrator.findings.finding import Applicability
from migrator.report.phrases import (
    count_findings,
    describe_unread,
    describe_versions,
    outside_links,
    pluralize,
    version_steps,
)
from migrator.report.printable import escape_line, escape_line_start
from migrator.report.run_result import RunResult
from migrator.report.sections import FindingGroup, GroupBy, RunSources, group_findings, report_sections
from migrator.report.text.colors import Paint
from migrator.report.text.components import Column, rule_table
from migrator.report.text.finding_text import FindingStyle, because_line, count_outcome, finding_lines, wrap_lines
from migrator.report.text.task_list import task_lines

_COLUMNS: tuple[Column, ...] = tuple((name, attrgetter(name)) for name in ("safe", "unsafe", "manual"))
NAMES = "Name only: no evidence that these are the API's"
NOTES = "Notes from the reference: without effect on the exit code"
STALE = "Unused suppressions"
FORGET = "`migrator audit --write-baseline` removes stale entries from the baseline."
EXCLUDE = "`--exclude PATTERN` skips files that need not be searched."


@dataclass(frozen=True, slots=True)
class TextLayout:
    """The layout of the text; `terminal` adds the proposed change of each finding."""

    group_by: GroupBy = "rule"
    width: int = 80
    terminal: bool = False


def audit_text(run: RunResult, paint: Paint, layout: TextLayout = TextLayout()) -> Iterator[str]:
    """Yield the findings by section, the listings that were asked for, the totals, and the failures."""
    found = pluralize(run.searched, "file")
    yield f"{version_steps(run)}: {found} searched{'' if run.findings else ', nothing found'}.\n"
    yield from (f"{line}\n" for line in describe_versions(run))
    wording = FindingStyle(RunSources(run), paint, layout.width, layout.terminal)
    for section in report_sections(run, layout.group_by):
        yield "\n" + paint(section.title, bold=True, underline=True) + "\n"
        for group in section.groups:
            yield from _group_text(group, wording, layout)
    yield from _other_listings(run, wording, layout)
    if run.findings:
        yield from rule_table(run, _COLUMNS, paint, changes=False)
        if layout.group_by == "file":
            yield from _advice_list(run, wording)
    yield from task_lines(run.tasks, paint)
    yield from _unread_list(run, wording)
    yield from _closing_lines(run)


def _group_text(group: FindingGroup, wording: FindingStyle, layout: TextLayout) -> Iterator[str]:
    title = wording.paint(escape_line_start(escape_line(group.title)), bold=True)
    yield f"\n{title} ({count_outcome(group.findings)})\n"
    common = ""
    if layout.group_by == "rule":
        common = min((finding.message for finding in group.findings), key=len)
        for line in (common, *dict.fromkeys(finding.advice for finding in group.findings)):
            yield from wrap_lines(line, "  ", layout.width)
    for finding in group.findings:
        yield from finding_lines(finding, wording, common, rule=layout.group_by == "file")


def _other_listings(run: RunResult, wording: FindingStyle, layout: TextLayout) -> Iterator[str]:
    """Yield what does not count as a finding: notes, bare names and unused suppressions."""
    if run.notes:
        yield "\n" + wording.paint(NOTES, bold=True, underline=True) + "\n"
        for group in group_findings(run.notes, run.rules, layout.group_by):
            yield from _group_text(group, wording, layout)
    for title, number, rows in (
        (NAMES, len(run.names), _name_rows(run, wording)),
        (STALE, len(run.stale), _stale_rows(run)),
    ):
        if number:
            yield "\n" + wording.paint(f"{title} ({number:,})", bold=True) + "\n"
            yield from rows


def _name_rows(run: RunResult, wording: FindingStyle) -> list[str]:
    return [
        f"  {escape_line_start(escape_line(f'{each.path}:{each.line}:{each.column}: {each.name}'))}\n"
        + because_line(each.reason, wording)
        for each in run.names
    ]


def _stale_rows(run: RunResult) -> list[str]:
    rows = [f"  {escape_line_start(escape_line(f'{each.path}:{each.line}: {each.message}'))}\n" for each in run.stale]
    return rows + [f"  {FORGET}\n"] * bool(run.unmet)


def _advice_list(run: RunResult, wording: FindingStyle) -> Iterator[str]:
    yield "\n" + wording.paint("What to do", bold=True) + "\n"
    for group in group_findings(run.findings, run.rules, "rule"):
        for number, advice in enumerate(dict.fromkeys(finding.advice for finding in group.findings)):
            yield from wrap_lines(advice if number else f"{group.title}: {advice}", "  ", wording.width)


def _unread_list(run: RunResult, wording: FindingStyle) -> Iterator[str]:
    for note in outside_links(run):
        yield "\n" + "".join(wrap_lines(note, "", wording.width))
    if not run.failures:
        return
    yield "\n" + wording.paint(describe_unread(run), bold=True, fg="red") + "\n"
    for failure in run.failures:
        where = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
        yield from wrap_lines(f"{where}: {failure.message}", "  ", wording.width)
    yield f"  {EXCLUDE}\n"


def _closing_lines(run: RunResult) -> Iterator[str]:
    if run.findings:
        of = {kind: sum(finding.applicability is kind for finding in run.findings) for kind in Applicability}
        unsafe = f", {of[Applicability.UNSAFE]:,} unsafe (with --unsafe)" if of[Applicability.UNSAFE] else ""
        automatic = f"{of[Applicability.SAFE]:,} automatic (`migrator codemod --write`){unsafe}"
        yield f"\n{count_findings(run.findings)}: {automatic}, "
        yield f"{of[Applicability.MANUAL]:,} manual.\n"
    elif run.suppressed or run.known:
        yield "\n"
    for number, why in ((len(run.suppressed), "suppressed by comments"), (len(run.known), "in the baseline")):
        if number:
            yield f"{pluralize(number, 'more finding')} {'is' if number == 1 else 'are'} {why}.\n"
