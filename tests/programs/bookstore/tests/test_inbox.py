import json

import pytest
from starlette.testclient import TestClient

from inbox.app import create_app
from inbox.queue import Queue


@pytest.fixture
def queue():
    return Queue()


@pytest.fixture
def http(queue):
    return TestClient(create_app(queue))


def hook(action, payload, secret="dev"):
    return {"webhook_id": "w", "secret_key": secret, "action": action, "payload": payload}


def test_chats_are_counted(http):
    assert http.post("/hooks", json=hook("incoming_chat_thread", {"chat": {"id": "C1"}})).status_code == 204
    assert http.app.state.open_chats == {"C1"}
    http.post("/hooks", json=hook("thread_closed", {"chat_id": "C1"}))
    assert http.app.state.open_chats == set()


def test_everything_goes_to_the_worker(http, queue):
    http.post("/hooks", json=hook("incoming_event", {"chat_id": "C1"}))
    assert [json.loads(job)["action"] for job in queue.jobs] == ["incoming_event"]


def test_strangers_are_refused(http, queue):
    assert http.post("/hooks", json=hook("thread_closed", {}, secret="?")).status_code == 403
    assert not queue.jobs
