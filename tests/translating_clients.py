"""The three HTTP clients that a translator can be plugged into, driven in the same way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import requests

from migrator.httpx import AsyncTranslatingTransport, TranslatingTransport
from migrator.payload.translator import Translator
from migrator.requests import TranslatingAdapter

HOSTS = ["127.0.0.1"]
HEADERS = {"Authorization": "Bearer dal:test", "X-Region": "dal"}
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program that owns the client gets to see."""

    status: int
    content: bytes
    length: int
    url: str


@dataclass(frozen=True, slots=True)
class Sync:
    """An `httpx.Client`."""

    client: httpx.Client
    timed_out = httpx.ReadTimeout

    def post(self, url: str, **options: Any) -> Answer:
        return _answer(self.client.post(url, **options))


@dataclass(frozen=True, slots=True)
class Async:
    """An `httpx.AsyncClient` on a loop of its own."""

    client: httpx.AsyncClient
    runner: asyncio.Runner
    timed_out = httpx.ReadTimeout

    def post(self, url: str, **options: Any) -> Answer:
        return _answer(self.runner.run(self.client.post(url, **options)))


@dataclass(frozen=True, slots=True)
class Session:
    """A `requests.Session`."""

    session: requests.Session
    timed_out = requests.ReadTimeout

    def post(self, url: str, **options: Any) -> Answer:
        if "content" in options:
            options["data"] = options.pop("content")
        return _answer(self.session.post(url, **{"timeout": TIMEOUT, **options}))


def _answer(response: httpx.Response | requests.Response) -> Answer:
    length = int(response.headers["Content-Length"])
    return Answer(response.status_code, response.content, length, str(response.url))


@contextmanager
def sync_client(translator: Translator, **options: Any) -> Iterator[Sync]:
    transport = TranslatingTransport(translator, **options)
    with httpx.Client(transport=transport, headers=HEADERS, timeout=TIMEOUT) as client:
        yield Sync(client)


@contextmanager
def async_client(translator: Translator, **options: Any) -> Iterator[Async]:
    transport = AsyncTranslatingTransport(translator, **options)
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


CLIENTS = {"httpx": sync_client, "httpx with await": async_client, "requests": session}
