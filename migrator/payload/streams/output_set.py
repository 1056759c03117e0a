"""The files of a run, which appear together when it ends, or not at all."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

from migrator.payload.streams.atomic_output import AtomicOutput, open_output


@dataclass(frozen=True, slots=True)
class OutputSet:
    """Hold the outputs of the documents and of what is reported beside them; None where it is not written."""

    documents: AtomicOutput
    losses: AtomicOutput | None
    follow_ups: AtomicOutput | None
    rejects: AtomicOutput | None

    def commit_all(self) -> None:
        """Move every file to its target. Raises OSError."""
        for each in (self.documents, self.losses, self.follow_ups, self.rejects):
            if each is not None:
                each.commit()


def open_outputs(
    stack: ExitStack,
    documents: str | None,
    losses: str | None,
    follow_ups: str | None,
    rejects: str | None,
    otherwise: BinaryIO,
    source: str | None = None,
) -> OutputSet:
    """Open the outputs; documents without a name go to `otherwise`. The stack discards what is not kept.

    Raises OSError.
    """

    def open_one(path: str | None) -> AtomicOutput | None:
        if path is None or path == "-":
            return None
        found = open_output(path, source)
        stack.callback(found.discard)
        return found

    return OutputSet(
        open_one(documents) or AtomicOutput(otherwise), open_one(losses), open_one(follow_ups), open_one(rejects)
    )
