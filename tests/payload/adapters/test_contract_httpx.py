"""What a program sees of httpx and httpx2 is what it would see without the transport."""

from __future__ import annotations

import asyncio
import pickle
from contextlib import contextmanager

import httpx
import httpx2
import pytest

import migrator.httpx
import migrator.httpx2
from contract_exchanges import contract_cases
from response_pictures import differences, picture
from scripted_server import scripted_server
from translating_clients import translator

IGNORED = {"elapsed", "stream", "next_request"}
MODULES = {"httpx": (httpx, migrator.httpx), "httpx2": (httpx2, migrator.httpx2)}


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        yield server


@pytest.fixture(scope="module", params=MODULES)
def library(request):
    return MODULES[request.param]


@pytest.fixture(scope="module")
def clients(library):
    """A client as it is, and one with the transport."""
    http, ours = library
    translating = ours.TranslatingTransport(translator(), http.HTTPTransport(verify=False), on_report=lambda _: None)
    with http.Client(verify=False, trust_env=False) as plain, http.Client(transport=translating) as other:
        yield plain, other


@contextmanager
def async_clients(library):
    http, ours = library
    inner = http.AsyncHTTPTransport(verify=False)
    translating = ours.AsyncTranslatingTransport(translator(), inner, on_report=lambda _: None)
    plain, other = http.AsyncClient(verify=False, trust_env=False), http.AsyncClient(transport=translating)
    with asyncio.Runner() as runner:
        try:
            yield plain, other, runner
        finally:
            runner.run(plain.aclose())
            runner.run(other.aclose())


def create_request(client, server, case):
    server.reply = case.answer
    client.cookies.clear()
    url = f"{server.url}{case.path}{case.method}" + (f"?{case.query}" if case.query else "")
    return client.build_request(case.verb, url, content=case.body or None, headers=case.headers)


def picture_of(response, content):
    if response.is_closed:
        assert response.elapsed.total_seconds() > 0
    if response.headers.get("Transfer-Encoding"):
        content = b"".join(content)  # the sizes of pieces are those of the chunks that have arrived
    return {
        **picture(response, IGNORED),
        "read": content,
        "headers": response.headers.raw,
        "extensions": sorted(response.extensions),
        "http_version": response.http_version,
        "request": picture(response.request, {"stream"}),
        "next": response.next_request and str(response.next_request.url),
        "history": [picture_of(each, [each.content]) for each in response.history],
    }


READERS = {
    "whole": lambda response: [response.read()],
    "in pieces": lambda response: list(response.iter_bytes(7)),
    "in lines": lambda response: [each.encode() + b"\n" for each in response.iter_lines()],
    "raw": lambda response: list(response.iter_raw(7)),
    "not at all": lambda _: [],
}


@pytest.mark.parametrize("reader", READERS)
def test_every_public_attribute_of_a_response_is_what_it_is_without_the_transport(server, clients, reader):
    pictures = []
    for client in clients:
        seen = {}
        for name, case in contract_cases(server.url).items():
            if "ends early" in name and reader == "not at all":
                continue  # the transport has read it by then
            try:
                request = create_request(client, server, case)
                response = client.send(request, stream=True, follow_redirects=case.redirects)
                seen[name] = picture_of(response, READERS[reader](response))
                response.close()
            except Exception as error:
                seen[name] = type(error).__name__
        pictures.append(seen)
    assert differences(*pictures) == {}


def test_every_public_attribute_of_a_response_is_what_it_is_without_the_transport_with_await(server, library):
    async def draw(client):
        seen = {}
        for name, case in contract_cases(server.url).items():
            try:
                request = create_request(client, server, case)
                response = await client.send(request, follow_redirects=case.redirects)
                seen[name] = picture_of(response, [await response.aread()])
            except Exception as error:
                seen[name] = type(error).__name__
        return seen

    with async_clients(library) as (plain, translating, runner):
        assert differences(runner.run(draw(plain)), runner.run(draw(translating))) == {}


def test_a_response_can_be_pickled(server, clients):
    for name, case in contract_cases(server.url).items():
        if "early" in name or "not in its encoding" in name:
            continue
        sent = [client.send(create_request(client, server, case)) for client in clients]
        copies = [pickle.loads(pickle.dumps(each)) for each in sent]
        assert differences(*({name: picture(copy, IGNORED)} for copy in copies)) == {}


def test_cookies_of_an_answer_are_kept_for_the_client_as_without_the_transport(server, clients):
    jars = []
    for client in clients:
        client.send(create_request(client, server, contract_cases(server.url)["cookies"]))
        jars.append([(each.name, each.value, each.path, each.domain) for each in client.cookies.jar])
    assert jars[0] == jars[1]
    assert len(jars[0]) == 2
