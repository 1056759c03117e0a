"""Two verbs for files of data: what is found in one, and that the ledger of it adds up."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from migrator.findings.finding import FileResult, Finding
from migrator.findings.ledger import FileAccount, Occurrence
from migrator.matching.occurrences import collect_old_names, make_counter
from migrator.matching.selection import Options
from migrator.program.read_files import read_all
from migrator.program.text_ledger import account_for_text
from migrator.rules.load import load_rules

CHAIN = load_rules().table().chain()
OPTIONS = Options((CHAIN,))
BASE = "https://api.livechatinc.com/v3.1/configuration/action"


@dataclass(frozen=True)
class Seen:
    """What was seen in one file: the results, the ledger, and the text at each finding."""

    result: FileResult[bytes]
    ledger: tuple[Occurrence, ...]

    @property
    def names(self) -> list[tuple[str, str | None]]:
        """What is found, without what is said of versions."""
        return [(f.old or "", f.new) for f in self.result.findings if f.kind != "raise_version"]

    @property
    def rules(self) -> list[str]:
        """The rules of the findings."""
        return [finding.rule for finding in self.result.findings]

    def states(self, name: str) -> list[str]:
        """The states of the occurrences of a name, in the order of the file."""
        return [each.state.value for each in self.ledger if each.name == name]

    def at(self, finding: Finding) -> str:
        """What stands at a finding."""
        return self.lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.result.before.decode().replace("\r\n", "\n").removeprefix("\ufeff").split("\n")

    def only(self, rule: str) -> Finding:
        """The one finding of a rule."""
        (finding,) = [finding for finding in self.result.findings if finding.rule == rule]
        return finding


def seen(path: str, source: str | bytes, options: Options = OPTIONS) -> Seen:
    """What is seen in a file; every span must hold the old name, and every occurrence have one state."""
    raw = source if isinstance(source, bytes) else textwrap.dedent(source).lstrip("\n").encode()
    (read,) = read_all({path: raw}, options)
    old = collect_old_names(options)
    found = Seen(read.result, account_for_text(read.result, read, old))
    assert FileAccount(path, found.ledger, Counter(make_counter(old.names)(raw))).defects == ()
    assert read.result.after == raw
    for finding in read.result.findings:
        assert finding.applicability == "manual"
        assert not finding.edits
        if finding.old and finding.kind != "behaviour" and "\\" not in found.at(finding):
            assert found.at(finding) == finding.old
    return found
