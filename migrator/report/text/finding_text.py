"""Format one finding as text: location, code frame, edit and evidence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.findings.finding import Applicability, Finding
from migrator.report.code_frame import changed_span, cut_frame, shorten
from migrator.report.evidence_steps import join_steps
from migrator.report.phrases import pluralize
from migrator.report.printable import escape_line, escape_line_start
from migrator.report.sections import RunSources, count_automatic
from migrator.report.source_lines import LineChange
from migrator.report.text.colors import Paint

_COLORS = {Applicability.SAFE: "green", Applicability.UNSAFE: "yellow", Applicability.MANUAL: "red"}
_INDENT = 6
#: Changed lines shown of one finding: a longer change is a rewritten block, of which the text counts the rest.
_CHANGED = 12


@dataclass(frozen=True, slots=True)
class FindingStyle:
    """The style of findings: source lines, colours, width, and whether to show the change."""

    sources: RunSources
    paint: Paint
    width: int
    changes: bool

    @property
    def colored(self) -> bool:
        """Colours are used, and replace the marks below code."""
        return self.paint(" ", bold=True) != " "


def finding_lines(finding: Finding, wording: FindingStyle, common: str, *, rule: bool) -> Iterator[str]:
    """Yield the lines of one finding, without the part of its message that is in `common` already."""
    mark = wording.paint(f"[{finding.applicability}]", fg=_COLORS[finding.applicability])
    where = escape_line_start(escape_line(f"{finding.path}:{finding.line}:{finding.column}"))
    where = wording.paint(where, fg="cyan")
    yield f"  {where}: {mark}{f' {finding.rule}' if rule else ''}\n"
    rest = _message_rest(finding.message, common)
    if rest:
        yield from wrap_lines(rest, "    ", wording.width)
    yield from _code_lines(finding, wording)
    if wording.changes:
        yield from _change_lines(finding, wording)
    if finding.evidence:
        yield because_line(join_steps(finding.evidence, wording.width - _INDENT - 8), wording)


def count_outcome(findings: Sequence[Finding]) -> str:
    """Return the number of findings and of safe edits: ``3 findings, 2 automatic``."""
    number = count_automatic(findings)
    return f"{pluralize(len(findings), 'finding')}, {f'{number:,}' if number else 'none'} automatic"


def because_line(text: str, wording: FindingStyle) -> str:
    """Return the reason for a finding, on one line."""
    return (
        wording.paint(f"{'':{_INDENT}}because {shorten(escape_line(text), wording.width - _INDENT - 8)}", dim=True)
        + "\n"
    )


def wrap_lines(text: str, indent: str, width: int) -> Iterator[str]:
    """Yield the text, safe to print, in lines of at most `width` unless a single word is longer."""
    lines = textwrap.wrap(escape_line(text), width - len(indent), break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield f"{indent}{'  ' if number else ''}{escape_line_start(line)}\n"


def _message_rest(message: str, common: str) -> str:
    if not common or not message.startswith(common):
        return message
    return message[len(common) :].lstrip(":").strip()


def _code_lines(finding: Finding, wording: FindingStyle) -> Iterator[str]:
    line = wording.sources.lines_of_file(finding.path).shown_line(finding.line)
    if not line.strip():
        return
    gutter = f"{finding.line:>{_INDENT + 2}} | "
    end = finding.end_column if finding.end_line == finding.line else len(line) + 1
    cut = cut_frame(line, finding.column - 1, end - 1, wording.width - len(gutter))
    name = wording.paint(cut.name, fg=_COLORS[finding.applicability], bold=True)
    yield f"{gutter}{cut.before}{name}{cut.after}\n"
    if not wording.colored:
        yield f"{'| ':>{len(gutter)}}{'':{cut.left_width}}{cut.caret_line}\n"


def _change_lines(finding: Finding, wording: FindingStyle) -> Iterator[str]:
    """Yield the removed lines, except for one that is shown already, and the added lines."""
    rows = [row for change in wording.sources.line_changes(finding) for row in _changed_rows(change, finding)]
    for sign, line in rows[:_CHANGED]:
        shown = cut_frame(line, *changed_span(line, finding, sign), wording.width - _INDENT - 5)
        yield wording.paint(f"{sign:>{_INDENT + 4}} {shown}", fg="green" if sign == "+" else "red") + "\n"
    if len(rows) > _CHANGED:
        yield f"{'':{_INDENT + 5}}{pluralize(len(rows) - _CHANGED, 'more line')}\n"


def _changed_rows(change: LineChange, finding: Finding) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(change.old):
        if line not in change.new and (not change.new or change.line + number != finding.line):
            yield "-", line
    yield from (("+", line) for line in change.new if line not in change.old)
