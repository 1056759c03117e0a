"""The bare names of a run: what its ledger holds of which nothing shows whose it is."""

from __future__ import annotations

from dataclasses import replace

from migrator.findings.ledger import State
from migrator.report.run_result import NameOnly, Run


def with_names(run: Run) -> Run:
    """The run with the places of its ledger at which there is only a name; without a ledger there is none."""
    found = [
        NameOnly(file.path, each.line, each.column, each.name, each.reason)
        for file in (run.ledger.files if run.ledger else ())
        for each in file.occurrences
        if each.state is State.NAME_ONLY
    ]
    return replace(run, names=tuple(found))
