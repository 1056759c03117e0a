from __future__ import annotations

from .models import Stay


class Store:
    def __init__(self) -> None:
        self._stays: dict[str, Stay] = {}

    def stay(self, chat_id: str) -> Stay:
        return self._stays.setdefault(chat_id, Stay(chat_id=chat_id))

    def all(self) -> list[Stay]:
        return list(self._stays.values())
