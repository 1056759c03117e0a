"""What is particular to ASGI: messages in pieces, clients that leave, other protocols, mounted applications."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from migrator.asgi import AsgiWebhookMiddleware
from migrator.payload.translator import Translator
from served import serve_asgi

NEW = {"webhook_id": "w1", "secret_key": "s", "action": "chat_deactivated", "payload": {"chat_id": "PJ0MRSHTDG"}}
OLD = {**NEW, "action": "thread_closed"}
JSON = {"Content-Type": "application/json"}
SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", b"application/json")]}


@pytest.fixture(scope="module")
def translator():
    return Translator("3.2", "3.1")


async def echo(request):
    return JSONResponse(await request.json())


def test_an_application_of_starlette_takes_it_as_middleware(translator):
    middleware = [Middleware(AsgiWebhookMiddleware, translator=translator, paths="/hooks")]
    application = Starlette(routes=[Route("/hooks", echo, methods=["POST"])], middleware=middleware)
    with serve_asgi(application) as url:
        assert httpx.post(url + "/hooks", json=NEW, verify=False).json() == OLD


def test_the_path_is_that_within_the_mounted_application(translator):
    inner = Starlette(routes=[Route("/hooks", echo, methods=["POST"])])
    application = Starlette(routes=[Mount("/bot", AsgiWebhookMiddleware(inner, translator, "/hooks"))])
    with serve_asgi(application) as url:
        assert httpx.post(url + "/bot/hooks", json=NEW, verify=False).json() == OLD


ROOTS = {"/bot": "/bot/hooks", "/bot/": "/bot/hooks", "": "/hooks", "/h": "/hooks", "/": "/hooks"}


@pytest.mark.parametrize(("root", "path"), ROOTS.items())
def test_the_path_is_that_below_the_root_whether_the_server_repeats_it_or_not(translator, root, path):
    received = []
    scope = {**SCOPE, "path": path, "root_path": root}
    whole = {"type": "http.request", "body": json.dumps(NEW).encode()}
    run(AsgiWebhookMiddleware(recording(received, 1), translator, "/hooks"), scope, [whole])
    assert json.loads(received[0]["body"]) == OLD


def test_a_chunked_webhook_gets_a_length(translator):
    async def lengths(request):
        body = await request.body()
        names = ("content-length", "transfer-encoding")
        return JSONResponse([len(body), *(request.headers.get(name) for name in names)])

    inner = Starlette(routes=[Route("/hooks", lengths, methods=["POST"])])
    with serve_asgi(AsgiWebhookMiddleware(inner, translator, "/hooks")) as url:
        content = iter([json.dumps(NEW).encode()])
        read, length, chunked = httpx.post(url + "/hooks", content=content, headers=JSON, verify=False).json()
    assert (length, chunked) == (str(read), None)


def run(middleware, scope, messages):
    """Everything the application behind `middleware` was given and the client was sent, without a server."""
    messages = iter(messages)
    sent = []

    async def receive():
        return next(messages)

    async def send(message):
        sent.append(message)

    asyncio.run(middleware(scope, receive, send))
    return sent


def recording(received, until):
    async def application(_scope, receive, _send):
        for _ in range(until):
            received.append(await receive())

    return application


def test_a_client_that_leaves_in_the_middle_is_seen_leaving(translator):
    received = []
    part = {"type": "http.request", "body": b'{"action": ', "more_body": True}
    gone = {"type": "http.disconnect"}
    run(AsgiWebhookMiddleware(recording(received, 2), translator, "/"), SCOPE, [part, gone])
    assert received == [part, gone]


def test_a_client_that_leaves_after_the_webhook_is_seen_leaving(translator):
    received = []
    whole = {"type": "http.request", "body": json.dumps(NEW).encode()}
    gone = {"type": "http.disconnect"}
    run(AsgiWebhookMiddleware(recording(received, 2), translator, "/"), SCOPE, [whole, gone])
    assert json.loads(received[0]["body"]) == OLD
    assert received[1] == gone


def test_a_body_in_pieces_is_refused_as_soon_as_it_is_too_large(translator):
    pieces = ({"type": "http.request", "body": b"x" * 60, "more_body": True} for _ in range(2))
    sent = run(AsgiWebhookMiddleware(recording([], 0), translator, "/", limit=100), SCOPE, pieces)
    assert sent[0]["status"] == 413


def test_a_body_that_says_it_is_too_large_is_not_read(translator):
    scope = {**SCOPE, "headers": [*SCOPE["headers"], (b"content-length", b"101")]}
    sent = run(AsgiWebhookMiddleware(recording([], 0), translator, "/", limit=100), scope, [])
    assert sent[0]["status"] == 413


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
def test_another_protocol_passes(translator, kind):
    received = []
    message = {"type": f"{kind}.startup"}
    run(AsgiWebhookMiddleware(recording(received, 1), translator, "/"), {"type": kind, "path": "/"}, [message])
    assert received == [message]
