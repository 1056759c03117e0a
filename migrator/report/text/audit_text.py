"""Format an audit as text: findings by rule or file with their code, totals, and files that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from migrator.findings.finding import Applicability
from migrator.report.phrases import outside, plural, steps, tally
from migrator.report.printable import line_start, printable
from migrator.report.run_result import Run
from migrator.report.sections import Group, GroupBy, Sources, groups, sections
from migrator.report.text.colors import Paint
from migrator.report.text.components import Column, table
from migrator.report.text.finding_text import Wording, because, outcome, place, wrapped

_COLUMNS: tuple[Column, ...] = tuple((name, attrgetter(name)) for name in ("safe", "unsafe", "manual"))
NAMES = "Name only: no evidence that these are the API's"
NOTES = "Notes from the reference: without effect on the exit code"
STALE = "Unused suppressions"
FORGET = "`migrator audit --write-baseline` removes stale entries from the baseline."
EXCLUDE = "`--exclude PATTERN` skips files that need not be searched."


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of the text; `terminal` adds the proposed change of each finding."""

    group_by: GroupBy = "rule"
    width: int = 80
    terminal: bool = False


def audit_text(run: Run, paint: Paint, layout: Layout = Layout()) -> Iterator[str]:
    """Yield the findings by section, the listings that were asked for, the totals, and the failures."""
    found = plural(run.searched, "file")
    yield f"{steps(run)}: {found} searched{'' if run.findings else ', nothing found'}.\n"
    wording = Wording(Sources(run), paint, layout.width, layout.terminal)
    for section in sections(run, layout.group_by):
        yield "\n" + paint(section.title, bold=True, underline=True) + "\n"
        for group in section.groups:
            yield from _group(group, wording, layout)
    yield from _beside(run, wording, layout)
    if run.findings:
        yield from table(run, _COLUMNS, paint, changes=False)
        if layout.group_by == "file":
            yield from _advice(run, wording)
    yield from _unread(run, wording)
    yield from _closing(run)


def _group(group: Group, wording: Wording, layout: Layout) -> Iterator[str]:
    yield f"\n{wording.paint(line_start(printable(group.title)), bold=True)} ({outcome(group.findings)})\n"
    common = ""
    if layout.group_by == "rule":
        common = min((finding.message for finding in group.findings), key=len)
        for line in (common, *dict.fromkeys(finding.advice for finding in group.findings)):
            yield from wrapped(line, "  ", layout.width)
    for finding in group.findings:
        yield from place(finding, wording, common, rule=layout.group_by == "file")


def _beside(run: Run, wording: Wording, layout: Layout) -> Iterator[str]:
    """Yield what does not count as a finding: notes, bare names and unused suppressions."""
    if run.notes:
        yield "\n" + wording.paint(NOTES, bold=True, underline=True) + "\n"
        for group in groups(run.notes, run.rules, layout.group_by):
            yield from _group(group, wording, layout)
    for title, number, rows in ((NAMES, len(run.names), _names(run, wording)), (STALE, len(run.stale), _stale(run))):
        if number:
            yield "\n" + wording.paint(f"{title} ({number:,})", bold=True) + "\n"
            yield from rows


def _names(run: Run, wording: Wording) -> list[str]:
    return [
        f"  {line_start(printable(f'{each.path}:{each.line}:{each.column}: {each.name}'))}\n"
        + because(each.reason, wording)
        for each in run.names
    ]


def _stale(run: Run) -> list[str]:
    rows = [f"  {line_start(printable(f'{each.path}:{each.line}: {each.message}'))}\n" for each in run.stale]
    return rows + [f"  {FORGET}\n"] * bool(run.unmet)


def _advice(run: Run, wording: Wording) -> Iterator[str]:
    yield "\n" + wording.paint("What to do", bold=True) + "\n"
    for group in groups(run.findings, run.rules, "rule"):
        for number, advice in enumerate(dict.fromkeys(finding.advice for finding in group.findings)):
            yield from wrapped(advice if number else f"{group.title}: {advice}", "  ", wording.width)


def _unread(run: Run, wording: Wording) -> Iterator[str]:
    for note in outside(run):
        yield "\n" + "".join(wrapped(note, "", wording.width))
    if not run.failures:
        return
    number = run.unread
    known = f"{plural(number, 'file')} could not be read, and {'is' if number == 1 else 'are'} not covered"
    yield "\n" + wording.paint(known, bold=True, fg="red") + "\n"
    for failure in run.failures:
        where = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
        yield from wrapped(f"{where}: {failure.message}", "  ", wording.width)
    yield f"  {EXCLUDE}\n"


def _closing(run: Run) -> Iterator[str]:
    if run.findings:
        of = {kind: sum(finding.applicability is kind for finding in run.findings) for kind in Applicability}
        unsafe = f", {of[Applicability.UNSAFE]:,} unsafe (with --unsafe)" if of[Applicability.UNSAFE] else ""
        yield f"\n{tally(run.findings)}: {of[Applicability.SAFE]:,} automatic (`migrator codemod --write`){unsafe}, "
        yield f"{of[Applicability.MANUAL]:,} manual.\n"
    elif run.suppressed or run.known:
        yield "\n"
    for number, why in ((len(run.suppressed), "suppressed by comments"), (len(run.known), "in the baseline")):
        if number:
            yield f"{plural(number, 'more finding')} {'is' if number == 1 else 'are'} {why}.\n"
