"""All the files that a run writes: they appear together when the run is over, or not at all."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

from migrator.payload.streams.atomic_output import Outlet, outlet


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where the documents go, and what is told beside them; None is told nowhere."""

    documents: Outlet
    losses: Outlet | None
    follow_ups: Outlet | None
    rejects: Outlet | None

    def keep(self) -> None:
        """Put every file in its place. Raises OSError."""
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
    """Open the outlets; documents without a name go to `otherwise`. What is not kept is gone with the stack.

    Raises OSError.
    """

    def opened(path: str | None) -> Outlet | None:
        if path is None or path == "-":
            return None
        found = outlet(path)
        stack.callback(found.discard)
        return found

    return Outlets(opened(documents) or Outlet(otherwise), opened(losses), opened(follow_ups), opened(rejects))
