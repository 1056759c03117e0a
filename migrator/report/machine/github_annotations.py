"""Format a run as GitHub workflow commands: an annotation for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.findings.finding import Finding
from migrator.report.machine.severity import NAME_ID, STALE_ID, severity_level
from migrator.report.phrases import pluralize
from migrator.report.printable import escape_line
from migrator.report.run_result import RunResult

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def github_text(run: RunResult) -> Iterator[str]:
    """Yield one command for each line: errors are manual findings, warnings have an edit, notices fail nothing."""
    rules = run.rules
    for finding in run.findings:
        yield _annotate_finding(finding, _COMMANDS[severity_level(finding, rules.get(finding.rule))])
    for stale in run.stale:
        yield _workflow_command("warning", {"file": stale.path, "line": stale.line, "title": STALE_ID}, stale.message)
    for note in run.notes:
        yield _annotate_finding(note, "notice")
    for name in run.names:
        place = {"file": name.path, "line": name.line, "col": name.column, "title": NAME_ID}
        yield _workflow_command("notice", place, f"{name.name}: {name.reason}")
    for failure in run.failures:
        place = {"file": failure.path, **({"line": failure.line} if failure.line else {}), "title": "not read"}
        yield _workflow_command("error", place, failure.message)
    if run.outside:
        links = pluralize(len(run.outside), "link")
        yield _workflow_command(
            "notice", {"title": "not followed"}, f"{links} out of the given paths: {run.outside[0]}"
        )


def _annotate_finding(finding: Finding, command: str) -> str:
    place: dict[str, object] = {"file": finding.path, "line": finding.line, "endLine": finding.end_line}
    if finding.line == finding.end_line:  # GitHub takes columns on a single line only
        place |= {"col": finding.column, "endColumn": finding.end_column}
    where = f"{finding.path}:{finding.line}:{finding.column}"
    text = f"{where}: [{finding.applicability}] {finding.message}. {finding.advice}"
    return _workflow_command(command, {**place, "title": f"migrator ({finding.rule})"}, text)


def _workflow_command(name: str, properties: Mapping[str, object], message: str) -> str:
    fields = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{name} {fields}::{_escape_data(message)}\n"


def _escape_data(text: str) -> str:
    """Escape a message as the runner expects; a line break would start another command."""
    return escape_line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: object) -> str:
    return _escape_data(str(value)).replace(":", "%3A").replace(",", "%2C")
