"""The report of an adapter about one call or webhook."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from migrator.payload.follow_up import FollowUp
from migrator.payload.loss import Loss, LossExtent, Missing

#: What an adapter does with an exchange that it cannot translate.
PASSED_ON: Final = "passed on untranslated"
NOT_SENT: Final = "not sent"
REFUSED: Final = "refused"
SENT: Final = "sent"

log = logging.getLogger("migrator.payload.adapters")


@dataclass(frozen=True, slots=True)
class FollowUpFailure:
    """Describe a follow-up call that was not made, or was refused by the server."""

    follow_up: FollowUp
    reason: str


@dataclass(frozen=True, slots=True)
class AdapterReport:
    """Collect what differs from what the program expects: losses, missing values, failed calls.

    `subject` is the method, as the program names it, or "webhook"; `problem` says why the exchange was not translated
    as a whole, and `consequence` what was done instead. `unknown_name` is a method or webhook that neither version
    knows.
    """

    subject: str
    losses: tuple[Loss, ...] = ()
    missing: tuple[Missing, ...] = ()
    failures: tuple[FollowUpFailure, ...] = ()
    problem: str | None = None
    consequence: str = PASSED_ON
    unknown_name: str | None = None

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to report."""
        return not (self.losses or self.missing or self.failures or self.problem or self.unknown_name is not None)

    def with_failures(self, failures: Iterable[FollowUpFailure]) -> AdapterReport:
        """Return the report with further failed follow-up calls."""
        return replace(self, failures=(*self.failures, *failures))

    def format_lines(self) -> Iterator[str]:
        """Yield one line for each fact, without any value of the document."""
        if self.problem:
            yield f"{self.subject}: {self.consequence}: {self.problem}"
        if self.unknown_name is not None:
            sort = "webhook" if self.subject == "webhook" else "method"
            yield f"{self.subject}: neither version knows a {sort} of this name"
        for loss in self.losses:
            if loss.extent is not LossExtent.NOTE:
                yield f"{self.subject}: lost at {loss.pointer or 'the document'}: {loss.reason} ({loss.rule})"
        for missing in self.missing:
            yield f"{self.subject}: {missing.pointer} is missing: declare {missing.declare!r} ({missing.rule})"
        for failure in self.failures:
            call = failure.follow_up
            yield f"{self.subject}: the follow-up call {call.method} was not made: {failure.reason} ({call.rule})"


#: Receives every report that is not empty.
OnReport = Callable[[AdapterReport], None]


def log_report(report: AdapterReport) -> None:
    """Write a report to the logger ``migrator.payload.adapters``, as warnings."""
    for line in report.format_lines():
        log.warning("%s", line)
