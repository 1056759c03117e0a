"""Raise the errors of a translation as errors of the client's own library, so that its handlers catch them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from migrator.payload.loss import Loss
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError


@dataclass(frozen=True, slots=True)
class ClientErrors:
    """Hold what creates the errors of one library, each with the request that it is about."""

    loss: Callable[[tuple[Loss, ...], Any], Exception]
    document: Callable[[str, str, Any], Exception]
    other: Callable[[str, Any], Exception]

    def convert(self, error: TranslationError, request: object) -> Exception:
        """Return an error of the library that is one of translation as well."""
        if isinstance(error, LossError):
            return self.loss(error.losses, request)
        if isinstance(error, DocumentError):
            return self.document(error.pointer, error.problem, request)
        return self.other(str(error), request)
