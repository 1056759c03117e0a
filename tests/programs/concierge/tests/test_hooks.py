import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from concierge.api import create_app

DATA = Path(__file__).parent / "data"


@pytest.fixture
def app(settings):
    return create_app(settings)


@pytest.fixture
def post(app):
    http = TestClient(app)

    def post(action, payload, secret="hush"):
        hook = {"webhook_id": "w1", "secret_key": secret, "action": action, "payload": payload}
        return http.post("/hooks", json=hook).status_code

    return post


def test_a_chat_is_opened_and_closed(app, post):
    assert post("incoming_chat_thread", json.loads((DATA / "chat.json").read_text())) == 204
    assert app.state.store.stay("PJ0MRSHTDG").open
    assert post("thread_closed", {"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8"}) == 204
    assert not app.state.store.stay("PJ0MRSHTDG").open


def test_tags_are_noted(app, post):
    post("chat_thread_tagged", {"chat_id": "C1", "thread_id": "T1", "tag": "towels"})
    assert app.state.store.stay("C1").tags == ["towels"]


def test_access(app, post):
    post("access_granted", {"resource": "chat", "id": "C1", "access": {"group_ids": [1, 2]}})
    assert app.state.store.stay("C1").groups == [1, 2]


def test_a_wrong_secret_is_turned_away(app, post):
    assert post("thread_closed", {"chat_id": "C1"}, secret="guess") == 403
    assert app.state.store.all() == []


def test_what_we_do_not_know_is_ignored(post):
    assert post("events_marked_as_seen", {"chat_id": "C1"}) == 204
