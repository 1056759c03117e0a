"""One license as the test server keeps it: bots, webhooks, properties and events, and what each method does to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from livechat_contract import ROUTING_STATUS

NAMESPACE = "f23a7c"


class Refused(Exception):
    """The request is not what the version documents."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(slots=True)
class Account:
    """Everything that calls have left behind. Ids count up, so that two runs of one script see the same ones."""

    bots: dict[str, dict[str, Any]] = field(default_factory=dict)
    webhooks: dict[str, dict[str, Any]] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    created: int = 0

    def create_bot(self, body: Any) -> Any:
        bot_id = self._new_id("bot")
        self.bots[bot_id] = {"id": bot_id, "status": "offline", "application": {"client_id": NAMESPACE}, **body}
        return {"bot_agent_id": bot_id}

    def update_bot(self, body: Any) -> None:
        self._bot(body["id"]).update(body)

    def delete_bot(self, body: Any) -> None:
        del self.bots[self._bot(body["bot_agent_id"])["id"]]

    def list_bots(self, _body: Any) -> Any:
        keys = ("id", "name", "avatar", "status")
        return {"bot_agents": [{key: bot[key] for key in keys if key in bot} for bot in self.bots.values()]}

    def get_bot(self, body: Any) -> Any:
        return {"bot_agent": self._bot(body["bot_agent_id"])}

    def register_properties(self, body: Any) -> None:
        for name, config in body.items():
            if "domain" in config and "range" in config:
                raise Refused(400, f"/{name}: domain and range exclude each other")
        self.properties.update(body)

    def list_properties(self, _body: Any) -> Any:
        return {NAMESPACE: self.properties} if self.properties else {}

    def register_webhook(self, body: Any) -> Any:
        if "author_type" in body.get("filters", {}) and body["action"] not in ("incoming_event", "event_updated"):
            raise Refused(400, "/filters/author_type: is for events only")
        webhook_id = self._new_id("webhook")
        self.webhooks[webhook_id] = body
        return {"webhook_id": webhook_id}

    def list_webhooks(self, _body: Any) -> Any:
        shown = ("url", "description", "action", "filters")
        return [
            {"webhook_id": webhook_id, **{key: hook[key] for key in shown if key in hook}, "owner_client_id": NAMESPACE}
            for webhook_id, hook in self.webhooks.items()
        ]

    def unregister_webhook(self, body: Any) -> None:
        if self.webhooks.pop(body["webhook_id"], None) is None:
            raise Refused(400, f"there is no webhook {body['webhook_id']}")

    def send_event(self, body: Any) -> Any:
        self.events.append(body)
        return {"event_id": self._new_id("event")}

    def set_routing_status(self, body: Any) -> None:
        if "agent_id" in body:
            self._bot(body["agent_id"])["status"] = ROUTING_STATUS[body["status"]]
        elif body["status"] == "offline":
            raise Refused(400, "/status: offline is for bots only")

    def listeners(self, action: str) -> list[tuple[str, str]]:
        """URL and secret key of everybody who is registered for a webhook, directly or through a bot."""
        hooks = [bot["webhooks"] for bot in self.bots.values() if "webhooks" in bot]
        return [
            *((hook["url"], hook["secret_key"]) for hook in self.webhooks.values() if hook["action"] == action),
            *(
                (hook["url"], hook["secret_key"])
                for hook in hooks
                if action in {one["name"] for one in hook["actions"]}
            ),
        ]

    def _new_id(self, kind: str) -> str:
        self.created += 1
        return f"{kind}-{self.created}"

    def _bot(self, bot_id: str) -> dict[str, Any]:
        if bot_id not in self.bots:
            raise Refused(400, f"there is no bot {bot_id}")
        return self.bots[bot_id]


#: What carries out a method, under its name in either version.
CALLS: dict[str, Callable[[Account, Any], Any]] = {
    **dict.fromkeys(("create_bot_agent", "create_bot"), Account.create_bot),
    **dict.fromkeys(("update_bot_agent", "update_bot"), Account.update_bot),
    **dict.fromkeys(("remove_bot_agent", "delete_bot"), Account.delete_bot),
    **dict.fromkeys(("get_bot_agents", "list_bots"), Account.list_bots),
    **dict.fromkeys(("get_bot_agent_details", "get_bot"), Account.get_bot),
    **dict.fromkeys(("create_properties", "register_properties"), Account.register_properties),
    **dict.fromkeys(("get_property_configs", "list_registered_properties"), Account.list_properties),
    **dict.fromkeys(("get_webhooks_config", "list_registered_webhooks"), Account.list_webhooks),
    "register_webhook": Account.register_webhook,
    "unregister_webhook": Account.unregister_webhook,
    "send_event": Account.send_event,
    "set_routing_status": Account.set_routing_status,
}
