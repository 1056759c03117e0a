"""Format a run as a pull request comment: a table of findings, then folded details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.findings.finding import Applicability, Finding
from migrator.report.code_frame import differing, frame
from migrator.report.evidence_steps import evidence
from migrator.report.markdown.escape import code, fenced, html, plain, prose, row
from migrator.report.phrases import plural, steps, tally
from migrator.report.printable import line_start
from migrator.report.run_result import Run
from migrator.report.sections import Group, GroupBy, Sources, automatic, groups, sections
from migrator.report.source_lines import utf16

#: GitHub's limit for a comment, in UTF-16 code units.
LIMIT = 65_536
#: Reserved for the sentence that says what is left out.
_SPARE = 300
#: Columns of a code line, lines of a change, and findings and names in one fold: a screen or two each, and small enough
#: that the limit of a comment cuts whole folds. The table above counts all of them.
_WIDTH, _ROWS, _PIECE, _NAMES = 160, 40, 20, 100
#: Files that could not be read are named up to this number; the rest are counted.
_UNREAD = 50


#: A part of the comment that is included whole or not at all, and the number of findings in it.
Part = tuple[str, int]


def markdown_text(run: Run, group_by: GroupBy = "rule", limit: int = LIMIT) -> Iterator[str]:
    """Yield the comment, at most `limit` long; if something had to be left out, it says how much."""
    left = limit - _SPARE
    cut: list[int] = []
    for text, places in _parts(run, group_by):
        left -= utf16(text)
        if left < 0:
            left = 0
            cut.append(places)
        else:
            yield text
    if cut:
        yield (
            f"\n**Cut:** {plural(len(cut), 'part')} of this report, with {plural(sum(cut), 'finding')}, did not fit "
            f"into a comment of {limit:,} characters. `migrator audit` shows everything.\n"
        )


def _parts(run: Run, group_by: GroupBy) -> Iterator[Part]:
    yield f"### migrator: {plain(steps(run))}\n\n{' '.join(_summary(run))}\n", 0
    if run.failures:
        yield from ((text, 0) for text in _unread(run))
    found = list(sections(run, group_by))
    for section in found:
        yield from ((text, 0) for text in _table(section.title, section.groups, group_by))
    if run.stale:
        rows = (f"- {code(f'{each.path}:{each.line}')}: {prose(each.message)}\n" for each in run.stale)
        yield "\n#### Unused suppressions\n\n", 0
        yield from ((text, 0) for text in rows)
    sources = Sources(run)
    for section in found:
        yield from _details(section.groups, sources, group_by)
    yield from _beside(run, sources, group_by)


def _summary(run: Run) -> Iterator[str]:
    if not run.findings:
        yield f"{plural(run.searched, 'file')} searched, nothing found."
    else:
        by_hand = sum(finding.applicability is not Applicability.SAFE for finding in run.findings)
        yield f"**{tally(run.findings)}** of {run.searched:,} searched:"
        yield f"{automatic(run.findings):,} automatic (`migrator codemod --write`), {by_hand:,} to edit by hand."
    for number, why in ((len(run.suppressed), "suppressed by comments"), (len(run.known), "in the baseline")):
        if number:
            yield f"{plural(number, 'more finding')} {'is' if number == 1 else 'are'} {why}."


def _unread(run: Run) -> Iterator[str]:
    number = run.unread
    known = f"and {'is' if number == 1 else 'are'} not covered"
    yield f"\n**{plural(number, 'file')} could not be read, {known}:**\n\n"
    for failure in run.failures[:_UNREAD]:
        where = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
        yield f"- {code(where)}: {prose(failure.message)}\n"
    if len(run.failures) > _UNREAD:
        yield f"- and {len(run.failures) - _UNREAD:,} more\n"


def _table(title: str, found: Iterable[Group], group_by: GroupBy) -> Iterator[str]:
    last = "What to do" if group_by == "rule" else "Rules"
    head = row((group_by.capitalize(), "Findings", "Automatic", last))
    yield f"\n#### {plain(title)}\n\n{head}{row(('---', '---:', '---:', '---'))}"
    for group in found:
        if group_by == "rule":
            text = " ".join(prose(advice) for advice in dict.fromkeys(each.advice for each in group.findings))
        else:
            text = ", ".join(code(rule) for rule in dict.fromkeys(each.rule for each in group.findings))
        yield row((code(group.title), f"{len(group.findings):,}", f"{group.automatic:,}", text))


def _details(found: Iterable[Group], sources: Sources, group_by: GroupBy) -> Iterator[Part]:
    for group in found:
        title = f"<code>{html(group.title)}</code>: {plural(len(group.findings), 'finding')}"
        for number in range(0, len(group.findings), _PIECE):
            some = group.findings[number : number + _PIECE]
            inner = "".join(_entry(finding, sources, group_by) for finding in some)
            yield _folded(f"{title}{' (more)' if number else ''}", inner), len(some)


def _folded(title: str, inner: str) -> str:
    return f"\n<details><summary>{title}</summary>\n\n{inner}\n</details>\n"


def _entry(finding: Finding, sources: Sources, group_by: GroupBy) -> str:
    where = code(f"{finding.path}:{finding.line}:{finding.column}")
    rule = f" {code(finding.rule)}:" if group_by == "file" else ""
    lines = [f"{where} [{finding.applicability}]{rule} {prose(finding.message)}\n", *_code(finding, sources)]
    if finding.evidence:
        lines.append(f"because {code(evidence(finding.evidence, 2 * _WIDTH))}\n")
    return "\n".join(lines) + "\n"


def _code(finding: Finding, sources: Sources) -> Iterator[str]:
    rows = [
        f"{sign}{line if len(line) <= _WIDTH else frame(line, *differing(line, finding, sign), _WIDTH)}"
        for change in sources.changes(finding)
        for sign, side in (("-", change.old), ("+", change.new))
        for line in side
    ]
    if rows:
        yield fenced("\n".join(rows[:_ROWS]), "diff")
        return
    line = sources.lines(finding.path).line(finding.line)
    if line.strip():
        end = finding.end_column if finding.end_line == finding.line else len(line) + 1
        yield fenced(line_start(str(frame(line, finding.column - 1, end - 1, _WIDTH))))


def _beside(run: Run, sources: Sources, group_by: GroupBy) -> Iterator[Part]:
    if run.notes:
        yield "\n#### Notes from the reference: without effect on the exit code\n", 0
        yield from _details(groups(run.notes, run.rules, group_by), sources, group_by)
    for number in range(0, len(run.names), _NAMES):
        some = run.names[number : number + _NAMES]
        text = "".join(f"- {code(f'{n.path}:{n.line}:{n.column}')} {code(n.name)}: {prose(n.reason)}\n" for n in some)
        title = f"Name only, without evidence that they are the API's: {len(run.names):,}"
        yield _folded(f"{title}{' (more)' if number else ''}", text), len(some)
