from __future__ import annotations

from typing import Any

from ..enums import Method
from ..transport import Transport


class PropertyApi:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, **configs: dict[str, Any]) -> None:
        self._transport.send(Method.CREATE_PROPERTIES, configs)

    def list(self, *, everybody: bool = False) -> dict[str, dict[str, Any]]:
        return self._transport.send(Method.LIST_PROPERTIES, {"all": everybody})
