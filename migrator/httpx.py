"""Transports for httpx that translate the requests and responses of a client."""

from migrator.payload.adapters.httpx_transport import (
    AsyncTranslatingTransport,
    HttpxDocumentError,
    HttpxLossError,
    HttpxTranslationError,
    TranslatingAuth,
    TranslatingTransport,
)

__all__ = [
    "AsyncTranslatingTransport",
    "HttpxDocumentError",
    "HttpxLossError",
    "HttpxTranslationError",
    "TranslatingAuth",
    "TranslatingTransport",
]
