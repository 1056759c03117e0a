"""What a program sees of aiohttp's client is what it would see without the middleware."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import contextmanager

import aiohttp
import pytest

from contract_exchanges import contract_cases
from migrator.aiohttp import TranslatingMiddleware
from response_pictures import differences, picture
from scripted_server import scripted_server
from translating_clients import translator

#: `content` is compared by what is read from it; the rest are how far the connection and the upload have come.
IGNORED = {"content", "connection", "closed", "upload_complete"}


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        yield server


@contextmanager
def sessions(**options):
    """A session as it is, and one with the middleware."""

    async def start(*middlewares):
        jar = aiohttp.CookieJar(unsafe=True)
        return aiohttp.ClientSession(middlewares=middlewares, cookie_jar=jar, **options)

    with asyncio.Runner() as runner:
        plain = runner.run(start())
        translating = runner.run(start(TranslatingMiddleware(translator(), on_report=lambda _: None)))
        try:
            yield runner, (plain, translating)
        finally:
            runner.run(plain.close())
            runner.run(translating.close())


async def send(session, server, case):
    server.reply = case.answer
    session.cookie_jar.clear()
    url = f"{server.url}{case.path}{case.method}" + (f"?{case.query}" if case.query else "")
    options = {"data": case.body or None, "headers": case.headers, "allow_redirects": case.redirects}
    return await session.request(case.verb, url, timeout=aiohttp.ClientTimeout(5), **options)


async def picture_of(response, read: Callable[[aiohttp.ClientResponse], Awaitable[object]]):
    content = await read(response)
    seen = picture(response, IGNORED)
    return {
        **seen,
        "read": content,
        "text": await response.text() if isinstance(content, bytes) else None,
        "host": response.host,
        "filled": (response.content_type, response.charset),
        "info": picture(response.request_info),
        "history": [picture(each, IGNORED) for each in response.history],
        "url type": type(response.url).__name__,
    }


async def read_nothing(_):
    return None


async def read_pieces(response):
    return [each async for each in response.content.iter_chunked(1 << 20)]


async def read_lines(response):
    return [each async for each in response.content]


READERS = {
    "whole": aiohttp.ClientResponse.read,
    "in pieces": read_pieces,
    "in lines": read_lines,
    "not at all": read_nothing,
}


@pytest.mark.parametrize("options", [{}, {"auto_decompress": False}], ids=["unpacked", "as packed"])
@pytest.mark.parametrize("reader", READERS)
def test_every_public_attribute_of_a_response_is_what_it_is_without_the_middleware(server, reader, options):
    async def draw(session):
        seen = {}
        for name, case in contract_cases(server.url).items():
            if reader == "not at all" and ("ends early" in name or "not in its encoding" in name):
                continue  # the middleware has read it by then
            try:
                async with await send(session, server, case) as response:
                    seen[name] = await picture_of(response, READERS[reader])
            except Exception as error:
                seen[name] = type(error).__name__
        return seen

    with sessions(**options) as (runner, both):
        pictures = [runner.run(draw(session)) for session in both]
    assert differences(*pictures) == {}


def test_cookies_of_an_answer_are_kept_for_the_session_as_without_the_middleware(server):
    with sessions() as (runner, both):
        jars = []
        for session in both:
            runner.run(send(session, server, contract_cases(server.url)["cookies"])).release()
            jars.append([(each.key, each.value, each["path"], each["domain"]) for each in session.cookie_jar])
    assert jars[0] == jars[1]
    assert len(jars[0]) == 2
