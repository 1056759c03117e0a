from __future__ import annotations

from typing import Any

from .client import LiveChatClient
from .config import Settings
from .errors import BotNotFound

BOT_ACTIONS = [
    {"name": "incoming_chat_thread", "additional_data": ["chat_properties"]},
    {"name": "incoming_event", "filters": {"author_type": "customer"}},
]


def all_bots(client: LiveChatClient) -> list[dict[str, Any]]:
    return client.call("get_bot_agents", all=True)["bot_agents"]


def find_bot(client: LiveChatClient, name: str) -> str:
    for bot in all_bots(client):
        if bot["name"] == name:
            return bot["id"]
    raise BotNotFound(name)


def ensure_bot(client: LiveChatClient, settings: Settings) -> str:
    """The id of our bot, which is created on the first run."""
    try:
        return find_bot(client, settings.bot_name)
    except BotNotFound:
        pass
    created = client.call(
        "create_bot_agent",
        name=settings.bot_name,
        status="accepting chats",
        max_chats_count=20,
        groups=[{"id": 0, "priority": "last"}],
        webhooks={
            "url": f"{settings.public_url}/hooks/bot",
            "secret_key": settings.hook_secret.get_secret_value(),
            "actions": BOT_ACTIONS,
        },
    )
    return created["bot_agent_id"]


def describe(client: LiveChatClient, bot_id: str) -> str:
    bot = client.call("get_bot_agent_details", bot_agent_id=bot_id)["bot_agent"]
    return f"{bot['name']} is {bot['status']}"


def rename(client: LiveChatClient, bot_id: str, name: str) -> None:
    client.call("update_bot_agent", id=bot_id, name=name)


def dismiss(client: LiveChatClient, bot_id: str) -> None:
    client.call("remove_bot_agent", bot_agent_id=bot_id)
