"""Convert the result of a file to diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol.types import Diagnostic, DiagnosticSeverity, DiagnosticTag, Range

from migrator.findings.finding import Applicability, FileError, FileResult, Finding, StaleEntry
from migrator.lsp.lsp_positions import DocumentText
from migrator.report.printable import escape_controls
from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS, Kind

SOURCE = "migrator"
#: The codes of diagnostics that are not findings.
UNREAD, LEFT_ALONE, STALE = "unread", "left-alone", "stale-suppression"

_SEVERITIES = {
    Applicability.SAFE: DiagnosticSeverity.Information,
    Applicability.UNSAFE: DiagnosticSeverity.Warning,
    Applicability.MANUAL: DiagnosticSeverity.Error,
}
#: Kinds of rules whose old names are shown as deprecated.
_OUTDATED = METHOD_KINDS | WEBHOOK_KINDS | {Kind.RENAME_KEY, Kind.REMOVE_KEY}
_COMMENT = re.compile(r"#\s*migrator:\s*ignore")


def file_diagnostics(
    result: FileResult[bytes] | None, lines: DocumentText, tags: frozenset[DiagnosticTag] = frozenset()
) -> list[Diagnostic]:
    """Return the findings of a file, the error that kept it from being read or edited, and unused suppressions."""
    if result is None:
        return []
    found = [finding_diagnostic(finding, lines, tags) for finding in result.findings]
    found += [_error_diagnostic(error, lines) for error in (result.error, result.unread_parts) if error]
    return [*found, *(_stale_diagnostic(stale, lines, tags) for stale in result.stale)]


def finding_diagnostic(
    finding: Finding, lines: DocumentText, tags: frozenset[DiagnosticTag] = frozenset()
) -> Diagnostic:
    """Return a finding as a diagnostic, with its rule as the code."""
    outdated = finding.kind in _OUTDATED and finding.old is not None
    return Diagnostic(
        range=finding_range(finding, lines),
        message=escape_controls(f"{finding.message}\n{finding.advice}"),
        severity=_SEVERITIES[finding.applicability],
        code=finding.rule,
        source=SOURCE,
        tags=list(_supported_tags((DiagnosticTag.Deprecated,) if outdated else (), tags)) or None,
        data={
            "rule": finding.rule,
            "applicability": finding.applicability.value,
            "old": finding.old,
            "new": finding.new,
        },
    )


def finding_range(finding: Finding, lines: DocumentText) -> Range:
    """Return the range of a finding."""
    start = lines.finding_offset(finding.line, finding.column)
    return lines.range_between(start, max(start, lines.finding_offset(finding.end_line, finding.end_column)))


def _error_diagnostic(error: FileError, lines: DocumentText) -> Diagnostic:
    """Return the reason why a file was not read, or why its edits must not be applied."""
    outcome = "this file was not analysed" if error.unread else "this file cannot be edited"
    return Diagnostic(
        range=_line_range(error.line or 1, lines),
        message=escape_controls(f"{outcome}: {error}"),
        severity=DiagnosticSeverity.Warning,
        code=UNREAD if error.unread else LEFT_ALONE,
        source=SOURCE,
    )


def _stale_diagnostic(stale: StaleEntry, lines: DocumentText, tags: frozenset[DiagnosticTag]) -> Diagnostic:
    whole = _line_range(stale.line, lines)
    start = lines.line_starts[whole.start.line]
    comment = _COMMENT.search(lines.line_text(whole.start.line))
    return Diagnostic(
        range=Range(lines.position_of(start + comment.start()), whole.end) if comment else whole,
        message=escape_controls(stale.message),
        severity=DiagnosticSeverity.Warning,
        code=STALE,
        source=SOURCE,
        tags=list(_supported_tags((DiagnosticTag.Unnecessary,), tags)) or None,
    )


def _line_range(number: int, lines: DocumentText) -> Range:
    """Return the range of a line, counted from 1, without its indentation."""
    index = min(number, len(lines.line_starts)) - 1
    text = lines.line_text(index)
    start = lines.line_starts[index]
    return lines.range_between(start + len(text) - len(text.lstrip()), start + len(text))


def _supported_tags(wanted: tuple[DiagnosticTag, ...], tags: frozenset[DiagnosticTag]) -> Iterator[DiagnosticTag]:
    return (tag for tag in wanted if tag in tags)
