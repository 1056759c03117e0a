"""One document of each kind that the older version of a step knows, every optional part present."""

from __future__ import annotations

from typing import Any

_CUSTOMER = {"id": "b7eff798", "type": "customer", "fields": {"some": "data"}, "last_seen_timestamp": 1473433500}
_THREAD = {"id": "K600", "order": 1, "timestamp": 1473433500}
#: The content of each webhook of 3.1.
PAYLOADS: dict[str, dict[str, Any]] = {
    "incoming_chat_thread": {"chat": {"id": "PJ0M", "users": [_CUSTOMER], "properties": {}, "thread": _THREAD}},
    "chat_user_added": {"chat_id": "PJ0M", "thread_id": "K600", "user": _CUSTOMER, "user_type": "customer"},
    "customer_created": {"id": "b7eff798", "created_at": "2020-01-01T00:00:00Z", "fields": {"some": "data"}},
    "thread_closed": {"chat_id": "PJ0M", "thread_id": "K600", "user_id": "b7eff798"},
    "access_granted": {"resource": "chat", "id": "PJ0M", "access": {"group_ids": [1]}},
    "access_revoked": {"resource": "chat", "id": "PJ0M", "access": {"group_ids": [1]}},
    "access_set": {"resource": "chat", "id": "PJ0M", "access": {"group_ids": [1]}},
    "chat_thread_properties_updated": {
        "chat_id": "PJ0M",
        "thread_id": "K600",
        "properties": {"a": {"b": 1}},
    },
    "chat_thread_properties_deleted": {"chat_id": "PJ0M", "thread_id": "K600", "properties": {"a": ["b"]}},
    "chat_thread_tagged": {"chat_id": "PJ0M", "thread_id": "K600", "tag": "bug"},
    "chat_thread_untagged": {"chat_id": "PJ0M", "thread_id": "K600", "tag": "bug"},
    "agent_status_changed": {"agent_id": "smith@example.com", "status": "not accepting chats"},
}


def _envelope(name: str, body: str) -> dict[str, Any]:
    content = PAYLOADS[name]
    return {"webhook_id": "w1", "secret_key": "s", "action": name, body: content, "additional_data": {}}


def _webhooks(names: list[str]) -> dict[str, Any]:
    actions = [{"name": name, "filters": {}, "additional_data": []} for name in names]
    return {"url": "https://example.com/hook", "secret_key": "s", "actions": actions}


def documents(version: str) -> dict[tuple[str, str], Any]:
    """By kind and name, the documents of 3.0 (a `data` envelope, wrapped requests) or of 3.1."""
    old = version == "3.0"
    names = list(PAYLOADS)
    bot = {"name": "Botty", "avatar": "a.png", "status": "offline", "groups": [], "webhooks": _webhooks(names)}
    requests: dict[str, Any] = {
        "create_bot_agent": bot,
        "update_bot_agent": {"id": "b1", **bot},
        "remove_bot_agent": {"bot_agent_id": "b1"},
        "get_bot_agents": {"all": True},
        "get_bot_agent_details": {"bot_agent_id": "b1"},
        "create_properties": {"score": {"type": "int", "locations": {}}},
        "get_property_configs": {"all": True},
        "register_webhook": {"url": "https://example.com/hook", "secret_key": "s", "action": "thread_closed"},
        "get_webhooks_config": {},
        "unregister_webhook": {"webhook_id": "w1"},
    }
    responses: dict[str, Any] = {
        "create_bot_agent": {"bot_agent_id": "b1"},
        "get_bot_agents": {"bot_agents": [{"id": "b1", "name": "Botty", "status": "offline"}]},
        "get_bot_agent_details": {"bot_agent": {"id": "b1", **bot}},
        "get_webhooks_config": [
            {"webhook_id": "w1", "url": "https://example.com/hook", "action": name} for name in names
        ],
    }
    wrapped = {name: {"payload": body} for name, body in requests.items()} if old else requests
    return {
        **{("webhook", name): _envelope(name, "data" if old else "payload") for name in names},
        **{("request", name): body for name, body in wrapped.items()},
        **{("response", name): body for name, body in responses.items()},
    }
