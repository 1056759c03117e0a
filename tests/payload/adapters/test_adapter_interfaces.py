"""Adapters are what their library takes them for: entered and left, pickled, subclassed, looked into."""

from __future__ import annotations

import asyncio
import pickle

import aiohttp
import httpx
import httpx2
import pytest
import requests
from requests.adapters import HTTPAdapter

import migrator.aiohttp
import migrator.httpx
import migrator.httpx2
import migrator.requests
from migrator.payload.adapters.adapter_report import log_report
from migrator.payload.loss import Loss
from migrator.payload.translation_errors import TranslationError
from migrator.requests import TranslatingAdapter
from translating_clients import translator

MODULES = {"httpx": (httpx, migrator.httpx), "httpx2": (httpx2, migrator.httpx2)}


@pytest.fixture(params=MODULES)
def library(request):
    return MODULES[request.param]


def test_the_transport_within_is_entered_and_left(library):
    http, ours = library
    seen = []

    class Watched(http.BaseTransport):
        def __enter__(self):
            seen.append("entered")
            return self

        def __exit__(self, *_):
            seen.append("left")

        def close(self):
            seen.append("closed")

    with http.Client(transport=ours.TranslatingTransport(translator(), Watched())):
        assert seen == ["entered"]
    assert seen == ["entered", "left"]
    http.Client(transport=ours.TranslatingTransport(translator(), Watched())).close()
    assert seen[2:] == ["closed"]


def test_the_transport_within_is_entered_and_left_with_await(library):
    http, ours = library
    seen = []

    class Watched(http.AsyncBaseTransport):
        async def __aenter__(self):
            seen.append("entered")
            return self

        async def __aexit__(self, *_):
            seen.append("left")

    async def use():
        async with http.AsyncClient(transport=ours.AsyncTranslatingTransport(translator(), Watched())):
            seen.append("used")

    asyncio.run(use())
    assert seen == ["entered", "used", "left"]


def test_a_translated_answer_of_a_transport_without_a_connection_can_be_read(library):
    http, ours = library
    inner = http.MockTransport(lambda _: http.Response(200, json=[{"action": "chat_deactivated"}]))
    with http.Client(transport=ours.TranslatingTransport(translator(), inner)) as client:
        response = client.post("https://api.livechatinc.com/v3.1/configuration/action/get_webhooks_config", json={})
    assert response.json() == [{"action": "thread_closed"}]


def test_a_session_with_the_adapter_can_be_pickled():
    session = requests.Session()
    inner = HTTPAdapter(pool_maxsize=3)
    session.mount("https://", TranslatingAdapter(translator(), pool_maxsize=7, max_retries=2))
    session.mount("http://", TranslatingAdapter(translator(), inner, on_report=log_report))
    copy = pickle.loads(pickle.dumps(session))
    https, http = copy.get_adapter("https://a/"), copy.get_adapter("http://a/")
    assert isinstance(https, TranslatingAdapter)
    assert (https._pool_maxsize, https.max_retries.total, http._pool_maxsize) == (7, 2, 3)
    url = "http://127.0.0.1/v3.1/configuration/action/get_bot_agents"
    assert https._flow.find_address(url) == TranslatingAdapter(translator())._flow.find_address(url)


def test_the_pools_of_the_adapter_are_those_of_the_one_within():
    inner = HTTPAdapter(pool_connections=2, max_retries=3)
    adapter = TranslatingAdapter(translator(), inner)
    assert adapter.poolmanager is inner.poolmanager
    assert adapter.proxy_manager is inner.proxy_manager
    assert adapter.max_retries is inner.max_retries


ERRORS = {
    "httpx": (httpx.RequestError, migrator.httpx, "Httpx"),
    "httpx2": (httpx2.RequestError, migrator.httpx2, "Httpx2"),
    "requests": (requests.RequestException, migrator.requests, "Requests"),
    "aiohttp": (aiohttp.ClientError, migrator.aiohttp, "Aiohttp"),
}


@pytest.mark.parametrize(("base", "module", "prefix"), ERRORS.values(), ids=ERRORS)
def test_an_error_belongs_to_both_and_can_be_pickled(base, module, prefix):
    losses = (Loss("rule", "/a", None, "why"),)
    made = [
        getattr(module, f"{prefix}LossError")(losses),
        getattr(module, f"{prefix}DocumentError")("/a", "is wrong"),
        getattr(module, f"{prefix}TranslationError")("is wrong"),
    ]
    for error in made:
        copy = pickle.loads(pickle.dumps(error))
        assert isinstance(error, base)
        assert isinstance(error, TranslationError)
        assert (type(copy), str(copy)) == (type(error), str(error))
    assert pickle.loads(pickle.dumps(made[0])).losses == losses
    assert str(made[0]) == "/a: why (rule)"
