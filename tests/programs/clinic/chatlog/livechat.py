"""Calls of LiveChat's Configuration API."""

import requests
from django.conf import settings


class LiveChatError(Exception):
    pass


def call(method, **params):
    response = requests.post(
        f"{settings.LIVECHAT_API}/{method}",
        json=params,
        headers={"Authorization": f"Bearer {settings.LIVECHAT_TOKEN}"},
        timeout=10,
    )
    if response.status_code != 200:
        raise LiveChatError(f"{method}: {response.status_code}")
    return response.json() if response.content else {}


def bots():
    return {bot["name"]: bot["id"] for bot in call("get_bot_agents", all=False)["bot_agents"]}


def bot_details(bot_id):
    return call("get_bot_agent_details", bot_agent_id=bot_id)["bot_agent"]


def set_limit(bot_id, limit):
    call("update_bot_agent", id=bot_id, max_chats_count=limit)


def remove(bot_id):
    call("remove_bot_agent", bot_agent_id=bot_id)


def webhooks():
    return [hook for hook in call("get_webhooks_config") if hook["url"] == settings.LIVECHAT_CALLBACK]
