"""The HTTP clients that a translator can be plugged into, driven in the same way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp
import httpx
import httpx2
import requests

from migrator.aiohttp import TranslatingMiddleware
from migrator.httpx import AsyncTranslatingTransport, TranslatingTransport
from migrator.httpx2 import TranslatingTransport as TranslatingTransport2
from migrator.payload.translator import Translator
from migrator.requests import TranslatingAdapter

HOSTS = ["127.0.0.1"]
HEADERS = {"Authorization": "Bearer dal:test", "X-Region": "dal"}
TIMEOUT = 10.0


@cache
def translator(source: str | None = "3.1", target: str = "3.2", on_loss: str = "report") -> Translator:
    """One translator for all tests: to compile one takes longer than most of them."""
    return Translator(source, target, hosts=HOSTS, on_loss=on_loss)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program that owns the client gets to see."""

    status: int
    content: bytes
    length: int
    url: str


@dataclass(frozen=True, slots=True)
class Sync:
    """A client of httpx or httpx2."""

    client: Any
    timed_out: type[Exception]
    error: type[Exception]

    def post(self, url: str, **options: Any) -> Answer:
        return _answer(self.client.post(url, **options))


@dataclass(frozen=True, slots=True)
class Async:
    """An `httpx.AsyncClient` on a loop of its own."""

    client: httpx.AsyncClient
    runner: asyncio.Runner
    timed_out = httpx.ReadTimeout
    error = httpx.RequestError

    def post(self, url: str, **options: Any) -> Answer:
        return _answer(self.runner.run(self.client.post(url, **options)))


@dataclass(frozen=True, slots=True)
class Session:
    """A `requests.Session`."""

    session: requests.Session
    timed_out = requests.ReadTimeout
    error = requests.RequestException

    def post(self, url: str, **options: Any) -> Answer:
        if "content" in options:
            options["data"] = options.pop("content")
        return _answer(self.session.post(url, **{"timeout": TIMEOUT, **options}))


@dataclass(frozen=True, slots=True)
class Aio:
    """An `aiohttp.ClientSession` on a loop of its own."""

    session: aiohttp.ClientSession
    runner: asyncio.Runner
    timed_out = asyncio.TimeoutError
    error = aiohttp.ClientError

    def post(self, url: str, **options: Any) -> Answer:
        return self.runner.run(self._post(url, **options))

    async def _post(self, url: str, **options: Any) -> Answer:
        if "content" in options:
            options["data"] = options.pop("content")
        options["timeout"] = aiohttp.ClientTimeout(total=options.get("timeout", TIMEOUT))
        async with self.session.post(url, **options) as response:
            content = await response.read()
            return Answer(response.status, content, int(response.headers.get("Content-Length", -1)), str(response.url))


def _answer(response: httpx.Response | requests.Response) -> Answer:
    length = int(response.headers.get("Content-Length", -1))
    return Answer(response.status_code, response.content, length, str(response.url))


@contextmanager
def sync_client(translator: Translator, **options: Any) -> Iterator[Sync]:
    transport = TranslatingTransport(translator, httpx.HTTPTransport(verify=False), **options)
    with httpx.Client(transport=transport, headers=HEADERS, timeout=TIMEOUT) as client:
        yield Sync(client, httpx.ReadTimeout, httpx.RequestError)


@contextmanager
def sync_client2(translator: Translator, **options: Any) -> Iterator[Sync]:
    transport = TranslatingTransport2(translator, httpx2.HTTPTransport(verify=False), **options)
    with httpx2.Client(transport=transport, headers=HEADERS, timeout=TIMEOUT) as client:
        yield Sync(client, httpx2.ReadTimeout, httpx2.RequestError)


@contextmanager
def async_client(translator: Translator, **options: Any) -> Iterator[Async]:
    transport = AsyncTranslatingTransport(translator, httpx.AsyncHTTPTransport(verify=False), **options)
    with asyncio.Runner() as runner:
        client = httpx.AsyncClient(transport=transport, headers=HEADERS, timeout=TIMEOUT)
        try:
            yield Async(client, runner)
        finally:
            runner.run(client.aclose())


@contextmanager
def session(translator: Translator, **options: Any) -> Iterator[Session]:
    with requests.Session() as one:
        one.headers.update(HEADERS)
        one.trust_env = False
        one.mount("http://127.0.0.1", TranslatingAdapter(translator, **options))
        yield Session(one)


@contextmanager
def aiohttp_client(translator: Translator, **options: Any) -> Iterator[Aio]:
    async def start() -> aiohttp.ClientSession:
        # As the other clients, and unlike its default, it sends cookies to a server without a name.
        jar = aiohttp.CookieJar(unsafe=True)
        return aiohttp.ClientSession(
            headers={**HEADERS}, middlewares=[TranslatingMiddleware(translator, **options)], cookie_jar=jar
        )

    with asyncio.Runner() as runner:
        one = runner.run(start())
        try:
            yield Aio(one, runner)
        finally:
            runner.run(one.close())


CLIENTS = {
    "httpx": sync_client,
    "httpx with await": async_client,
    "httpx2": sync_client2,
    "requests": session,
    "aiohttp": aiohttp_client,
}
