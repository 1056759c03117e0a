from __future__ import annotations

from typing import Any

import httpx

from .config import Settings
from .errors import LiveChatError


class LiveChatClient:
    """A thin client: one method of the API per call, the body as keyword arguments."""

    def __init__(self, settings: Settings, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            base_url=settings.livechat_url,
            headers={"Authorization": f"Bearer {settings.livechat_token.get_secret_value()}"},
            timeout=settings.timeout,
            transport=transport,
        )

    def __enter__(self) -> LiveChatClient:
        return self

    def __exit__(self, *exc: object) -> None:
        self._http.close()

    def call(self, method: str, /, **body: Any) -> Any:
        response = self._http.post(f"/{method}", json=body)
        if response.status_code != 200:
            raise LiveChatError(method, response.status_code, response.text)
        return response.json() if response.content else None
