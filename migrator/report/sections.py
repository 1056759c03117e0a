"""Group findings for people: renamed, and removed or changed; in each, by rule or by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from migrator.findings.finding import Applicability, Finding
from migrator.report.run_result import Run
from migrator.report.source_lines import Change, Lines, changes, lines_of
from migrator.rules.rule import Kind, Rule

GroupBy = Literal["rule", "file"]

RENAMED = "Renamed"
REMOVED = "Removed or changed behaviour"

_RENAMES = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY, Kind.RAISE_VERSION})


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule or file."""

    title: str
    findings: tuple[Finding, ...]

    @property
    def automatic(self) -> int:
        """The number of findings whose edits are safe."""
        return automatic(self.findings)


@dataclass(frozen=True, slots=True)
class Section:
    """Groups under a heading."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Sources:
    """The lines of the files of a run, each file split when it is first asked for."""

    run: Run

    @cached_property
    def _known(self) -> dict[str, Lines]:
        return {}

    @cached_property
    def _raw(self) -> dict[str, bytes]:
        return {**self.run.hits, **{result.path: result.before for result in self.run.results}}

    def lines(self, path: str) -> Lines:
        """Return the lines of a file; none if the run does not have its bytes."""
        if path not in self._known:
            self._known[path] = lines_of(self._raw.get(path, b""))
        return self._known[path]

    def changes(self, finding: Finding) -> list[Change]:
        """Return the lines that a finding's edits touch, before and after."""
        return changes(self.lines(finding.path), finding.edits) if finding.edits else []


def sections(run: Run, group_by: GroupBy = "rule") -> Iterator[Section]:
    """Yield the sections with findings; rules are in the order of the table, files in that of the run."""
    rules = run.rules
    for title, removed in ((RENAMED, False), (REMOVED, True)):
        found = [finding for finding in run.findings if is_removed(rules.get(finding.rule), finding) is removed]
        if found:
            yield Section(title, tuple(groups(found, rules, group_by)))


def groups(findings: Iterable[Finding], rules: Mapping[str, Rule], group_by: GroupBy) -> Iterator[Group]:
    """Group the findings by rule or by file."""
    found: dict[str, list[Finding]] = dict[str, list[Finding]]()
    if group_by == "rule":
        found = {rule: [] for rule in rules}
    for finding in findings:
        found.setdefault(finding.rule if group_by == "rule" else finding.path, []).append(finding)
    return (Group(title, tuple(group)) for title, group in found.items() if group)


def is_removed(rule: Rule | None, finding: Finding) -> bool:
    """Return whether a finding is about a removal or changed behaviour rather than a rename."""
    return Kind(finding.kind) not in _RENAMES or (rule is not None and not rule.active)


def automatic(findings: Iterable[Finding]) -> int:
    """Count the findings whose edits are safe."""
    return sum(finding.applicability is Applicability.SAFE for finding in findings)
