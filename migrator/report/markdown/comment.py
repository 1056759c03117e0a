"""Format a run as a pull request comment: a table of findings, then folded details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.findings.finding import Applicability, Finding
from migrator.report.code_frame import changed_span, cut_frame
from migrator.report.evidence_steps import join_steps
from migrator.report.markdown.escape import escape_html, escape_prose, escape_text, fence_code, inline_code, table_row
from migrator.report.markdown.task_items import task_items
from migrator.report.phrases import count_findings, describe_unread, pluralize, version_steps
from migrator.report.printable import escape_line_start
from migrator.report.run_result import RunResult
from migrator.report.sections import FindingGroup, GroupBy, RunSources, count_automatic, group_findings, report_sections
from migrator.report.source_lines import utf16_length

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
CommentPart = tuple[str, int]


def markdown_text(run: RunResult, group_by: GroupBy = "rule", limit: int = LIMIT) -> Iterator[str]:
    """Yield the comment, at most `limit` long; if something had to be left out, it says how much."""
    left = limit - _SPARE
    cut: list[int] = []
    for text, places in _comment_parts(run, group_by):
        left -= utf16_length(text)
        if left < 0:
            left = 0
            cut.append(places)
        else:
            yield text
    if cut:
        yield (
            f"\n**Cut:** {pluralize(len(cut), 'part')} of this report, with {pluralize(sum(cut), 'finding')}, "
            f"did not fit into a comment of {limit:,} characters. `migrator audit` shows everything.\n"
        )


def _comment_parts(run: RunResult, group_by: GroupBy) -> Iterator[CommentPart]:
    yield f"### migrator: {escape_text(version_steps(run))}\n\n{' '.join(_summary_sentences(run))}\n", 0
    if run.failures:
        yield from ((text, 0) for text in _unread_list(run))
    found = list(report_sections(run, group_by))
    for section in found:
        yield from ((text, 0) for text in _group_table(section.title, section.groups, group_by))
    if run.stale:
        rows = (f"- {inline_code(f'{each.path}:{each.line}')}: {escape_prose(each.message)}\n" for each in run.stale)
        yield "\n#### Unused suppressions\n\n", 0
        yield from ((text, 0) for text in rows)
    yield from ((text, 0) for text in task_items(run.tasks))
    sources = RunSources(run)
    for section in found:
        yield from _group_details(section.groups, sources, group_by)
    yield from _other_listings(run, sources, group_by)


def _summary_sentences(run: RunResult) -> Iterator[str]:
    if not run.findings:
        yield f"{pluralize(run.searched, 'file')} searched, nothing found."
    else:
        by_hand = sum(finding.applicability is not Applicability.SAFE for finding in run.findings)
        yield f"**{count_findings(run.findings)}** of {run.searched:,} searched:"
        yield f"{count_automatic(run.findings):,} automatic (`migrator codemod --write`), {by_hand:,} to edit by hand."
    for number, why in ((len(run.suppressed), "suppressed by comments"), (len(run.known), "in the baseline")):
        if number:
            yield f"{pluralize(number, 'more finding')} {'is' if number == 1 else 'are'} {why}."


def _unread_list(run: RunResult) -> Iterator[str]:
    yield f"\n**{describe_unread(run)}:**\n\n"
    for failure in run.failures[:_UNREAD]:
        where = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
        yield f"- {inline_code(where)}: {escape_prose(failure.message)}\n"
    if len(run.failures) > _UNREAD:
        yield f"- and {len(run.failures) - _UNREAD:,} more\n"


def _group_table(title: str, found: Iterable[FindingGroup], group_by: GroupBy) -> Iterator[str]:
    last = "What to do" if group_by == "rule" else "Rules"
    head = table_row((group_by.capitalize(), "Findings", "Automatic", last))
    yield f"\n#### {escape_text(title)}\n\n{head}{table_row(('---', '---:', '---:', '---'))}"
    for group in found:
        if group_by == "rule":
            text = " ".join(escape_prose(advice) for advice in dict.fromkeys(each.advice for each in group.findings))
        else:
            text = ", ".join(inline_code(rule) for rule in dict.fromkeys(each.rule for each in group.findings))
        yield table_row((inline_code(group.title), f"{len(group.findings):,}", f"{group.automatic:,}", text))


def _group_details(found: Iterable[FindingGroup], sources: RunSources, group_by: GroupBy) -> Iterator[CommentPart]:
    for group in found:
        title = f"<code>{escape_html(group.title)}</code>: {pluralize(len(group.findings), 'finding')}"
        for number in range(0, len(group.findings), _PIECE):
            some = group.findings[number : number + _PIECE]
            inner = "".join(_finding_entry(finding, sources, group_by) for finding in some)
            yield _fold(f"{title}{' (more)' if number else ''}", inner), len(some)


def _fold(title: str, inner: str) -> str:
    return f"\n<details><summary>{title}</summary>\n\n{inner}\n</details>\n"


def _finding_entry(finding: Finding, sources: RunSources, group_by: GroupBy) -> str:
    where = inline_code(f"{finding.path}:{finding.line}:{finding.column}")
    rule = f" {inline_code(finding.rule)}:" if group_by == "file" else ""
    lines = [
        f"{where} [{finding.applicability}]{rule} {escape_prose(finding.message)}\n",
        *_finding_code(finding, sources),
    ]
    if finding.evidence:
        lines.append(f"because {inline_code(join_steps(finding.evidence, 2 * _WIDTH))}\n")
    return "\n".join(lines) + "\n"


def _finding_code(finding: Finding, sources: RunSources) -> Iterator[str]:
    rows = [
        f"{sign}{line if len(line) <= _WIDTH else cut_frame(line, *changed_span(line, finding, sign), _WIDTH)}"
        for change in sources.line_changes(finding)
        for sign, side in (("-", change.old), ("+", change.new))
        for line in side
    ]
    if rows:
        more = [f"and {len(rows) - _ROWS:,} more lines"] if len(rows) > _ROWS else []
        yield fence_code("\n".join([*rows[:_ROWS], *more]), "diff")
        return
    line = sources.lines_of_file(finding.path).shown_line(finding.line)
    if line.strip():
        end = finding.end_column if finding.end_line == finding.line else len(line) + 1
        yield fence_code(escape_line_start(str(cut_frame(line, finding.column - 1, end - 1, _WIDTH))))


def _other_listings(run: RunResult, sources: RunSources, group_by: GroupBy) -> Iterator[CommentPart]:
    if run.notes:
        yield "\n#### Notes from the reference: without effect on the exit code\n", 0
        yield from _group_details(group_findings(run.notes, run.rules, group_by), sources, group_by)
    for number in range(0, len(run.names), _NAMES):
        some = run.names[number : number + _NAMES]
        text = "".join(
            f"- {inline_code(f'{n.path}:{n.line}:{n.column}')} {inline_code(n.name)}: {escape_prose(n.reason)}\n"
            for n in some
        )
        title = f"Name only, without evidence that they are the API's: {len(run.names):,}"
        yield _fold(f"{title}{' (more)' if number else ''}", text), len(some)
