"""What versions 3.1 and 3.2 of the Configuration API accept, written down from their reference pages.

It is kept apart from the table of rules on purpose: it is what the table is tested against.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Keyed:
    """An object whose keys its author chooses, or takes from `keys`; at least one."""

    value: Any
    keys: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """An object that may have only one of its keys."""

    shape: dict[str, Any]


def problems(shape: Any, value: Any, at: str = "") -> Iterator[str]:
    """Everything that is wrong with a value: unknown and missing keys, wrong types, values outside a closed set."""
    match shape:
        case dict():
            yield from _object_problems(shape, value, at)
        case AtMostOne():
            yield from problems(shape.shape, value, at)
            if isinstance(value, dict) and len(value) > 1:
                yield f"{at}: only one of {', '.join(shape.shape)} may be given"
        case Keyed():
            yield from _keyed_problems(shape, value, at)
        case [item]:
            if not isinstance(value, list):
                yield f"{at}: is not an array"
            else:
                for index, element in enumerate(value):
                    yield from problems(item, element, f"{at}/{index}")
        case frozenset():
            if value not in shape:
                yield f"{at}: {value!r} is not one of {', '.join(sorted(shape))}"
        case _ if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
            yield f"{at}: is not of type {shape.__name__}"


def _object_problems(shape: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: is not an object"
        return
    parts = {key.rstrip("!"): part for key, part in shape.items()}
    yield from (f"{at}/{key}: is required" for key in parts if f"{key}!" in shape and key not in value)
    for key, part in value.items():
        if key in parts:
            yield from problems(parts[key], part, f"{at}/{key}")
        else:
            yield f"{at}/{key}: is not a parameter"


def _keyed_problems(shape: Keyed, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield f"{at}: is not an object with at least one key"
        return
    for key, part in value.items():
        if shape.keys is not None and key not in shape.keys:
            yield f"{at}/{key}: is not one of {', '.join(sorted(shape.keys))}"
        yield from problems(shape.value, part, f"{at}/{key}")


BOT_STATUS = frozenset({"accepting chats", "not accepting chats", "offline"})
ROUTING_STATUS = {
    "accepting_chats": "accepting chats",
    "not_accepting_chats": "not accepting chats",
    "offline": "offline",
}

_SAME_WEBHOOKS = {
    "agent_deleted",
    "chat_properties_deleted",
    "chat_properties_updated",
    "chat_user_added",
    "chat_user_removed",
    "customer_created",
    "event_properties_deleted",
    "event_properties_updated",
    "event_updated",
    "events_marked_as_seen",
    "incoming_event",
    "incoming_rich_message_postback",
}
WEBHOOKS = {
    "3.1": frozenset(_SAME_WEBHOOKS)
    | {
        "access_granted",
        "access_revoked",
        "access_set",
        "agent_status_changed",
        "chat_thread_properties_deleted",
        "chat_thread_properties_updated",
        "chat_thread_tagged",
        "chat_thread_untagged",
        "incoming_chat_thread",
        "last_seen_timestamp_updated",
        "thread_closed",
    },
    "3.2": frozenset(_SAME_WEBHOOKS)
    | {
        "chat_access_granted",
        "chat_access_revoked",
        "chat_access_set",
        "chat_deactivated",
        "follow_up_requested",
        "incoming_chat",
        "routing_status_set",
        "thread_properties_deleted",
        "thread_properties_updated",
        "thread_tagged",
        "thread_untagged",
    },
}
ADDITIONAL_DATA = {
    "3.1": frozenset({"access", "chat_properties", "thread_id"}),
    "3.2": frozenset({"chat_properties"}),
}
LOCATIONS = {
    "3.1": frozenset({"chat", "event", "thread"}),
    "3.2": frozenset({"chat", "event", "group", "license", "thread"}),
}


def _bot(version: str) -> dict[str, Any]:
    """What creating and updating a bot have in common.

    The page of 3.2 lists `default_group_priority` for updates only; that is taken for a gap in the page.
    """
    action = {"name!": WEBHOOKS[version], "filters": dict, "additional_data": [ADDITIONAL_DATA[version]]}
    return {
        "avatar": str,
        "max_chats_count": int,
        "default_group_priority": frozenset({"first", "normal", "last", "supervisor"}),
        "groups": [{"id!": int, "priority!": frozenset({"first", "normal", "last"})}],
        "webhooks": {"url!": str, "secret_key!": str, "actions!": [action]},
    }


def _property(version: str) -> dict[str, Any]:
    access = Keyed({"read!": bool, "write!": bool}, frozenset({"agent", "customer"}))
    return {
        "type!": frozenset({"int", "string", "bool", "tokenized_string"}),
        "locations!": Keyed({"access!": access}, LOCATIONS[version]),
        "description": str,
        "domain": list,
        "range": {"from": int, "to": int},
    }


def _webhook(version: str) -> dict[str, Any]:
    filters = {
        "author_type": frozenset({"agent", "customer"}),
        "only_my_chats": bool,
        "chat_member_ids": AtMostOne({"agents_any": [str], "agents_exclude": [str]}),
    }
    return {
        "action!": WEBHOOKS[version],
        "secret_key!": str,
        "url!": str,
        "additional_data": [ADDITIONAL_DATA[version]],
        "description": str,
        "filters": filters,
    }


METHODS: dict[str, dict[str, Any]] = {
    "3.1": {
        "create_bot_agent": {"name!": str, "status!": BOT_STATUS, **_bot("3.1")},
        "update_bot_agent": {"id!": str, "name": str, "status": BOT_STATUS, **_bot("3.1")},
        "remove_bot_agent": {"bot_agent_id!": str},
        "get_bot_agents": {"all": bool},
        "get_bot_agent_details": {"bot_agent_id!": str},
        "create_properties": Keyed(_property("3.1")),
        "get_property_configs": {"all": bool},
        "register_webhook": _webhook("3.1"),
        "get_webhooks_config": {},
        "unregister_webhook": {"webhook_id!": str},
    },
    "3.2": {
        "create_bot": {"name!": str, **_bot("3.2")},
        "update_bot": {"id!": str, "name": str, **_bot("3.2")},
        "delete_bot": {"bot_agent_id!": str},
        "list_bots": {"all": bool},
        "get_bot": {"bot_agent_id!": str},
        "register_properties": Keyed(_property("3.2")),
        "list_registered_properties": {"all": bool},
        "register_webhook": _webhook("3.2"),
        "list_registered_webhooks": {},
        "unregister_webhook": {"webhook_id!": str},
    },
}

#: The methods of the Agent Chat API that the server speaks, by version; its versions live side by side.
AGENT_METHODS: dict[str, dict[str, Any]] = {
    "3.1": {"send_event": {"chat_id!": str, "event!": dict, "attach_to_last_thread": bool}},
    "3.2": {
        "send_event": {"chat_id!": str, "event!": dict, "attach_to_last_thread": bool},
        "set_routing_status": {"status!": frozenset(ROUTING_STATUS), "agent_id": str},
    },
}
