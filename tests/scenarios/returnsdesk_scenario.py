"""Install the returns desk, let a customer write, go home."""

from __future__ import annotations

import os
from pathlib import Path

CHAT = "PJ0MRSHTDG"
DELIVERIES = [
    ("incoming_chat_thread", {"chat": {"id": CHAT, "users": [], "properties": {}, "thread": {"id": "T1"}}}),
    ("chat_thread_untagged", {"chat_id": CHAT, "thread_id": "T1", "tag": "return"}),
    ("thread_closed", {"chat_id": CHAT, "thread_id": "T1", "user_id": "a@example.com"}),
]


def test_the_returns_desk_runs(service):
    os.environ.update(line.split("=", 1) for line in Path(".env").read_text().splitlines())
    from returnsdesk import tasks
    from returnsdesk.app import create_app

    assert tasks.install.delay() == "bot-1"
    assert len(tasks.register_webhooks.delay()) == 4
    client = create_app().test_client()
    for action, payload in DELIVERIES:
        assert client.post("/livechat", json=service.hook(action, payload, "s3cret")).status_code == 200
    assert client.get("/board").json == {"open": [], "agents": {}, "withdrawn": [CHAT]}
    assert [event["chat_id"] for event in service.server.account.events] == [CHAT]
    tasks.go_home.delay()
    assert service.server.account.bots == {}
    service.check()
