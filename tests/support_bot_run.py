"""Run a copy of the support bot, the original or a migrated one, against a local server."""

from __future__ import annotations

import importlib
import importlib.util
import io
import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import httpx

from livechat_server import LiveChatServer

SUPPORT_BOT = Path(__file__).resolve().parent.parent / "samples" / "support_bot"
SECRET = "a secret of the tests"

#: What the script prints on the version that it was written for.
PRINTED = """\
properties: {'f23a7c': ['satisfaction', 'status']}
Ada (accepting chats) listens to incoming_chat_thread, incoming_event, thread_closed
Ada (not accepting chats) listens to incoming_chat_thread, incoming_event, thread_closed
webhooks: ['access_granted', 'chat_thread_tagged', 'chat_user_added', 'incoming_chat_thread', 'thread_closed'], \
missing: []
Ada (accepting chats) listens to incoming_chat_thread, incoming_event, thread_closed
unregistered 5 webhooks
removed bot-1, which was accepting chats
"""

CHAT = "PJ0MRSHTDG"
THREAD = "K600PKZON8"

#: What LiveChat sends in the course of one chat, as version 3.1 sends it.
DELIVERIES = [
    ("incoming_chat_thread", {"chat": {"id": CHAT, "users": [], "properties": {}, "thread": {"id": THREAD}}}),
    ("access_granted", {"resource": "chat", "id": CHAT, "access": {"group_ids": [1]}}),
    ("chat_thread_tagged", {"chat_id": CHAT, "thread_id": THREAD, "tag": "bug"}),
    ("chat_user_added", {"chat_id": CHAT, "thread_id": THREAD, "user": {"id": "a@example.com"}, "user_type": "agent"}),
    ("agent_status_changed", {"agent_id": "a@example.com", "status": "accepting chats"}),
    ("thread_closed", {"chat_id": CHAT, "thread_id": THREAD, "user_id": "a@example.com"}),
]

#: What the receiver makes of them.
JOURNAL = [
    f"webhook-0: {CHAT}: a customer writes",
    "webhook-0: 3 fields",
    f"{CHAT}: open to groups [1]",
    "webhook-0: 3 fields",
    f"{CHAT}: tagged bug",
    f"webhook-0: {CHAT}: chat user added",
    "webhook-0: 2 fields",
    f"webhook-0: {CHAT}: closed by a@example.com",
]

_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit code and output of one run."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Program:
    """An imported copy of the package."""

    package: str

    def module(self, name: str) -> ModuleType:
        return importlib.import_module(f"{self.package}.{name}")

    def run(self, *arguments: str, http: httpx.Client) -> Outcome:
        """The script of its command line, in this process."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = self.module("__main__").main(arguments, http)
        return Outcome(code, out.getvalue(), err.getvalue())

    def deliver(self, server: LiveChatServer, deliveries: Iterable[tuple[str, Any]], http: httpx.Client) -> Any:
        """Hand webhooks to the receiver, as a server sends them, and return the desk that they came to."""
        receiver = self.module("receiver")
        desk = receiver.Desk(self.module("client").LiveChat("dal:test", http))
        app = receiver.create_app(desk).test_client()
        for action, payload in deliveries:
            hook = server.envelope(action, payload, SECRET)
            assert app.post("/incoming_chat_thread", json=hook).status_code == 204
        return desk


@contextmanager
def support_bot(url: str, folder: Path = SUPPORT_BOT) -> Iterator[Program]:
    """Import the package in `folder` under a name of its own, with its settings pointed at `url`."""
    name = f"support_bot_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    try:
        with patch.dict(os.environ, environment(url)):
            spec.loader.exec_module(package)
            yield Program(name)
    finally:
        for module in [module for module in sys.modules if module.partition(".")[0] == name]:
            del sys.modules[module]


def environment(url: str) -> dict[str, str]:
    """The settings of a bot that talks to `url`."""
    return {"LIVECHAT_API_URL": url, "LIVECHAT_ACCESS_TOKEN": "dal:test", "SUPPORT_BOT_SECRET": SECRET}
