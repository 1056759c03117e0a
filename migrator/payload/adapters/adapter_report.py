"""What an adapter has to say about one call or webhook, beside the answer itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from migrator.payload.follow_up import FollowUp
from migrator.payload.loss import Extent, Loss, Missing

log = logging.getLogger("migrator.payload.adapters")


@dataclass(frozen=True, slots=True)
class Failure:
    """A follow-up call that should have been made and was not, or was refused."""

    follow_up: FollowUp
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What did not go as the program that was written for the other version would expect.

    `subject` is the method, as the program names it, or "webhook"; `problem` says why a document was passed on as it
    came.
    """

    subject: str
    losses: tuple[Loss, ...] = ()
    missing: tuple[Missing, ...] = ()
    failures: tuple[Failure, ...] = ()
    problem: str | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.losses or self.missing or self.failures or self.problem)

    def with_failures(self, failures: Iterable[Failure]) -> Report:
        """The same report with further calls that were not made."""
        return replace(self, failures=(*self.failures, *failures))

    def lines(self) -> Iterator[str]:
        """The report in words, one fact a line, without any value of the document."""
        if self.problem:
            yield f"{self.subject}: passed on untranslated: {self.problem}"
        for loss in self.losses:
            if loss.extent is not Extent.NOTE:
                yield f"{self.subject}: lost at {loss.pointer or 'the document'}: {loss.reason} ({loss.rule})"
        for missing in self.missing:
            yield f"{self.subject}: {missing.pointer} is missing: declare {missing.declare!r} ({missing.rule})"
        for failure in self.failures:
            call = failure.follow_up
            yield f"{self.subject}: the follow-up call {call.method} was not made: {failure.reason} ({call.rule})"


#: Takes every report that has something to say.
OnReport = Callable[[Report], None]


def log_report(report: Report) -> None:
    """Write a report to the log ``migrator.payload.adapters``, as warnings."""
    for line in report.lines():
        log.warning("%s", line)
