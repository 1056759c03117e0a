from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from .enums import BotStatus, Priority


def compact(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}


@dataclass(frozen=True)
class Group:
    id: int
    priority: Priority = Priority.NORMAL


@dataclass
class BotDraft:
    """A bot that is to be created."""

    name: str
    status: BotStatus = BotStatus.OFFLINE
    avatar: str | None = None
    max_chats_count: int | None = None
    groups: list[Group] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return compact(asdict(self))


@dataclass(frozen=True)
class Bot:
    """A bot as the API describes it."""

    id: str
    name: str
    status: BotStatus

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Bot:
        return cls(data["id"], data["name"], BotStatus(data["status"]))


@dataclass(frozen=True)
class HookConfig:
    webhook_id: str
    action: str
    url: str
    description: str | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> HookConfig:
        return cls(data["webhook_id"], data["action"], data["url"], data.get("description"))
