"""What a program sends again goes through the adapter again: after a challenge, a refreshed token, a redirect."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import httpx
import httpx2
import pytest
import requests
from requests.auth import HTTPDigestAuth

import migrator.httpx
import migrator.httpx2
from digest_server import PASSWORD, USER, require_digest
from migrator.aiohttp import TranslatingMiddleware
from migrator.requests import TranslatingAdapter
from scripted_server import Reply, scripted_server
from translating_clients import CLIENTS, translator

API, NEW_API = "/v3.1/configuration/action/", "/v3.2/configuration/action/"
BOT = {"name": "Ada", "status": "accepting chats"}
CREATED = Reply(content=b'{"bot_agent_id": "b"}')
MODULES = {"httpx": (httpx, migrator.httpx), "httpx2": (httpx2, migrator.httpx2)}


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        yield server


@pytest.fixture(autouse=True)
def fresh(server):
    server.start_over()
    server.reply = lambda _: CREATED


@pytest.fixture
def reports():
    return []


@pytest.fixture(params=MODULES)
def library(request):
    return MODULES[request.param]


def sync_client(library, reports, **options):
    http, ours = library
    inner = http.HTTPTransport(verify=False)
    transport = ours.TranslatingTransport(translator(), inner, on_report=reports.append)
    return http.Client(transport=transport, **options)


@pytest.fixture
def session(reports):
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://127.0.0.1", TranslatingAdapter(translator(), on_report=reports.append))
        yield session


def paths(server):
    return [received.path for received in server.received]


CHALLENGED = [NEW_API + "create_bot", NEW_API + "create_bot"]


def test_a_digest_of_requests_is_computed_for_the_url_of_the_server(server, session, reports):
    server.reply = require_digest(lambda _: CREATED)
    session.auth = HTTPDigestAuth(USER, PASSWORD)
    for expected in (CHALLENGED, CHALLENGED[1:]):
        server.start_over()
        response = session.post(server.url + API + "create_bot_agent", json={"name": "Ada", "status": "offline"})
        assert (response.status_code, paths(server), reports) == (200, expected, [])
        assert response.url == server.url + API + "create_bot_agent"


def test_a_digest_of_requests_holds_for_the_further_call(server, session, reports):
    server.reply = require_digest(lambda _: CREATED)
    response = session.post(server.url + API + "create_bot_agent", json=BOT, auth=HTTPDigestAuth(USER, PASSWORD))
    assert (response.status_code, reports) == (200, [])
    assert paths(server) == [*CHALLENGED, "/v3.2/agent/action/set_routing_status"]


def test_a_digest_of_httpx_is_computed_for_the_url_of_the_server(server, library, reports):
    http, ours = library
    server.reply = require_digest(lambda _: CREATED)
    auth = ours.TranslatingAuth(http.DigestAuth(USER, PASSWORD), translator())
    with sync_client(library, reports, auth=auth) as client:
        response = client.post(server.url + API + "create_bot_agent?a=1", json={"name": "Ada", "status": "offline"})
    assert (response.status_code, reports) == (200, [])
    assert paths(server) == [each + "?a=1" for each in CHALLENGED]
    assert str(response.request.url) == server.url + API + "create_bot_agent?a=1"


def test_a_digest_of_httpx_is_computed_for_the_url_of_the_server_with_await(server, library, reports):
    http, ours = library
    server.reply = require_digest(lambda _: CREATED)

    async def ask():
        inner = http.AsyncHTTPTransport(verify=False)
        transport = ours.AsyncTranslatingTransport(translator(), inner, on_report=reports.append)
        auth = ours.TranslatingAuth(http.DigestAuth(USER, PASSWORD), translator())
        async with http.AsyncClient(transport=transport, auth=auth) as client:
            return await client.post(server.url + API + "get_bot_agents", json={})

    assert asyncio.run(ask()).status_code == 200
    assert (paths(server), reports) == ([NEW_API + "list_bots"] * 2, [])


def test_a_digest_of_httpx_for_the_url_of_the_program_is_reported(server, library, reports):
    http, _ = library
    refuse = Reply(401, (("WWW-Authenticate", 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'),))
    server.reply = lambda _: refuse
    with sync_client(library, reports, auth=http.DigestAuth(USER, PASSWORD)) as client:
        assert client.post(server.url + API + "get_bot_agents", json={}).status_code == 401
    assert [(report.consequence, report.problem) for report in reports] == [
        ("sent", "its digest authentication is for the program's URL, not for the server's")
    ]


def test_a_digest_of_a_page_that_is_not_translated_is_that_of_httpx(server, library, reports):
    http, ours = library
    server.reply = require_digest(lambda _: CREATED)
    auth = ours.TranslatingAuth(http.DigestAuth(USER, PASSWORD), translator())
    with sync_client(library, reports, auth=auth) as client:
        assert client.get(server.url + "/docs").status_code == 200


def test_a_digest_of_aiohttp_is_computed_for_the_url_of_the_server(server, reports):
    server.reply = require_digest(lambda _: CREATED)

    async def ask():
        ours = TranslatingMiddleware(translator(), on_report=reports.append)
        digest = aiohttp.DigestAuthMiddleware(USER, PASSWORD)
        url = server.url + API + "create_bot_agent"
        async with (
            aiohttp.ClientSession(middlewares=[ours, digest]) as session,
            session.post(url, json=BOT) as response,
        ):
            return response.status, await response.json()

    assert asyncio.run(ask()) == (200, {"bot_agent_id": "b"})
    assert paths(server) == [*CHALLENGED, "/v3.2/agent/action/set_routing_status"]
    assert reports == []


def refuse_old_token(received):
    return CREATED if received.headers["authorization"] == "Bearer new" else Reply(401, content=b"{}")


def test_a_request_of_requests_that_a_hook_sends_again_is_translated_again(server, session, reports):
    server.reply = refuse_old_token

    def refresh(response, **options):
        if response.status_code != 401:
            return response
        response.request.headers["Authorization"] = "Bearer new"
        return response.connection.send(response.request, **options)

    session.hooks["response"].append(refresh)
    headers = {"Authorization": "Bearer old"}
    body = {"name": "Ada", "status": "offline"}
    response = session.post(server.url + API + "create_bot_agent", json=body, headers=headers)
    assert (response.json(), reports, paths(server)) == ({"bot_agent_id": "b"}, [], CHALLENGED)
    assert [json.loads(received.content) for received in server.received] == [{"name": "Ada"}] * 2


def test_a_request_of_httpx_that_is_sent_again_is_translated_again(server, library, reports):
    server.reply = refuse_old_token
    with sync_client(library, reports, headers={"Authorization": "Bearer old"}) as client:
        response = client.post(server.url + API + "create_bot_agent", json={"name": "Ada", "status": "offline"})
        response.request.headers["Authorization"] = "Bearer new"
        assert client.send(response.request).json() == {"bot_agent_id": "b"}
    assert (reports, paths(server)) == ([], CHALLENGED)
    assert [json.loads(received.content) for received in server.received] == [{"name": "Ada"}] * 2


def test_an_authentication_of_httpx_that_fetches_a_token_is_translated_again(server, library, reports):
    http, ours = library
    server.reply = lambda got: Reply(content=b'"new"') if got.path == "/token" else refuse_old_token(got)

    class Refreshing(http.Auth):
        requires_response_body = True

        def auth_flow(self, request):
            request.headers["Authorization"] = "Bearer old"
            response = yield request
            if response.status_code == 401:
                token = yield http.Request("GET", server.url + "/token")
                request.headers["Authorization"] = f"Bearer {token.json()}"
                yield request

    for auth in (Refreshing(), ours.TranslatingAuth(Refreshing(), translator())):
        server.start_over()
        with sync_client(library, reports, auth=auth) as client:
            response = client.post(server.url + API + "create_bot_agent", json={"name": "Ada", "status": "offline"})
        assert (response.status_code, paths(server)) == (200, [CHALLENGED[0], "/token", CHALLENGED[1]])
    assert reports == []


@pytest.fixture(params=CLIENTS)
def client(request, reports):
    with CLIENTS[request.param](translator(), on_report=reports.append) as client:
        if hasattr(client, "client"):
            client.client.follow_redirects = True
        yield client


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("location", ["/v3.2/configuration/action/create_bot?again=1", "create_bot?again=1"])
def test_a_redirect_of_the_api_to_itself_is_followed_in_the_terms_of_the_program(
    server, client, reports, status, location
):
    moved = Reply(status, (("Location", location),), b"{}")
    server.reply = lambda received: CREATED if "again" in received.path or "agent" in received.path else moved
    answer = client.post(server.url + API + "create_bot_agent", json=BOT)
    assert (answer.status, json.loads(answer.content)) == (200, {"bot_agent_id": "b"})
    assert answer.url == server.url + API + "create_bot_agent?again=1"
    assert paths(server) == [
        NEW_API + "create_bot",
        NEW_API + "create_bot?again=1",
        "/v3.2/agent/action/set_routing_status",
    ]
    assert [json.loads(received.content) for received in server.received[:2]] == [{"name": "Ada"}] * 2
    assert reports == []


def test_a_redirect_elsewhere_is_left_as_it_is(server, client, reports):
    moved = Reply(307, (("Location", "/v3.2/agent/action/send_event"),), b"{}")
    server.reply = lambda received: CREATED if received.method == "send_event" else moved
    answer = client.post(server.url + API + "get_bot_agents", json={})
    assert (answer.status, paths(server)) == (200, [NEW_API + "list_bots", "/v3.2/agent/action/send_event"])
    assert reports == []
