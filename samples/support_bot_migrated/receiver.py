"""The receiver of the webhooks: a Flask application with one route."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, abort, request

from . import chat, settings
from .client import LiveChat
from .journal import Journal

log = logging.getLogger(__name__)


@dataclass
class Desk:
    """What a handler may use."""

    client: LiveChat
    journal: Journal = field(default_factory=Journal)


def greet(desk: Desk, payload: dict[str, Any]) -> None:
    chat_id = payload["chat"]["id"]
    desk.journal.open(chat_id)
    chat.say(desk.client, chat_id, chat.GREETING)


def on_access(desk: Desk, payload: dict[str, Any]) -> None:
    if payload.get("resource") == "chat":
        desk.journal.note(payload["id"], f"open to groups {payload['access']['group_ids']}")


def on_tag(desk: Desk, payload: dict[str, Any]) -> None:
    desk.journal.note(payload["chat_id"], f"tagged {payload['tag']}")


def on_agent(desk: Desk, payload: dict[str, Any]) -> None:
    log.info("agent_status_changed: %s is %s", payload["agent_id"], payload["status"])
    desk.journal.agents[payload["agent_id"]] = payload["status"]


HANDLERS: dict[str, Callable[[Desk, dict[str, Any]], None]] = {
    "incoming_chat": greet,
    "chat_access_granted": on_access,
    "thread_tagged": on_tag,
    "agent_status_changed": on_agent,
}


def create_app(desk: Desk) -> Flask:
    app = Flask(__name__)

    @app.post("/incoming_chat_thread")
    def receive() -> tuple[str, int]:
        hook = request.get_json()
        if not hmac.compare_digest(hook.get("secret_key", ""), settings.SECRET_KEY):
            abort(403)
        desk.journal.record(hook)
        if hook["action"] in ("chat_deactivated", "chat_user_removed"):
            log.info("thread_closed or left: %s", hook["payload"]["chat_id"])
            desk.journal.close(hook["payload"]["chat_id"])
        elif handler := HANDLERS.get(hook["action"]):
            handler(desk, hook["payload"])
        return "", 204

    return app
