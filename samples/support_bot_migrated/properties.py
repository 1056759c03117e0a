"""What we note on chats: properties, registered once for each license."""

from __future__ import annotations

from typing import Any

from .client import LiveChat

OPEN_TO_AGENTS = {"agent": {"read": True, "write": True}, "customer": {"read": False, "write": False}}

PROPERTIES: dict[str, Any] = {
    "status": {
        "type": "string",
        "locations": {"chat": {"access": OPEN_TO_AGENTS}},
        "description": "Where a request stands. Set to thread_closed by hand when the customer just left.",
        "domain": ["open", "waiting", "solved", "thread_closed"],
    },
    "satisfaction": {
        "type": "int",
        "locations": {"chat": {"access": OPEN_TO_AGENTS}, "thread": {"access": OPEN_TO_AGENTS}},
        "range": {"from": 1, "to": 5},
    },
}


def register(client: LiveChat) -> None:
    client.call("register_properties", PROPERTIES)


def registered(client: LiveChat) -> dict[str, list[str]]:
    """The names of every property that we can see, by namespace."""
    configs = client.call("list_registered_properties", {"all": True})
    return {namespace: sorted(properties) for namespace, properties in configs.items()}
