"""The one place that talks HTTP: a call of the Configuration API by the name of its method."""

from __future__ import annotations

from typing import Any

import httpx

from . import settings


class ApiError(RuntimeError):
    """LiveChat said no. Holds the method and what the answer gave as the reason."""

    def __init__(self, method: str, response: httpx.Response) -> None:
        super().__init__(f"{method}: {response.status_code} {response.text}")
        self.method = method
        self.status = response.status_code


class LiveChat:
    """Calls the Configuration API, and the Agent Chat API beside it, with one token and one connection pool."""

    def __init__(self, token: str, http: httpx.Client | None = None) -> None:
        self._http = http or httpx.Client(timeout=10)
        self._headers = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, body: dict[str, Any] | None = None) -> Any:
        """Call a method of the Configuration API; the decoded answer, None when there is no body."""
        return self.post(f"{settings.API_URL}/v3.2/configuration/action/{method}", body or {})

    def post(self, url: str, body: dict[str, Any]) -> Any:
        response = self._http.post(url, json=body, headers=self._headers)
        if response.is_error:
            raise ApiError(url.rpartition("/")[2], response)
        return response.json() if response.content else None

    def get_bot_agents(self, *, everyone: bool = False) -> list[dict[str, Any]]:
        """Our own bots, or those of the whole license."""
        return self.call("list_bots", {"all": everyone})["bot_agents"]
