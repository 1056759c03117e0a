from __future__ import annotations

from .client import LiveChatClient

GUEST_PROPERTIES = {
    "room": {
        "type": "string",
        "locations": {"chat": {"access": {"agent": {"read": True, "write": True}}}},
        "description": "room number of the guest",
    },
    "status": {
        "type": "string",
        "locations": {"thread": {"access": {"agent": {"read": True, "write": True}}}},
        "domain": ["waiting", "served"],
    },
}


def register(client: LiveChatClient) -> None:
    client.call("create_properties", **GUEST_PROPERTIES)


def names(client: LiveChatClient) -> list[str]:
    configs = client.call("get_property_configs", all=True)
    return sorted(name for namespace in configs.values() for name in namespace)
