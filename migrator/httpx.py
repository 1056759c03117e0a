"""Transports for httpx that translate the requests and responses of a client."""

from migrator.payload.adapters.httpx_transport import AsyncTranslatingTransport, TranslatingTransport

__all__ = ["AsyncTranslatingTransport", "TranslatingTransport"]
