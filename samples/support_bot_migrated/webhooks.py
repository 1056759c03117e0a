"""Which webhooks the team is told about, and how they are registered."""

from __future__ import annotations

from . import settings
from .client import LiveChat

WATCHED = [
    "incoming_chat",
    "chat_deactivated",
    "chat_access_granted",
    "thread_tagged",
    "chat_user_added",
]


def register(client: LiveChat, *, watch_agents: bool = False) -> list[str]:
    """Register every webhook that we watch; their ids."""
    names = [*WATCHED, "agent_status_changed"] if watch_agents else WATCHED
    return [_register(client, name) for name in names]


def _register(client: LiveChat, name: str) -> str:
    body = {
        "url": settings.CALLBACK_URL,
        "action": name,
        "secret_key": settings.SECRET_KEY,
        "description": "support bot, owned by the tools team",
    }
    return client.call("register_webhook", body)["webhook_id"]


def registered(client: LiveChat) -> dict[str, str]:
    """The ids of the webhooks that lead to us, by name."""
    hooks = client.call("list_registered_webhooks")
    return {hook["action"]: hook["webhook_id"] for hook in hooks if hook["url"] == settings.CALLBACK_URL}


def missing(client: LiveChat) -> list[str]:
    """The webhooks that we watch and that nobody has registered yet."""
    known = registered(client)
    return [name for name in WATCHED if name not in known]


def unregister(client: LiveChat) -> int:
    """Forget every webhook that leads to us; how many there were."""
    ids = registered(client).values()
    for webhook_id in ids:
        client.call("unregister_webhook", {"webhook_id": webhook_id})
    return len(ids)
