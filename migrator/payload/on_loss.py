"""Raise an error for a loss, if the caller asked for that."""

from __future__ import annotations

from typing import Literal, TypeVar

from migrator.payload.loss import LossExtent
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import LossError

OnLoss = Literal["report", "raise"]
D = TypeVar("D")


def raise_on_loss(translation: Translation[D], on_loss: OnLoss) -> Translation[D]:
    """Return the translation; raise LossError if a value is lost and the caller asked for an error."""
    if on_loss == "raise":
        lost = tuple(loss for loss in translation.losses if loss.extent is not LossExtent.NOTE)
        if lost:
            raise LossError(lost)
    return translation
