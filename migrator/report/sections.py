"""How findings are laid out in a report: what was renamed, and what needs a person; in each, by rule or by file."""

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
REMOVED = "Removed or changed behaviour: needs a person"

_RENAMES = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY, Kind.RAISE_VERSION})


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that stand together: of one rule, or of one file. `automatic` is how many of them have edits."""

    title: str
    findings: tuple[Finding, ...]

    @property
    def automatic(self) -> int:
        """The findings that are rewritten without being looked at."""
        return automatic(self.findings)


@dataclass(frozen=True, slots=True)
class Section:
    """Groups under a heading."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Sources:
    """The lines of the files that a run searched; each file is split once, when it is first asked for."""

    run: Run

    @cached_property
    def _known(self) -> dict[str, Lines]:
        return {}

    @cached_property
    def _raw(self) -> dict[str, bytes]:
        return {**self.run.hits, **{result.path: result.before for result in self.run.results}}

    def lines(self, path: str) -> Lines:
        """The lines of a file; none where the run does not hold its bytes."""
        if path not in self._known:
            self._known[path] = lines_of(self._raw.get(path, b""))
        return self._known[path]

    def changes(self, finding: Finding) -> list[Change]:
        """What becomes of the lines that a finding's edits touch."""
        return changes(self.lines(finding.path), finding.edits) if finding.edits else []


def sections(run: Run, group_by: GroupBy = "rule") -> Iterator[Section]:
    """The sections in which something was found; rules in the order of the table, files in that of the run."""
    rules = run.rules
    for title, removed in ((RENAMED, False), (REMOVED, True)):
        found = [finding for finding in run.findings if is_removed(rules.get(finding.rule), finding) is removed]
        if found:
            yield Section(title, tuple(groups(found, rules, group_by)))


def groups(findings: Iterable[Finding], rules: Mapping[str, Rule], group_by: GroupBy) -> Iterator[Group]:
    """The findings of each rule, or of each file."""
    found: dict[str, list[Finding]] = dict[str, list[Finding]]()
    if group_by == "rule":
        found = {rule: [] for rule in rules}
    for finding in findings:
        found.setdefault(finding.rule if group_by == "rule" else finding.path, []).append(finding)
    return (Group(title, tuple(group)) for title, group in found.items() if group)


def is_removed(rule: Rule | None, finding: Finding) -> bool:
    """Whether a finding is about what is gone or behaves otherwise, and not about another name for the same thing."""
    return Kind(finding.kind) not in _RENAMES or (rule is not None and not rule.active)


def automatic(findings: Iterable[Finding]) -> int:
    """How many of the findings are rewritten without being looked at."""
    return sum(finding.applicability is Applicability.SAFE for finding in findings)
