"""Transports for httpx2 that translate the requests and responses of a client; they are named as those for httpx."""

from migrator.payload.adapters.httpx2_transport import (
    AsyncHttpx2Transport as AsyncTranslatingTransport,
)
from migrator.payload.adapters.httpx2_transport import (
    Httpx2DocumentError,
    Httpx2LossError,
    Httpx2TranslationError,
)
from migrator.payload.adapters.httpx2_transport import (
    Httpx2ServerAuth as TranslatingAuth,
)
from migrator.payload.adapters.httpx2_transport import (
    Httpx2Transport as TranslatingTransport,
)

__all__ = [
    "AsyncTranslatingTransport",
    "Httpx2DocumentError",
    "Httpx2LossError",
    "Httpx2TranslationError",
    "TranslatingAuth",
    "TranslatingTransport",
]
