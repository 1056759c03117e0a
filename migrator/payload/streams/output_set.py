"""The files of a run, which appear together when it ends, or not at all."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

from migrator.payload.streams.atomic_output import Outlet, outlet


@dataclass(frozen=True, slots=True)
class Outlets:
    """Hold the outputs of the documents and of what is reported beside them; None where it is not written."""

    documents: Outlet
    losses: Outlet | None
    follow_ups: Outlet | None
    rejects: Outlet | None

    def keep(self) -> None:
        """Move every file to its target. Raises OSError."""
        for each in (self.documents, self.losses, self.follow_ups, self.rejects):
            if each is not None:
                each.keep()


def outlets(
    stack: ExitStack,
    documents: str | None,
    losses: str | None,
    follow_ups: str | None,
    rejects: str | None,
    otherwise: BinaryIO,
) -> Outlets:
    """Open the outputs; documents without a name go to `otherwise`. The stack discards what is not kept.

    Raises OSError.
    """

    def opened(path: str | None) -> Outlet | None:
        if path is None or path == "-":
            return None
        found = outlet(path)
        stack.callback(found.discard)
        return found

    return Outlets(opened(documents) or Outlet(otherwise), opened(losses), opened(follow_ups), opened(rejects))
