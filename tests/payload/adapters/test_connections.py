"""Every answer that is not handed on is read or closed, so that no connection is lost to the pool."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import httpx
import pytest
import requests

from migrator.aiohttp import TranslatingMiddleware
from migrator.httpx import AsyncTranslatingTransport, TranslatingTransport
from migrator.requests import TranslatingAdapter
from scripted_server import Reply, scripted_server
from translating_clients import CLIENTS, translator

API = "/v3.1/configuration/action/"
BOT = {"name": "Ada", "status": "accepting chats"}
CREATED = Reply(content=b'{"bot_agent_id": "b"}')
REFUSED = Reply(503, content=b'{"error": "out of order"}' * 50)
#: More than any pool holds by default; those of these tests hold one connection.
MANY = 200


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        yield server


@pytest.fixture(autouse=True)
def fresh(server):
    assert server.count_open(0) == 0
    server.start_over()


FOLLOW_UPS = {"that succeed": CREATED, "that are refused": REFUSED, "without a body": Reply(204)}


@pytest.mark.parametrize("follow_up", FOLLOW_UPS.values(), ids=FOLLOW_UPS)
@pytest.mark.parametrize("make_client", CLIENTS.values(), ids=CLIENTS)
def test_thirty_calls_use_one_connection_with_follow_ups(server, make_client, follow_up):
    server.reply = lambda received: follow_up if received.method == "set_routing_status" else CREATED
    with make_client(translator(), on_report=lambda _: None) as client:
        for _ in range(30):
            assert client.post(server.url + API + "create_bot_agent", json=BOT).status == 200
        assert (server.opened, server.count_open(1)) == (1, 1)
    assert len(server.received) == 60


ANSWERS = {
    "success": CREATED,
    "chunks": Reply(content=b'{"bot_agent_id": "b"}', chunked=True),
    "a refusal": REFUSED,
    "no content": Reply(204),
    "no JSON": Reply(content=b"<html>"),
    "a redirect": Reply(307, (("Location", "/v3.2/configuration/action/create_bot?again"),)),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("make_client", CLIENTS.values(), ids=CLIENTS)
def test_no_connection_is_left_behind_after(server, make_client, answer):
    server.reply = lambda received: CREATED if "again" in received.path else answer
    with make_client(translator(), on_report=lambda _: None) as client:
        for _ in range(3):
            client.post(server.url + API + "create_bot_agent", json=BOT)
        assert server.count_open(1) == 1
    assert server.count_open(0) == 0


def refuse_follow_ups(received):
    return REFUSED if received.method == "set_routing_status" else CREATED


def test_refused_follow_ups_leave_the_pool_of_httpx_whole(server):
    server.reply = refuse_follow_ups
    inner = httpx.HTTPTransport(verify=False, limits=httpx.Limits(max_connections=1))
    body = json.dumps(BOT).encode()
    with httpx.Client(transport=TranslatingTransport(translator(), inner, on_report=lambda _: None)) as client:
        for _ in range(MANY):
            client.post(server.url + API + "create_bot_agent", content=body)
    assert (server.opened, len(server.received)) == (1, 2 * MANY)


def test_refused_follow_ups_leave_the_pool_of_requests_whole(server):
    server.reply = refuse_follow_ups
    with requests.Session() as session:
        session.trust_env = False
        adapter = TranslatingAdapter(translator(), pool_maxsize=1, pool_block=True, on_report=lambda _: None)
        session.mount("http://127.0.0.1", adapter)
        for _ in range(MANY):
            session.post(server.url + API + "create_bot_agent", json=BOT, timeout=5)
    assert server.opened == 1


def test_refused_follow_ups_leave_the_pool_of_aiohttp_whole(server):
    server.reply = refuse_follow_ups

    async def ask():
        connector = aiohttp.TCPConnector(limit=1)
        middlewares = [TranslatingMiddleware(translator(), on_report=lambda _: None)]
        async with aiohttp.ClientSession(connector=connector, middlewares=middlewares) as session:
            for _ in range(MANY):
                async with session.post(server.url + API + "create_bot_agent", json=BOT) as response:
                    await response.read()

    asyncio.run(ask())
    assert server.opened == 1


def test_a_call_that_is_cancelled_leaves_the_pool_whole_and_is_reported(server):
    reports = []
    server.reply = refuse_follow_ups
    hanging = asyncio.Event()

    class Hanging(httpx.AsyncBaseTransport):
        """Never answers a follow-up."""

        def __init__(self):
            self.inner = httpx.AsyncHTTPTransport(verify=False)

        async def handle_async_request(self, request):
            if "set_routing_status" in str(request.url):
                hanging.set()
                await asyncio.Event().wait()
            return await self.inner.handle_async_request(request)

        async def aclose(self):
            await self.inner.aclose()

    async def ask():
        transport = AsyncTranslatingTransport(translator(), Hanging(), on_report=reports.append)
        async with httpx.AsyncClient(transport=transport) as client:
            call = asyncio.create_task(client.post(server.url + API + "create_bot_agent", json=BOT))
            await hanging.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await client.post(server.url + API + "get_bot_agents", json={})

    asyncio.run(ask())
    assert server.opened == 1
    assert [failure.reason for report in reports for failure in report.failures] == ["CancelledError"]
