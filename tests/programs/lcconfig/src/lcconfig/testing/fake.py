from __future__ import annotations

import itertools
from typing import Any

from ..client import Client
from ..enums import Method


class FakeTransport:
    """One license in memory."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.bots: dict[str, dict[str, Any]] = {}
        self.hooks: dict[str, dict[str, Any]] = {}
        self._ids = itertools.count(1)

    def send(self, method: Method, body: dict[str, Any]) -> Any:
        self.sent.append((method.value, body))
        return getattr(self, f"do_{method.name.lower()}", lambda body: None)(body)

    def do_create_bot(self, body: dict[str, Any]) -> Any:
        bot_id = f"bot-{next(self._ids)}"
        self.bots[bot_id] = {"id": bot_id, "status": "offline", **body}
        return {"bot_agent_id": bot_id}

    def do_get_bot(self, body: dict[str, Any]) -> Any:
        return {"bot_agent": self.bots[body["bot_agent_id"]]}

    def do_list_bots(self, body: dict[str, Any]) -> Any:
        return {"bot_agents": list(self.bots.values())}

    def do_register_webhook(self, body: dict[str, Any]) -> Any:
        webhook_id = f"hook-{next(self._ids)}"
        self.hooks[webhook_id] = {"webhook_id": webhook_id, **body}
        return {"webhook_id": webhook_id}

    def do_list_webhooks(self, body: dict[str, Any]) -> Any:
        return list(self.hooks.values())


class FakeClient(Client):
    def __init__(self) -> None:
        self.transport = FakeTransport()
        super().__init__(transport=self.transport)
