"""Convert the result of a file to diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol.types import Diagnostic, DiagnosticSeverity, DiagnosticTag, Range

from migrator.findings.finding import Applicability, FileError, FileResult, Finding, Stale
from migrator.lsp.lsp_positions import Lines
from migrator.report.printable import visible
from migrator.rules.rule import Kind

SOURCE = "migrator"
#: The codes of diagnostics that are not findings.
UNREAD, LEFT_ALONE, STALE = "unread", "left-alone", "stale-suppression"

_SEVERITIES = {
    Applicability.SAFE: DiagnosticSeverity.Information,
    Applicability.UNSAFE: DiagnosticSeverity.Warning,
    Applicability.MANUAL: DiagnosticSeverity.Error,
}
#: Kinds of rules whose old names are shown as deprecated.
_OUTDATED = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK, Kind.RENAME_KEY, Kind.REMOVE_KEY})
_COMMENT = re.compile(r"#\s*migrator:\s*ignore")


def diagnostics(
    result: FileResult[bytes] | None, lines: Lines, tags: frozenset[DiagnosticTag] = frozenset()
) -> list[Diagnostic]:
    """Return the findings of a file, the error that kept it from being read or edited, and unused suppressions."""
    if result is None:
        return []
    found = [diagnostic(finding, lines, tags) for finding in result.findings]
    found += [_of_error(result.error, lines)] if result.error else []
    return [*found, *(_of_stale(stale, lines, tags) for stale in result.stale)]


def diagnostic(finding: Finding, lines: Lines, tags: frozenset[DiagnosticTag] = frozenset()) -> Diagnostic:
    """Return a finding as a diagnostic, with its rule as the code."""
    outdated = finding.kind in _OUTDATED and finding.old is not None
    return Diagnostic(
        range=range_of(finding, lines),
        message=visible(f"{finding.message}\n{finding.advice}"),
        severity=_SEVERITIES[finding.applicability],
        code=finding.rule,
        source=SOURCE,
        tags=list(_known((DiagnosticTag.Deprecated,) if outdated else (), tags)) or None,
        data={
            "rule": finding.rule,
            "applicability": finding.applicability.value,
            "old": finding.old,
            "new": finding.new,
        },
    )


def range_of(finding: Finding, lines: Lines) -> Range:
    """Return the range of a finding."""
    start = lines.place(finding.line, finding.column)
    return lines.range(start, max(start, lines.place(finding.end_line, finding.end_column)))


def _of_error(error: FileError, lines: Lines) -> Diagnostic:
    """Return the reason why a file was not read, or why its edits must not be applied."""
    outcome = "this file was not analysed" if error.unread else "this file cannot be edited"
    return Diagnostic(
        range=_line(error.line or 1, lines),
        message=visible(f"{outcome}: {error}"),
        severity=DiagnosticSeverity.Warning,
        code=UNREAD if error.unread else LEFT_ALONE,
        source=SOURCE,
    )


def _of_stale(stale: Stale, lines: Lines, tags: frozenset[DiagnosticTag]) -> Diagnostic:
    whole = _line(stale.line, lines)
    start = lines.starts[whole.start.line]
    comment = _COMMENT.search(lines.line(whole.start.line))
    return Diagnostic(
        range=Range(lines.position(start + comment.start()), whole.end) if comment else whole,
        message=visible(stale.message),
        severity=DiagnosticSeverity.Warning,
        code=STALE,
        source=SOURCE,
        tags=list(_known((DiagnosticTag.Unnecessary,), tags)) or None,
    )


def _line(number: int, lines: Lines) -> Range:
    """Return the range of a line, counted from 1, without its indentation."""
    index = min(number, len(lines.starts)) - 1
    text = lines.line(index)
    start = lines.starts[index]
    return lines.range(start + len(text) - len(text.lstrip()), start + len(text))


def _known(wanted: tuple[DiagnosticTag, ...], tags: frozenset[DiagnosticTag]) -> Iterator[DiagnosticTag]:
    return (tag for tag in wanted if tag in tags)
