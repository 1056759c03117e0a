"""What a program sees of requests is what it would see without the adapter."""

from __future__ import annotations

import pickle

import pytest
import requests
from requests.adapters import HTTPAdapter

from contract_exchanges import contract_cases
from migrator.requests import TranslatingAdapter
from response_pictures import differences, picture
from scripted_server import scripted_server
from translating_clients import translator

IGNORED = {"elapsed", "next"}


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        yield server


@pytest.fixture(scope="module", params=["alone", "around an adapter"])
def sessions(request):
    """A session as it is, and one with the adapter."""
    inner = HTTPAdapter() if request.param == "around an adapter" else None
    with requests.Session() as plain, requests.Session() as translating:
        translating.mount("http://127.0.0.1", TranslatingAdapter(translator(), inner, on_report=lambda _: None))
        for session in (plain, translating):
            session.trust_env = False
        yield plain, translating


def send(session, server, case, *, stream):
    server.reply = case.answer
    session.cookies.clear()
    url = f"{server.url}{case.path}{case.method}" + (f"?{case.query}" if case.query else "")
    return session.request(
        case.verb,
        url,
        data=case.body or None,
        headers=case.headers,
        allow_redirects=case.redirects,
        stream=stream,
        timeout=5,
    )


def picture_of(response, read):
    content = read(response)
    if response.headers.get("Transfer-Encoding"):
        content = b"".join(content)  # the sizes of pieces are those of the chunks that have arrived
    assert response.elapsed.total_seconds() > 0
    seen = picture(response, IGNORED)
    return {
        **seen,
        "read": content,
        "connection": isinstance(response.connection, HTTPAdapter),
        "raw": picture(response.raw, {"connection", "pool", "chunk_left"}),
        "raw headers": list(response.raw.headers.items()),
        "request": picture(response.request, {"hooks"}),
        "history": [picture_of(each, lambda each: [each.content]) for each in response.history],
    }


READERS = {
    "whole": lambda response: [response.content],
    "in pieces": lambda response: list(response.iter_content(7)),
    "in lines": lambda response: [each + b"\n" for each in response.iter_lines()],
    "raw": lambda response: list(response.raw.stream(7, decode_content=False)),
    "not at all": lambda _: [],
}


@pytest.mark.parametrize("reader", READERS)
def test_every_public_attribute_of_a_response_is_what_it_is_without_the_adapter(server, sessions, reader):
    pictures = []
    for session in sessions:
        seen = {}
        for name, case in contract_cases(server.url).items():
            if "ends early" in name and reader in ("raw", "not at all"):
                continue  # the adapter has read it by then, as `content` would
            try:
                with send(session, server, case, stream=reader != "whole") as response:
                    seen[name] = picture_of(response, READERS[reader])
            except Exception as error:
                seen[name] = type(error).__name__
        pictures.append(seen)
    assert differences(*pictures) == {}


def test_a_response_can_be_pickled(server, sessions):
    for name, case in contract_cases(server.url).items():
        if "early" in name or "not in its encoding" in name:
            continue
        copies = [pickle.loads(pickle.dumps(send(session, server, case, stream=False))) for session in sessions]
        assert differences(*({name: picture(copy, IGNORED)} for copy in copies)) == {}


def test_cookies_of_an_answer_are_kept_for_the_session_as_without_the_adapter(server, sessions):
    jars = []
    for session in sessions:
        send(session, server, contract_cases(server.url)["cookies"], stream=False)
        jars.append([(each.name, each.value, each.path, each.domain) for each in session.cookies])
    assert jars[0] == jars[1]
    assert len(jars[0]) == 2


def test_a_subclass_builds_the_responses_of_translated_calls_as_well(server):
    class Marked(TranslatingAdapter):
        def build_response(self, req, resp):
            response = super().build_response(req, resp)
            response.marked = True
            return response

    case = contract_cases(server.url)["a renamed value"]
    with requests.Session() as session:
        session.mount("http://127.0.0.1", Marked(translator()))
        response = send(session, server, case, stream=False)
    assert (response.marked, response.content) == (True, case.old.content)
