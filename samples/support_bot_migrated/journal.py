"""What happened so far, in words: kept in memory, shown on the team's dashboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CLOSED = "chat_deactivated"


@dataclass
class Journal:
    chats: dict[str, str] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    closed: int = 0

    def open(self, chat_id: str) -> None:
        self.chats[chat_id] = "open"

    def close(self, chat_id: str) -> None:
        self.chats[chat_id] = "closed"

    def note(self, chat_id: str, text: str) -> None:
        self.lines.append(f"{chat_id}: {text}")

    def record(self, hook: dict[str, Any]) -> None:
        """Put a webhook into words, before anybody acts on it."""
        if hook["action"] == CLOSED:
            self.closed += 1
        self.lines.append(f"{hook['webhook_id']}: {_in_words(hook)}")


def _in_words(hook: dict[str, Any]) -> str:
    match hook:
        case {"action": "incoming_chat", "payload": {"chat": {"id": chat_id}}}:
            return f"{chat_id}: a customer writes"
        case {"action": "chat_deactivated", "payload": {"chat_id": chat_id, "user_id": user}}:
            return f"{chat_id}: closed by {user}"
        case {"action": "chat_user_added" | "chat_user_removed" as what, "payload": {"chat_id": chat_id}}:
            return f"{chat_id}: {what.replace('_', ' ')}"
        case _:
            return f"{len(hook['payload'])} fields"
