"""An unchanged client of version 3.1 talks to a server that speaks 3.2, whichever HTTP library it uses."""

from __future__ import annotations

import json
import logging

import pytest

from livechat_server import livechat_server
from migrator.payload.translation_errors import DocumentError, LossError
from migrator.payload.translator import Translator
from translating_clients import CLIENTS, translator

OLD = "/v3.1/configuration/action/"
SEND_EVENT = "/v3.1/agent/action/send_event"
BOT = {"name": "Ada", "status": "accepting chats"}
HOOKS = {"url": "https://bot.example.com/", "secret_key": "tell nobody", "actions": [{"name": "thread_closed"}]}
WEBHOOK = {"url": "https://bot.example.com/", "secret_key": "tell nobody", "action": "thread_closed"}
CREATED = ("create_bot", {"name": "Ada"})
STATUS_SET = ("set_routing_status", {"agent_id": "bot-1", "status": "accepting_chats"})


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def make_client(request):
    return request.param


@pytest.fixture
def client(make_client):
    with make_client(translator()) as client:
        yield client


def document(answer):
    assert answer.length == len(answer.content)
    return json.loads(answer.content)


def test_a_new_bot_gets_its_status_by_a_further_call(server, client):
    answer = client.post(server.url + OLD + "create_bot_agent", json=BOT)
    assert document(answer) == {"bot_agent_id": "bot-1"}
    assert server.calls == [CREATED, STATUS_SET]
    assert server.account.bots["bot-1"]["status"] == "accepting chats"


def test_a_new_bot_that_stays_offline_needs_no_further_call(server, client):
    assert client.post(server.url + OLD + "create_bot_agent", json={**BOT, "status": "offline"}).status == 200
    assert server.calls == [CREATED]


def test_a_bot_is_updated_first_and_gets_its_status_then(server, client):
    client.post(server.url + OLD + "create_bot_agent", json={**BOT, "status": "offline"})
    update = {"id": "bot-1", "status": "not accepting chats", "max_chats_count": 2}
    answer = client.post(server.url + OLD + "update_bot_agent", json=update)
    assert (answer.status, answer.content) == (200, b"")
    assert server.calls[1:] == [
        ("update_bot", {"id": "bot-1", "max_chats_count": 2}),
        ("set_routing_status", {"agent_id": "bot-1", "status": "not_accepting_chats"}),
    ]


def test_a_further_call_goes_to_the_same_server_with_the_same_headers(server, client):
    client.post(server.url + OLD + "create_bot_agent", json=BOT)
    first, second = server.requests
    assert second.path == "/v3.2/agent/action/set_routing_status"
    for name in ("authorization", "x-region", "host", "user-agent"):
        assert second.headers[name] == first.headers[name]
    assert second.headers["content-length"] == str(len(second.content))


def test_an_answer_comes_back_in_the_words_of_the_client(server, client):
    client.post(server.url + OLD + "create_bot_agent", json={**BOT, "webhooks": HOOKS})
    client.post(server.url + OLD + "register_webhook", json=WEBHOOK)
    assert server.calls[0][1]["webhooks"]["actions"] == [{"name": "chat_deactivated"}]
    bot = document(client.post(server.url + OLD + "get_bot_agent_details", json={"bot_agent_id": "bot-1"}))
    hooks = document(client.post(server.url + OLD + "get_webhooks_config", json={}))
    assert bot["bot_agent"]["webhooks"]["actions"] == [{"name": "thread_closed"}]
    assert bot["bot_agent"]["status"] == "accepting chats"
    assert [hook["action"] for hook in hooks] == ["thread_closed"]


def test_the_client_sees_the_url_that_it_asked_for(server, client):
    url = server.url + OLD + "get_bot_agents"
    assert client.post(url, json={}).url == url


def test_a_property_that_is_called_status_stays(server, client):
    access = {"access": {"agent": {"read": True, "write": True}}}
    properties = {"status": {"type": "string", "locations": {"chat": access}, "domain": ["thread_closed"]}}
    assert client.post(server.url + OLD + "create_properties", json=properties).status == 200
    assert server.calls == [("register_properties", properties)]


def test_a_call_of_another_api_passes_byte_for_byte(server, client):
    body = b'{ "chat_id": "PJ0MRSHTDG", "event": {"type": "message", "text": "thread_closed"} }'
    headers = {"Content-Type": "application/json"}
    answer = client.post(server.url + SEND_EVENT, content=body, headers=headers)
    assert document(answer) == {"event_id": "event-1"}
    assert [(request.path, request.content) for request in server.requests] == [(SEND_EVENT, body)]


def test_a_call_in_another_version_passes_byte_for_byte(server, client):
    path = "/v3.2/configuration/action/create_bot"
    assert client.post(server.url + path, json={"name": "Ada"}).status == 200
    assert client.post(server.url + path, json=BOT).status == 400
    assert [request.path for request in server.requests] == [path, path]


def test_a_call_of_another_host_passes(server, make_client):
    with make_client(Translator("3.1", "3.2")) as client:
        assert client.post(server.url + OLD + "get_bot_agents", json={}).status == 404
    assert [request.path for request in server.requests] == [OLD + "get_bot_agents"]


def test_a_body_that_is_not_json_is_sent_as_it_is_to_the_url_of_the_client_and_reported(server, make_client):
    headers = {"Content-Type": "application/json"}
    reports = []
    with make_client(translator(), on_report=reports.append) as client:
        answer = client.post(server.url + OLD + "create_bot_agent", content=b'{"name": NaN}', headers=headers)
    assert answer.status == 404
    assert [(each.path, each.content) for each in server.requests] == [(OLD + "create_bot_agent", b'{"name": NaN}')]
    assert [(report.subject, report.consequence) for report in reports] == [
        ("create_bot_agent", "passed on untranslated")
    ]


def test_a_refusal_reaches_the_client_as_it_is_and_nothing_follows(server, client):
    answer = client.post(server.url + OLD + "create_bot_agent", json={**BOT, "colour": "red"})
    assert answer.status == 400
    assert b"/colour: is not a parameter" in answer.content
    assert [method for method, _ in server.calls] == ["create_bot"]


REFUSED = {"is refused": (503, "answered 503"), "breaks off": (0, "Error")}


@pytest.mark.parametrize(("status", "reason"), REFUSED.values(), ids=REFUSED)
def test_the_answer_is_kept_and_the_failure_reported_when_a_further_call(server, make_client, status, reason):
    server.refuse["set_routing_status"] = [status]
    reports = []
    with make_client(translator(), on_report=reports.append) as client:
        answer = client.post(server.url + OLD + "create_bot_agent", json=BOT)
    assert document(answer) == {"bot_agent_id": "bot-1"}
    (report,) = reports
    (failure,) = report.failures
    assert (report.subject, failure.follow_up.method) == ("create_bot_agent", "set_routing_status")
    assert failure.follow_up.body == STATUS_SET[1]
    assert reason in failure.reason


def test_a_failed_further_call_is_logged_without_a_secret(server, client, caplog):
    server.refuse["set_routing_status"] = [500]
    with caplog.at_level(logging.DEBUG, "migrator"):
        client.post(server.url + OLD + "create_bot_agent", json={**BOT, "webhooks": HOOKS})
    assert "create_bot_agent: the follow-up call set_routing_status was not made" in caplog.text
    assert "tell nobody" not in caplog.text
    assert "dal:test" not in caplog.text


def test_nothing_is_reported_when_nothing_is_lost(server, make_client):
    reports = []
    with make_client(translator(), on_report=reports.append) as client:
        client.post(server.url + OLD + "create_bot_agent", json=BOT)
        client.post(server.url + OLD + "get_bot_agents", json={})
    assert reports == []


def test_a_further_call_can_be_handed_to_a_function(server, make_client):
    calls = []
    with make_client(translator(), follow_ups=calls.append) as client:
        client.post(server.url + OLD + "create_bot_agent", json=BOT)
    assert server.calls == [CREATED]
    (call,) = calls
    assert (call.method, call.body) == STATUS_SET
    assert call.url == f"{server.url}/v3.2/agent/action/set_routing_status"
    assert call.ready


@pytest.mark.parametrize("on_loss", ["report", "raise"])
def test_a_request_without_a_counterpart_is_not_sent(server, make_client, on_loss):
    reports = []
    with (
        make_client(translator(on_loss=on_loss), on_report=reports.append) as client,
        pytest.raises(client.error) as raised,
    ):
        client.post(server.url + OLD + "register_webhook", json={**WEBHOOK, "action": "agent_status_changed"})
    assert isinstance(raised.value, LossError)
    assert (raised.value.rule, raised.value.pointer) == ("webhook-agent-status-changed", "/action")
    assert "agent_status_changed has no counterpart in 3.2" in str(raised.value)
    assert [(report.consequence, report.losses) for report in reports] == [("not sent", raised.value.losses)]
    assert server.requests == []


def test_a_value_of_an_impossible_type_is_named_and_not_sent(server, client):
    with pytest.raises(client.error) as raised:
        client.post(server.url + OLD + "register_webhook", json={**WEBHOOK, "action": 5})
    assert isinstance(raised.value, DocumentError)
    assert raised.value.pointer == "/action"
    assert server.requests == []


def test_a_timeout_of_the_client_holds(server, client):
    server.gate.clear()
    with pytest.raises(client.timed_out):
        client.post(server.url + OLD + "create_bot_agent", json=BOT, timeout=0.05)


def test_a_client_of_version_3_2_talks_to_a_server_of_version_3_1(make_client):
    with (
        livechat_server("3.1") as server,
        make_client(translator("3.2", "3.1")) as client,
    ):
        new = server.url + "/v3.2/configuration/action/"
        assert document(client.post(new + "create_bot", json={"name": "Ada"})) == {"bot_agent_id": "bot-1"}
        client.post(new + "register_webhook", json={**WEBHOOK, "action": "chat_deactivated"})
        hooks = document(client.post(new + "list_registered_webhooks", json={}))
    assert [hook["action"] for hook in hooks] == ["chat_deactivated"]
    assert server.calls[0] == ("create_bot_agent", {"name": "Ada", "status": "offline"})
    assert server.calls[1] == ("register_webhook", WEBHOOK)
