"""What a run found and did, as one value: every form of report is made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from migrator.files.failure import Failure
from migrator.files.search_state import Names
from migrator.findings.applicability import Applicability
from migrator.rules.rule import Rule
from migrator.rules.table import Chain

if TYPE_CHECKING:
    from migrator.findings.finding import FileResult, Finding, Stale
    from migrator.findings.ledger import Ledger


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was found, by how far its edits can be trusted, and how many of those edits are made."""

    rule: str
    safe: int
    unsafe: int
    manual: int
    applied: int

    @property
    def found(self) -> int:
        """All findings of the rule."""
        return self.safe + self.unsafe + self.manual

    @property
    def left(self) -> int:
        """The findings whose edits are not made."""
        return self.found - self.applied


@dataclass(frozen=True, slots=True, order=True)
class NameOnly:
    """A place where an old name stands and nothing shows whose it is; the column counts characters, from 1."""

    path: str
    line: int
    column: int
    name: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The place in the documented form."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Run:
    """The files that were searched and what became of those that hold a needle.

    `hits` are the bytes that were searched, of the files that hold a needle. `written` are the paths that were changed
    on the disk, None when nothing was to be written. `ledger` is there when it was asked for, `names` and `notes` too:
    neither counts among the findings. `known` are findings that a baseline holds, which are none of `findings`;
    `unmet` are the rows of a baseline that hold nothing any more. `files` are the names of all files that were
    searched, by folder.
    """

    chains: tuple[Chain, ...]
    searched: int
    results: tuple[FileResult[bytes], ...] = ()
    failures: tuple[Failure, ...] = ()
    outside: tuple[str, ...] = ()
    written: tuple[str, ...] | None = None
    hits: Mapping[str, bytes] = field(default_factory=dict, repr=False, hash=False)
    ledger: Ledger | None = None
    names: tuple[NameOnly, ...] = ()
    notes: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    unmet: tuple[Stale, ...] = ()
    files: Names = field(default_factory=dict, repr=False, hash=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the files."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def applied(self) -> tuple[Finding, ...]:
        """The findings whose edits are made, or would be."""
        return tuple(finding for result in self.results for finding in result.applied)

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings whose edits are not made."""
        return tuple(finding for result in self.results for finding in result.left)

    @property
    def stale(self) -> tuple[Stale, ...]:
        """The comments, and the rows of a baseline, that ask in vain to leave something alone."""
        return (*(stale for result in self.results for stale in result.stale), *self.unmet)

    @property
    def suppressed(self) -> tuple[Finding, ...]:
        """The findings that a comment asks to leave alone."""
        return tuple(finding for result in self.results for finding in result.suppressed)

    @property
    def unread(self) -> int:
        """How many files could not be read, understood or written."""
        return len({failure.path for failure in self.failures})

    @property
    def changed(self) -> tuple[FileResult[bytes], ...]:
        """The files that change, or would."""
        return tuple(result for result in self.results if result.changed)

    @property
    def rules(self) -> dict[str, Rule]:
        """The rules of the steps that were followed, by id, in the order of the table."""
        return {rule.id: rule for chain in self.chains for rule in chain.rules()}

    def counts(self) -> tuple[RuleCount, ...]:
        """One count for each rule that was found, in the order of the table."""
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
