"""The result of a run, from which every report is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from migrator.files.failure import FileFailure
from migrator.files.search_state import NamesByFolder
from migrator.findings.applicability import Applicability
from migrator.rules.rule import Rule
from migrator.rules.table import Chain

if TYPE_CHECKING:
    from migrator.findings.finding import FileResult, Finding, StaleEntry
    from migrator.findings.ledger import Ledger
    from migrator.findings.open_task import OpenTask
    from migrator.program.spoken_versions import SpokenVersion
    from migrator.report.row_use import SeenRows


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The number of findings of a rule, by applicability, and the number of those whose edits are applied."""

    rule: str
    safe: int
    unsafe: int
    manual: int
    applied: int

    @property
    def found(self) -> int:
        """The number of findings."""
        return self.safe + self.unsafe + self.manual

    @property
    def left(self) -> int:
        """The number of findings whose edits are not applied."""
        return self.found - self.applied


@dataclass(frozen=True, slots=True, order=True)
class NameOccurrence:
    """An occurrence of an old name without evidence that it is the API's; the column counts characters, from 1."""

    path: str
    line: int
    column: int
    name: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Return the occurrence in the documented form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RunResult:
    """The files that were searched, and the results of those that contain a needle.

     `hits` maps the files that contain a needle to the bytes that were searched. `written` are the paths that were
    changed on disk, None if nothing was to be written. `ledger`, `names` and `notes` are set on request; none of them
    counts as a finding. `known` are findings that a baseline records, which are not among `findings`; `unmet` are stale
    entries of that baseline. `files` are the names of all searched files, by folder. `tasks` are what is left to do.
    `evidence` are the results of files that were not named, `untouched` those of programs that are never edited;
    `typed` are the named paths, as they are displayed while the run goes on and as they were typed. `versions` are
    those in the URLs of the whole project. `seen` is set on request, too: where each row is still in use.
    """

    chains: tuple[Chain, ...]
    searched: int
    results: tuple[FileResult[bytes], ...] = ()
    failures: tuple[FileFailure, ...] = ()
    outside: tuple[str, ...] = ()
    written: tuple[str, ...] | None = None
    hits: Mapping[str, bytes] = field(default_factory=dict, repr=False, hash=False)
    ledger: Ledger | None = None
    names: tuple[NameOccurrence, ...] = ()
    notes: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    unmet: tuple[StaleEntry, ...] = ()
    tasks: tuple[OpenTask, ...] = ()
    files: NamesByFolder = field(default_factory=dict, repr=False, hash=False)
    evidence: tuple[FileResult[bytes], ...] = field(default=(), repr=False)
    untouched: tuple[FileResult[bytes], ...] = field(default=(), repr=False)
    typed: tuple[tuple[str, str], ...] = ()
    versions: tuple[SpokenVersion, ...] = ()
    seen: SeenRows | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the files."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def applied(self) -> tuple[Finding, ...]:
        """The findings whose edits are, or would be, applied."""
        return tuple(finding for result in self.results for finding in result.applied)

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings whose edits are not applied."""
        return tuple(finding for result in self.results for finding in result.remaining)

    @property
    def stale(self) -> tuple[StaleEntry, ...]:
        """Unused suppressions and stale baseline entries."""
        return (*(stale for result in self.results for stale in result.stale), *self.unmet)

    @property
    def suppressed(self) -> tuple[Finding, ...]:
        """The findings that a comment suppresses."""
        return tuple(finding for result in self.results for finding in result.suppressed)

    @property
    def unread(self) -> int:
        """The number of files that could not be read, understood or written."""
        return len({failure.path for failure in self.failures})

    @property
    def changed(self) -> tuple[FileResult[bytes], ...]:
        """The files that change, or would."""
        return tuple(result for result in self.results if result.is_changed)

    @property
    def rules(self) -> dict[str, Rule]:
        """The rules of the run's steps by id, in the order of the table."""
        return {rule.id: rule for chain in self.chains for rule in chain.rules()}

    def count_rules(self) -> tuple[RuleCount, ...]:
        """Return a count for each rule with findings, in the order of the table."""
        found = Counter((finding.rule, finding.applicability) for finding in self.findings)
        applied = Counter(finding.rule for finding in self.applied)
        ids = dict.fromkeys((*self.rules, *sorted({rule for rule, _ in found})))
        counts = (
            RuleCount(
                rule,
                safe=found[rule, Applicability.SAFE],
                unsafe=found[rule, Applicability.UNSAFE],
                manual=found[rule, Applicability.MANUAL],
                applied=applied[rule],
            )
            for rule in ids
        )
        return tuple(count for count in counts if count.found)
