"""An adapter for requests that translates the requests and responses of a session."""

from migrator.payload.adapters.requests_adapter import (
    RequestsDocumentError,
    RequestsLossError,
    RequestsTranslationError,
    TranslatingAdapter,
)

__all__ = ["RequestsDocumentError", "RequestsLossError", "RequestsTranslationError", "TranslatingAdapter"]
