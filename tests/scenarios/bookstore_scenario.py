"""Register the inbox, let a reader write, hire and fire a bot. The worker and the dashboard are read, not run."""

from __future__ import annotations

import json
import os
import sys

from starlette.testclient import TestClient

CHAT = "PJ0MRSHTDG"


def test_the_inbox_runs(service, capsys):
    os.environ["LIVECHAT_TOKEN"] = "dal:test"
    sys.path.insert(0, "services/inbox")
    from inbox.__main__ import main
    from inbox.app import create_app
    from inbox.queue import Queue

    assert main(["register"]) == 0
    assert main(["register"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert main(["hire", "Ada"]) == 0
    assert main(["bots"]) == 0
    status = "not accepting chats" if service.version == "3.1" else "offline"
    assert capsys.readouterr().out.splitlines() == ["bot-5", f"bot-5 Ada {status}"]
    assert main(["fire", "bot-5"]) == 0

    queue = Queue()
    http = TestClient(create_app(queue))
    started = service.hook("incoming_chat_thread", {"chat": {"id": CHAT}}, "dev")
    assert http.post("/hooks", json=started).status_code == 204
    assert http.app.state.open_chats == {CHAT}
    closed = service.hook("thread_closed", {"chat_id": CHAT, "thread_id": "T1"}, "dev")
    assert http.post("/hooks", json=closed).status_code == 204
    assert http.app.state.open_chats == set()
    assert [json.loads(job)["payload"] for job in queue.jobs] == [started["payload"], closed["payload"]]
    service.check()
