from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .models import Hook
from .store import Store

Handler = Callable[[Store, dict[str, Any]], None]
_handlers: dict[str, Handler] = {}


def on(action: str) -> Callable[[Handler], Handler]:
    def add(handler: Handler) -> Handler:
        _handlers[action] = handler
        return handler

    return add


def dispatch(hook: Hook, store: Store) -> bool:
    handler = _handlers.get(hook.action)
    if handler is None:
        return False
    handler(store, hook.payload)
    return True


@on("incoming_chat_thread")
def welcome(store: Store, payload: dict[str, Any]) -> None:
    store.stay(payload["chat"]["id"]).open = True


@on("thread_closed")
def check_out(store: Store, payload: dict[str, Any]) -> None:
    store.stay(payload["chat_id"]).open = False


@on("chat_thread_tagged")
def note_tag(store: Store, payload: dict[str, Any]) -> None:
    store.stay(payload["chat_id"]).tags.append(payload["tag"])


@on("access_granted")
def open_to(store: Store, payload: dict[str, Any]) -> None:
    if payload["resource"] == "chat":
        store.stay(payload["id"]).groups.extend(payload["access"]["group_ids"])


@on("chat_user_added")
def staff_came(store: Store, payload: dict[str, Any]) -> None:
    if payload["user_type"] == "agent":
        store.stay(payload["chat_id"]).staff.append(payload["user"]["id"])
