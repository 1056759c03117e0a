"""The test server refuses what its version does not document, so that a test against it means something."""

from __future__ import annotations

import json

import httpx
import pytest

from livechat_server import livechat_server
from served import serve_wsgi

WEBHOOK = {"url": "https://bot.example.com/", "secret_key": "s"}
BOT_WITH_OLD_WEBHOOK = {
    "name": "Ada",
    "webhooks": {"url": "u", "secret_key": "s", "actions": [{"name": "thread_closed"}]},
}
HOMELESS = {"status": {"type": "string", "locations": {}}}
V31, V32 = "/v3.1/configuration/action/", "/v3.2/configuration/action/"
STATUS_URL = "/v3.2/agent/action/set_routing_status"


def post(server, path, body, **headers):
    return httpx.post(server.url + path, json=body, headers={**server.headers, **headers})


REFUSALS = {
    "an unknown method": ("3.1", V31 + "list_bots", {}, 404),
    "a method of the older version": ("3.2", V32 + "get_bot_agents", {}, 404),
    "the path of the newer version": ("3.1", V32 + "get_bot_agents", {}, 404),
    "the path of the older version": ("3.2", V31 + "list_bots", {}, 404),
    "a path without a version": ("3.2", "/configuration/action/list_bots", {}, 404),
    "another API": ("3.2", "/v3.2/customer/action/list_bots", {}, 404),
    "an unknown parameter": ("3.1", V31 + "get_bot_agents", {"everyone": True}, 400),
    "a removed parameter": ("3.2", V32 + "create_bot", {"name": "Ada", "status": "offline"}, 400),
    "a missing parameter": ("3.1", V31 + "create_bot_agent", {"name": "Ada"}, 400),
    "a value outside its set": ("3.1", V31 + "create_bot_agent", {"name": "Ada", "status": "away"}, 400),
    "a wrong type": ("3.2", V32 + "create_bot", {"name": 3}, 400),
    "a boolean for a number": ("3.2", V32 + "create_bot", {"name": "Ada", "max_chats_count": True}, 400),
    "a webhook of the older version": ("3.2", V32 + "register_webhook", {**WEBHOOK, "action": "thread_closed"}, 400),
    "a removed webhook": ("3.2", V32 + "register_webhook", {**WEBHOOK, "action": "agent_status_changed"}, 400),
    "a webhook of the newer version": ("3.1", V31 + "register_webhook", {**WEBHOOK, "action": "thread_tagged"}, 400),
    "a bot's webhook of the older version": ("3.2", V32 + "create_bot", BOT_WITH_OLD_WEBHOOK, 400),
    "a body that is not an object": ("3.2", V32 + "list_bots", [], 400),
    "a property that is kept nowhere": ("3.2", V32 + "register_properties", HOMELESS, 400),
    "a routing status spelled with blanks": ("3.2", STATUS_URL, {"status": "accepting chats"}, 400),
    "a routing status in 3.1 of the chat API": ("3.2", "/v3.1/agent/action/set_routing_status", {}, 404),
    "the routing status of an unknown bot": ("3.2", STATUS_URL, {"status": "offline", "agent_id": "bot-9"}, 400),
}


@pytest.mark.parametrize(("version", "path", "body", "status"), REFUSALS.values(), ids=REFUSALS)
def test_the_server_refuses(version, path, body, status):
    with livechat_server(version) as server:
        assert post(server, path, body).status_code == status
    assert [(request.path, request.body, request.status) for request in server.requests] == [(path, body, status)]


def test_the_server_refuses_a_call_without_a_token():
    with livechat_server("3.2") as server:
        assert post(server, V32 + "list_bots", {}, Authorization="").status_code == 401


def test_the_server_refuses_a_body_that_is_not_json():
    with livechat_server("3.2") as server:
        headers = {**server.headers, "Content-Type": "application/json"}
        url = server.url + V32 + "list_bots"
        assert httpx.post(url, content=b"{", headers=headers).status_code == 400


def test_a_bot_of_version_3_2_is_offline_until_its_routing_status_is_set():
    with livechat_server("3.2") as server:
        bot = post(server, V32 + "create_bot", {"name": "Ada"}).json()
        listed = post(server, V32 + "list_bots", {}).json()
        assert listed == {"bot_agents": [{"id": "bot-1", "name": "Ada", "status": "offline"}]}
        body = {"agent_id": bot["bot_agent_id"], "status": "accepting_chats"}
        assert post(server, STATUS_URL, body).content == b""
        details = post(server, V32 + "get_bot", bot).json()
        assert details["bot_agent"]["status"] == "accepting chats"


@pytest.mark.parametrize(("version", "extra"), [("3.1", set()), ("3.2", {"license_id"})])
def test_a_registered_receiver_gets_the_envelope_of_the_version(version, extra):
    received = []

    def receive(environ, start_response):
        received.append(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        start_response("204 No Content", [])
        return []

    with livechat_server(version) as server, serve_wsgi(receive) as url:
        body = {**WEBHOOK, "url": url, "action": "chat_user_added"}
        post(server, f"/v{version}/configuration/action/register_webhook", body)
        assert server.announce("chat_user_added", {"chat_id": "PJ0MRSHTDG"}) == [204]
    common = {"webhook_id", "secret_key", "action", "payload", "additional_data"}
    assert [set(hook) for hook in received] == [common | extra]
