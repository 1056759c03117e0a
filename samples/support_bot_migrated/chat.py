"""What the bot says in a chat: the Agent Chat API, which has its own versions."""

from __future__ import annotations

from . import settings
from .client import LiveChat

GREETING = "Hi, I am a bot. A colleague reads along and joins when I am at my wits' end."


def say(client: LiveChat, chat_id: str, text: str) -> str:
    """Send a message to everybody in a chat; the id of the event."""
    event = {"type": "message", "text": text, "recipients": "all"}
    url = f"{settings.API_URL}/v3.1/agent/action/send_event"
    return client.post(url, {"chat_id": chat_id, "event": event})["event_id"]
