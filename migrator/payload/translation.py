"""The result of a translation."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from migrator.payload.follow_up import FollowUp
from migrator.payload.loss import Loss, LossExtent, Missing

D = TypeVar("D")


# A struct and not a dataclass: one is made for every event of a stream, at a tenth of the cost.
class Translation(msgspec.Struct, Generic[D], frozen=True):
    """Hold the result of a translation.

    `document` is a new object if something changed, else the original object; it is None when it has no counterpart
    (`lost`). `method` is the target's name of the method, for requests, responses, methods and URLs. `unknown_name` is
    the name of the method or webhook, if the table lists the names of its versions and neither version knows it.
    """

    document: D | None
    losses: tuple[Loss, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    applied: tuple[str, ...] = ()
    method: str | None = None
    missing: tuple[Missing, ...] = ()
    unknown_name: str | None = None

    @property
    def lost(self) -> bool:
        """Return whether the document has no counterpart in the target version."""
        return any(loss.extent is LossExtent.DOCUMENT for loss in self.losses)

    @property
    def complete(self) -> bool:
        """Return whether the document has every value that the target version requires."""
        return not self.missing
