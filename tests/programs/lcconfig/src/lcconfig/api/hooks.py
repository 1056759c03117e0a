from __future__ import annotations

from ..enums import Method, Webhook
from ..models import HookConfig
from ..transport import Transport


class HookApi:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def register(self, webhook: Webhook, url: str, secret_key: str, *, description: str = "") -> str:
        body = {"action": webhook.value, "url": url, "secret_key": secret_key}
        if description:
            body["description"] = description
        return self._transport.send(Method.REGISTER_WEBHOOK, body)["webhook_id"]

    def list(self) -> list[HookConfig]:
        return [HookConfig.from_json(one) for one in self._transport.send(Method.LIST_WEBHOOKS, {})]

    def unregister(self, webhook_id: str) -> None:
        self._transport.send(Method.UNREGISTER_WEBHOOK, {"webhook_id": webhook_id})
