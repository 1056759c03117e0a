"""What is particular to httpx: streams, hooks, other transports within."""

from __future__ import annotations

import json

import httpx
import pytest

from migrator.httpx import AsyncTranslatingTransport, TranslatingTransport
from migrator.payload.translator import Translator
from translating_clients import HEADERS, HOSTS

OLD = "/v3.1/configuration/action/"
BOT = {"name": "Ada", "status": "accepting chats"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def translator():
    return Translator("3.1", "3.2", hosts=HOSTS)


@pytest.fixture
def client(translator):
    with httpx.Client(
        transport=TranslatingTransport(translator, httpx.HTTPTransport(verify=False)), headers=HEADERS
    ) as client:
        yield client


def test_a_translated_answer_can_be_streamed(server, client):
    with client.stream("POST", server.url + OLD + "create_bot_agent", json=BOT) as response:
        assert json.loads(b"".join(response.iter_raw())) == {"bot_agent_id": "bot-1"}
    assert response.elapsed.total_seconds() > 0


def test_an_answer_of_another_api_is_not_read_ahead(server, client):
    body = {"chat_id": "PJ0MRSHTDG", "event": {"type": "message"}}
    with client.stream("POST", f"{server.url}/v3.1/agent/action/send_event", json=body) as response:
        assert not response.is_stream_consumed
        assert response.read() == b'{"event_id": "event-1"}'


def test_a_streamed_request_is_translated(server, client):
    parts = iter([b'{"name": "Ada", "sta', b'tus": "offline"}'])
    assert client.post(server.url + OLD + "create_bot_agent", content=parts, headers=JSON).status_code == 200
    assert server.calls == [("create_bot", {"name": "Ada"})]


def test_a_streamed_request_of_another_api_stays_a_stream(server, client):
    parts = iter([b'{"chat_id": "PJ0MRSHTDG", ', b'"event": {}}'])
    url = f"{server.url}/v3.1/agent/action/send_event"
    assert client.post(url, content=parts, headers=JSON).status_code == 200
    assert server.requests[0].headers["transfer-encoding"] == "chunked"


def test_hooks_of_the_client_see_its_own_request_and_the_translated_answer(server, translator):
    seen = []
    hooks = {"request": [seen.append], "response": [seen.append]}
    with httpx.Client(
        transport=TranslatingTransport(translator, httpx.HTTPTransport(verify=False)),
        headers=HEADERS,
        event_hooks=hooks,
    ) as client:
        response = client.post(server.url + OLD + "create_bot_agent", json=BOT)
    assert seen == [response.request, response]
    assert str(response.request.url) == server.url + OLD + "create_bot_agent"
    assert json.loads(response.request.content) == BOT


class Retrying(httpx.BaseTransport):
    """Sends what was refused for a moment once more."""

    def __init__(self):
        self.inner = httpx.HTTPTransport(verify=False)

    def handle_request(self, request):
        response = self.inner.handle_request(request)
        if response.status_code != 503:
            return response
        response.close()
        return self.inner.handle_request(request)

    def close(self):
        self.inner.close()


def test_a_transport_within_that_tries_again_works_for_every_call(server, translator):
    server.refuse = {"create_bot": [503], "set_routing_status": [503]}
    with httpx.Client(transport=TranslatingTransport(translator, Retrying()), headers=HEADERS) as client:
        assert client.post(server.url + OLD + "create_bot_agent", json=BOT).json() == {"bot_agent_id": "bot-1"}
    assert [(request.method, request.status) for request in server.requests] == [
        ("create_bot", 503),
        ("create_bot", 200),
        ("set_routing_status", 503),
        ("set_routing_status", 200),
    ]


def test_a_server_that_cannot_be_reached_is_an_error_of_httpx(server, client):
    server.refuse["create_bot"] = [0]
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(server.url + OLD + "create_bot_agent", json=BOT)


@pytest.mark.parametrize("transport", [TranslatingTransport, AsyncTranslatingTransport])
def test_a_transport_needs_to_know_the_version_of_its_program(transport):
    with pytest.raises(ValueError, match="detect"):
        transport(Translator(None, "3.2"))
