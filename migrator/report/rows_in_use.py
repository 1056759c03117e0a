"""Decide for each row of the table whether it is still in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from migrator.report.row_use import RowUse, SeenRows
from migrator.report.run_result import RunResult
from migrator.rules.rule import Kind, Origin, Rule

#: The kinds of rows that a translator carries out, so that there is a layer for them.
_TRANSLATED = frozenset(
    {
        Kind.RENAME_METHOD,
        Kind.RENAME_WEBHOOK,
        Kind.REMOVE_WEBHOOK,
        Kind.RENAME_KEY,
        Kind.REMOVE_KEY,
        Kind.ADD_KEY,
        Kind.UNNEST,
        Kind.RAISE_VERSION,
    }
)
_OF_WEBHOOKS = frozenset({Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK})


@dataclass(frozen=True, slots=True)
class Traffic:
    """Hold when each rule was last needed on the wire, since when that is known, and the window that counts."""

    last_seen: Mapping[str, datetime]
    since: datetime
    now: datetime
    days: int

    def is_on_wire(self, rule: str) -> bool | None:
        """Return whether a rule was needed within the window; None if nobody looked for so long."""
        begin = self.now - timedelta(days=self.days)
        last = self.last_seen.get(rule)
        if last is not None and last >= begin:
            return True
        return False if self.since <= begin else None


def find_row_uses(run: RunResult, traffic: Traffic, registrations: str | None, *, with_notes: bool) -> SeenRows:
    """Return where the rows of a run are in use; `registrations` is the path of the file that lists them, if any.

    Suppressed and known findings are code all the same. Where a file could not be read, no row is known to be unused,
    and `with_notes` says whether rows of the reference were searched for.
    """
    in_code, registered = _find_rules(run, registrations)
    unread = {failure.path for failure in run.failures}
    complete = not unread - {registrations}
    rows = tuple(
        RowUse(
            rule.id,
            _known(rule.id in in_code, complete and (with_notes or rule.origin is not Origin.REFERENCE)),
            traffic.is_on_wire(rule.id),
            _is_registered(rule, registered, registrations is not None and registrations not in unread),
            traffic.last_seen.get(rule.id),
        )
        for rule in run.rules.values()
        if rule.kind in _TRANSLATED
    )
    return SeenRows(rows, traffic.days, traffic.since)


def _find_rules(run: RunResult, registrations: str | None) -> tuple[set[str], dict[str, str | None]]:
    """Return the rules with findings in code, and those with registrations and the name that is registered."""
    in_code = {finding.rule for finding in (*run.notes, *run.known)}
    registered: dict[str, str | None] = {}
    for result in (*run.results, *run.evidence, *run.untouched):
        findings = (*result.findings, *result.suppressed)
        if result.path == registrations:
            registered |= {finding.rule: finding.old for finding in findings}
        else:
            in_code |= {finding.rule for finding in findings}
    return in_code, registered


def _known(found: bool, complete: bool) -> bool | None:
    return found or (False if complete else None)


def _is_registered(rule: Rule, registered: dict[str, str | None], is_listed: bool) -> bool | None:
    """Return whether a row is about a registered webhook: by its own name, or in the webhooks of that name."""
    places = [place for place in rule.where if place.document == "webhook"]
    if rule.kind not in _OF_WEBHOOKS and not places:
        return False
    names = {place.name for place in places if place.name}
    return _known(rule.id in registered or not names.isdisjoint(registered.values()), is_listed)
