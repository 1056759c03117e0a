"""What is particular to requests: streams, retries, bodies of other kinds."""

from __future__ import annotations

import io
import json

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from livechat_server import livechat_server
from migrator.payload.translator import Translator
from migrator.requests import TranslatingAdapter
from translating_clients import HEADERS, HOSTS

OLD = "/v3.1/configuration/action/"
BOT = {"name": "Ada", "status": "accepting chats"}


@pytest.fixture
def session():
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update({**HEADERS, "Content-Type": "application/json"})
        session.mount("http://127.0.0.1", TranslatingAdapter(Translator("3.1", "3.2", hosts=HOSTS)))
        yield session


def test_a_translated_answer_can_be_streamed(server, session):
    with session.post(server.url + OLD + "create_bot_agent", json=BOT, stream=True, timeout=10) as response:
        assert json.loads(b"".join(response.iter_content(7))) == {"bot_agent_id": "bot-1"}
        assert response.elapsed.total_seconds() > 0


def test_an_answer_of_another_api_is_not_read_ahead(server, session):
    url, body = f"{server.url}/v3.1/agent/action/send_event", {"chat_id": "PJ0MRSHTDG", "event": {}}
    with session.post(url, json=body, stream=True, timeout=10) as response:
        assert response.raw.read() == b'{"event_id": "event-1"}'


BODIES = {
    "a text": lambda text: text,
    "bytes": str.encode,
    "a file": lambda text: io.BytesIO(text.encode()),
    "a generator": lambda text: (part.encode() for part in text.partition("status")),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_is_translated_that_is(server, session, body):
    text = json.dumps({**BOT, "status": "offline"})
    assert session.post(server.url + OLD + "create_bot_agent", data=body(text), timeout=10).status_code == 200
    assert server.calls == [("create_bot", {"name": "Ada"})]


def test_retries_of_the_adapter_within_hold_for_every_call(server, session):
    server.refuse = {"create_bot": [503], "set_routing_status": [503, 503]}
    retry = Retry(total=2, status_forcelist=[503], allowed_methods=None, backoff_factor=0)
    translator = Translator("3.1", "3.2", hosts=HOSTS)
    session.mount("http://127.0.0.1", TranslatingAdapter(translator, HTTPAdapter(max_retries=retry)))
    response = session.post(server.url + OLD + "create_bot_agent", json=BOT, timeout=10)
    assert response.json() == {"bot_agent_id": "bot-1"}
    assert [request.status for request in server.requests] == [503, 200, 503, 503, 200]


def test_a_server_that_cannot_be_reached_is_an_error_of_requests(server, session):
    server.refuse["create_bot"] = [0]
    with pytest.raises(requests.ConnectionError):
        session.post(server.url + OLD + "create_bot_agent", json=BOT, timeout=10)


def test_cookies_and_the_encoding_of_an_answer_survive(session):
    with livechat_server("3.2") as server:
        server.answer_headers = {"Set-Cookie": "affinity=7", "Content-Type": "application/json; charset=utf-8"}
        response = session.post(server.url + OLD + "get_bot_agents", json={}, timeout=10)
    assert session.cookies.get_dict() == response.cookies.get_dict() == {"affinity": "7"}
    assert (response.encoding, response.reason) == ("utf-8", "OK")


def test_a_call_without_a_body_goes_to_the_new_address(server, session):
    assert session.post(server.url + OLD + "get_bot_agents", timeout=10).status_code == 400
    assert [(request.method, request.content) for request in server.requests] == [("list_bots", b"")]
