"""Group findings for people: renamed, and removed or changed; in each, by rule or by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from migrator.findings.finding import Applicability, Finding
from migrator.report.run_result import RunResult
from migrator.report.source_lines import LineChange, SourceLines, changed_lines, split_source
from migrator.rules.rule import Kind, Rule

GroupBy = Literal["rule", "file"]

RENAMED = "Renamed"
REMOVED = "Removed or changed behaviour"

_RENAMES = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY, Kind.RAISE_VERSION})


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule or file."""

    title: str
    findings: tuple[Finding, ...]

    @property
    def automatic(self) -> int:
        """The number of findings whose edits are safe."""
        return count_automatic(self.findings)


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Groups under a heading."""

    title: str
    groups: tuple[FindingGroup, ...]


@dataclass(frozen=True)
class RunSources:
    """The lines of the files of a run, each file split when it is first asked for."""

    run: RunResult

    @cached_property
    def _known(self) -> dict[str, SourceLines]:
        return {}

    @cached_property
    def _raw(self) -> dict[str, bytes]:
        return {**self.run.hits, **{result.path: result.before for result in self.run.results}}

    def lines_of_file(self, path: str) -> SourceLines:
        """Return the lines of a file; none if the run does not have its bytes."""
        if path not in self._known:
            self._known[path] = split_source(self._raw.get(path, b""))
        return self._known[path]

    def line_changes(self, finding: Finding) -> list[LineChange]:
        """Return the lines that a finding's edits touch, before and after."""
        return changed_lines(self.lines_of_file(finding.path), finding.edits) if finding.edits else []


def report_sections(run: RunResult, group_by: GroupBy = "rule") -> Iterator[ReportSection]:
    """Yield the sections with findings; rules are in the order of the table, files in that of the run."""
    rules = run.rules
    for title, removed in ((RENAMED, False), (REMOVED, True)):
        found = [finding for finding in run.findings if is_removed(rules.get(finding.rule), finding) is removed]
        if found:
            yield ReportSection(title, tuple(group_findings(found, rules, group_by)))


def group_findings(findings: Iterable[Finding], rules: Mapping[str, Rule], group_by: GroupBy) -> Iterator[FindingGroup]:
    """Group the findings by rule or by file."""
    found: dict[str, list[Finding]] = dict[str, list[Finding]]()
    if group_by == "rule":
        found = {rule: [] for rule in rules}
    for finding in findings:
        found.setdefault(finding.rule if group_by == "rule" else finding.path, []).append(finding)
    return (FindingGroup(title, tuple(group)) for title, group in found.items() if group)


def is_removed(rule: Rule | None, finding: Finding) -> bool:
    """Return whether a finding is about a removal or changed behaviour rather than a rename."""
    return Kind(finding.kind) not in _RENAMES or (rule is not None and not rule.active)


def count_automatic(findings: Iterable[Finding]) -> int:
    """Count the findings whose edits are safe."""
    return sum(finding.applicability is Applicability.SAFE for finding in findings)
