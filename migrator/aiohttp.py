"""Middleware for aiohttp's client that translates the requests and responses of a session."""

from migrator.payload.adapters.aiohttp_middleware import (
    AiohttpDocumentError,
    AiohttpLossError,
    AiohttpTranslationError,
    TranslatingMiddleware,
)

__all__ = ["AiohttpDocumentError", "AiohttpLossError", "AiohttpTranslationError", "TranslatingMiddleware"]
