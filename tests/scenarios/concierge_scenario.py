"""Set the concierge up with its command line, let a guest write, take it down again."""

from __future__ import annotations

import shutil

from fastapi.testclient import TestClient

CHAT = "PJ0MRSHTDG"
DELIVERIES = [
    ("incoming_chat_thread", {"chat": {"id": CHAT, "users": [], "properties": {}, "thread": {"id": "T1"}}}),
    ("chat_thread_tagged", {"chat_id": CHAT, "thread_id": "T1", "tag": "towels"}),
    ("chat_user_added", {"chat_id": CHAT, "thread_id": "T1", "user": {"id": "a@example.com"}, "user_type": "agent"}),
    ("thread_closed", {"chat_id": CHAT, "thread_id": "T1", "user_id": "a@example.com"}),
]


def test_the_concierge_runs(service, capsys):
    shutil.copy(".env.example", ".env")
    from concierge.api import create_app
    from concierge.cli import main

    assert main(["setup"]) == 0
    assert main(["status"]) == 0
    app = create_app()
    http = TestClient(app)
    for action, payload in DELIVERIES:
        assert http.post("/hooks", json=service.hook(action, payload, "replace-me")).status_code == 204
    bot_hook = service.hook(*DELIVERIES[0], "replace-me")
    assert http.post("/hooks/bot", json=bot_hook).status_code == 204
    assert main(["teardown"]) == 0
    status = "accepting chats" if service.version == "3.1" else "offline"
    assert capsys.readouterr().out.splitlines() == [
        "bot bot-1, 5 webhooks registered",
        f"Night porter is {status}",
        "room, status",
        "5 webhooks unregistered",
    ]
    (stay,) = app.state.store.all()
    assert (stay.open, stay.tags, stay.staff) == (False, ["towels"], ["a@example.com", "bot"])
    service.check()
