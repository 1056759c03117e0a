"""The bot itself: created, paused, resumed, looked up and removed."""

from __future__ import annotations

from typing import Any

from . import settings
from .client import LiveChat

DETAILS = "get_bot"


def create(client: LiveChat, name: str) -> str:
    """A bot that takes chats at once; its id."""
    # TODO(migrator create-bot-status): call set_routing_status(agent_id=<bot_agent_id of the response>,
    #   status="accepting_chats") of the agent API: POST
    #   https://api.livechatinc.com/v3.2/agent/action/set_routing_status, scope agents-bot--my:rw or agents-bot--all:rw
    bot = {
        "name": name,
        "max_chats_count": 5,
        "default_group_priority": "normal",
        "groups": [{"id": group, "priority": "first"} for group in settings.GROUPS],
        "webhooks": {
            "url": settings.CALLBACK_URL,
            "secret_key": settings.SECRET_KEY,
            "actions": [
                {"name": "incoming_chat", "additional_data": ["chat_properties"]},
                {"name": "incoming_event", "filters": {"author_type": "customer"}},
                {"name": "chat_deactivated"},
            ],
        },
    }
    return client.call("create_bot", bot)["bot_agent_id"]


def pause(client: LiveChat, bot_id: str) -> None:
    """No further chats, for the time of a deployment."""
    # TODO(migrator update-bot-status): call set_routing_status(agent_id=<id of the request>,
    #   status="not_accepting_chats") of the agent API: POST
    #   https://api.livechatinc.com/v3.2/agent/action/set_routing_status, scope agents-bot--my:rw or agents-bot--all:rw
    client.call("update_bot", {"id": bot_id, "max_chats_count": 0})


def resume(client: LiveChat, bot_id: str, limit: int = 5) -> None:
    status = "accepting chats"
    # TODO(migrator update-bot-status): call set_routing_status(agent_id=<id of the request>, status=status) of the
    #   agent API: POST https://api.livechatinc.com/v3.2/agent/action/set_routing_status, scope agents-bot--my:rw or
    #   agents-bot--all:rw, where 'accepting chats' is 'accepting_chats', 'not accepting chats' is 'not_accepting_chats'
    client.call("update_bot", {"id": bot_id, "max_chats_count": limit})


def describe(client: LiveChat, bot_id: str) -> str:
    """One line about a bot: its name, whether it takes chats, and what it listens to."""
    bot = client.call(DETAILS, {"bot_agent_id": bot_id})["bot_agent"]
    actions = ", ".join(action["name"] for action in bot["webhooks"]["actions"])
    return f"{bot['name']} ({bot['status']}) listens to {actions}"


def find(client: LiveChat, name: str) -> dict[str, Any] | None:
    """The first bot of that name in the license."""
    return next((bot for bot in client.get_bot_agents(everyone=True) if bot["name"] == name), None)


def remove(client: LiveChat, bot_id: str) -> None:
    client.call("delete_bot", {"bot_agent_id": bot_id})
