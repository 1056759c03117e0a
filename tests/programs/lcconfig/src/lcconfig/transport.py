from __future__ import annotations

from typing import Any, Protocol

import requests

from ._version import API_VERSION
from .enums import Method
from .errors import ApiError

HOST = "https://api.livechatinc.com"


class Transport(Protocol):
    def send(self, method: Method, body: dict[str, Any]) -> Any: ...


class HttpTransport:
    def __init__(self, token: str, *, host: str = HOST, timeout: float = 30.0) -> None:
        self._base = f"{host}/v{API_VERSION}/configuration/action"
        self._timeout = timeout
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def send(self, method: Method, body: dict[str, Any]) -> Any:
        response = self._session.post(f"{self._base}/{method.value}", json=body, timeout=self._timeout)
        if response.status_code >= 400:
            error = response.json()["error"]
            raise ApiError(response.status_code, error["type"], error["message"])
        return response.json() if response.content else None
