from __future__ import annotations

from typing import Any

import httpx

from .settings import LiveChatSettings


class LiveChat:
    def __init__(self, settings: LiveChatSettings) -> None:
        self._settings = settings

    def _request(self, name: str, body: dict[str, Any]) -> Any:
        response = httpx.post(
            f"{self._settings.base_url}/{name}",
            json=body,
            headers={"Authorization": f"Bearer {self._settings.token}"},
            timeout=self._settings.timeout,
        )
        response.raise_for_status()
        return response.json() if response.content else None

    def registered(self) -> list[dict[str, Any]]:
        return self._request("get_webhooks_config", {})

    def register(self, hook: dict[str, Any], url: str, secret: str) -> str:
        return self._request("register_webhook", {**hook, "url": url, "secret_key": secret})["webhook_id"]

    def unregister(self, webhook_id: str) -> None:
        self._request("unregister_webhook", {"webhook_id": webhook_id})

    def bots(self) -> list[dict[str, Any]]:
        return self._request("get_bot_agents", {"all": True})["bot_agents"]

    def create_bot(self, name: str) -> str:
        return self._request("create_bot_agent", {"name": name, "status": "not accepting chats"})["bot_agent_id"]

    def remove_bot(self, bot_id: str) -> None:
        self._request("remove_bot_agent", {"bot_agent_id": bot_id})
