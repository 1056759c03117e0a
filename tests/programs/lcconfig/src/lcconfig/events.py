"""What arrives at the URL of a webhook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .enums import Webhook

Listener = Callable[[dict[str, Any]], None]


class Dispatcher:
    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key
        self._listeners: dict[Webhook, list[Listener]] = {}

    def on(self, webhook: Webhook, listener: Listener) -> None:
        self._listeners.setdefault(webhook, []).append(listener)

    def feed(self, hook: dict[str, Any]) -> int:
        """The number of listeners that were called."""
        if hook["secret_key"] != self._secret_key:
            raise PermissionError("wrong secret_key")
        listeners = self._listeners.get(Webhook(hook["action"]), [])
        for listener in listeners:
            listener(hook["payload"])
        return len(listeners)
