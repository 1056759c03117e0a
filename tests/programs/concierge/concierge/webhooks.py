from __future__ import annotations

from .client import LiveChatClient
from .config import Settings

WEBHOOKS = (
    "incoming_chat_thread",
    "thread_closed",
    "chat_thread_tagged",
    "access_granted",
    "chat_user_added",
)


def target(settings: Settings) -> str:
    return f"{settings.public_url}/hooks"


def registered(client: LiveChatClient, settings: Settings) -> dict[str, str]:
    ours = target(settings)
    return {h["action"]: h["webhook_id"] for h in client.call("get_webhooks_config") if h["url"] == ours}


def register_missing(client: LiveChatClient, settings: Settings) -> list[str]:
    present = registered(client, settings)
    missing = [name for name in WEBHOOKS if name not in present]
    for name in missing:
        client.call(
            "register_webhook",
            action=name,
            url=target(settings),
            secret_key=settings.hook_secret.get_secret_value(),
            description="concierge",
        )
    return missing


def unregister_all(client: LiveChatClient, settings: Settings) -> int:
    present = registered(client, settings)
    for webhook_id in present.values():
        client.call("unregister_webhook", webhook_id=webhook_id)
    return len(present)
