"""Each exchange at a URL of the API is translated, or left alone because no rule is about it, or reported."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass, field

import brotli
import pytest
import zstandard

from scripted_server import Reply, scripted_server
from translating_clients import CLIENTS, translator

API = "/v3.1/configuration/action/"
CREATE = {"name": "Ada", "status": "accepting chats"}
HOOKS = b'[{"action": "chat_deactivated"}]'
OLD_HOOKS = b'[{"action": "thread_closed"}]'
JSON = {"Content-Type": "application/json"}


def deflate_bare(content):
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(content) + stream.flush()


PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
UNPACK = {
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "br": brotli.decompress,
    "zstd": lambda content: zstandard.ZstdDecompressor().decompressobj().decompress(content),
}


EMPTY, NO_HOOKS = Reply(content=b"{}"), Reply(content=b"[]")


@dataclass(frozen=True)
class Scenario:
    """A call, the server's answer to each path segment, and how it ends: t, u or r."""

    ends: str
    method: str = "get_webhooks_config"
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: JSON)
    answer: Reply = NO_HOOKS
    follow_up: Reply = EMPTY
    path: str = API
    error: bool = False


SCENARIOS = {
    "a renamed method": Scenario("t"),
    "a renamed value in the answer": Scenario("t", answer=Reply(content=HOOKS)),
    "a trailing slash": Scenario("t", "get_webhooks_config/"),
    "a query": Scenario("t", "get_webhooks_config?license_id=1"),
    "an old path": Scenario("t", path="/v3.1/configuration/webhooks/"),
    "no body": Scenario("t", body=b""),
    "no content type": Scenario("t", headers={}),
    "another content type": Scenario("t", headers={"Content-Type": "text/plain"}),
    "a removed value with a further call": Scenario(
        "t", "create_bot_agent", json.dumps(CREATE).encode(), answer=Reply(content=b'{"bot_agent_id": "b"}')
    ),
    "a refusal": Scenario("t", answer=Reply(400, content=b'{"error": {}}')),
    "an answer without a body": Scenario("t", answer=Reply(204)),
    "an empty answer": Scenario("t", answer=Reply()),
    "an answer in chunks": Scenario("t", answer=Reply(content=HOOKS, chunked=True)),
    "a call of the server's version": Scenario("u", "list_registered_webhooks", path="/v3.2/configuration/action/"),
    "a call of another API": Scenario("u", "send_event", path="/v3.1/agent/action/"),
    "another page of the host": Scenario("u", "configuration", path="/docs/"),
    "a method that neither version knows": Scenario("r", "frobnicate"),
    "such a method without a body": Scenario("r", "frobnicate", b""),
    "a misspelt method": Scenario("r", "creat_bot_agent", error=True),
    "a call of a third version": Scenario("r", path="/v3.0/configuration/action/"),
    "a call without a version": Scenario("r", path="/configuration/action/"),
    "a body that is not JSON": Scenario("r", body=b"{"),
    "a form": Scenario("r", body=b"name=Ada", headers={"Content-Type": "application/x-www-form-urlencoded"}),
    "a body that is not UTF-8": Scenario("r", body=b'{"a": "\xff"}'),
    "a body that is said to be gzip": Scenario("r", headers={**JSON, "Content-Encoding": "gzip"}),
    "a body in an unknown encoding": Scenario("r", headers={**JSON, "Content-Encoding": "compress"}),
    "a value of an impossible type": Scenario("r", "register_webhook", b'{"action": 5}', error=True),
    "a value without a counterpart": Scenario(
        "r", "register_webhook", b'{"action": "agent_status_changed"}', error=True
    ),
    "an answer that is not JSON": Scenario("r", answer=Reply(content=b"<html>")),
    "an answer of an impossible type": Scenario("r", answer=Reply(content=b'[{"action": 5}]')),
    "an answer in an unknown encoding": Scenario(
        "r", answer=Reply(content=HOOKS, headers=(("Content-Encoding", "x"),))
    ),
    "an answer without the id": Scenario("r", "create_bot_agent", json.dumps(CREATE).encode()),
    "a refused further call": Scenario(
        "r",
        "create_bot_agent",
        json.dumps(CREATE).encode(),
        answer=Reply(content=b'{"bot_agent_id": "b"}'),
        follow_up=Reply(500),
    ),
    "a server that hangs up": Scenario("t", answer=Reply(0), error=True),
}


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        yield server


@pytest.fixture(scope="module", params=CLIENTS.values(), ids=CLIENTS)
def watched(request):
    """A client, what it reports, and which rules it uses."""
    reports, uses = [], []
    with request.param(translator(), on_report=reports.append, on_use=uses.append) as client:
        yield client, reports, uses


def test_an_exchange_ends_in_exactly_one_way(server, watched):
    client, reports, uses = watched
    for name, scenario in SCENARIOS.items():
        reports.clear()
        uses.clear()
        server.start_over()
        follow_up = scenario.follow_up
        server.reply = lambda got, s=scenario, f=follow_up: f if got.method == "set_routing_status" else s.answer
        try:
            client.post(server.url + scenario.path + scenario.method, content=scenario.body, headers=scenario.headers)
        except client.error:
            assert scenario.error, name
        sent = [(got.path, got.content) for got in server.received]
        alone = sent == [(scenario.path + scenario.method, scenario.body)]
        assert len(reports) == (scenario.ends == "r"), name
        if scenario.ends == "t":
            assert not alone, name
        if scenario.ends == "u":
            assert alone, name
            assert uses == [], name


ENCODINGS = [*PACK, "deflate bare"]


def pack_for(encoding, content):
    return deflate_bare(content) if encoding == "deflate bare" else PACK[encoding](content)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_packed_body_is_translated_and_packed_again(server, watched, encoding):
    client, reports, _ = watched
    server.start_over()
    server.reply = lambda _: Reply()
    name = encoding.partition(" ")[0]
    body = pack_for(encoding, b'{ "action": "thread_closed"}')
    headers = {**JSON, "Content-Encoding": name, "Digest": "sha-256=old"}
    client.post(server.url + API + "register_webhook", content=body, headers=headers)
    (got,) = server.received
    assert got.headers["content-encoding"] == name
    assert "digest" not in got.headers
    unpacked = zlib.decompress(got.content, -15) if encoding == "deflate bare" else UNPACK[name](got.content)
    assert (got.method, unpacked, reports) == ("register_webhook", b'{ "action": "chat_deactivated"}', [])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_packed_answer_reads_as_that_of_the_older_version(server, watched, encoding):
    client, reports, uses = watched
    headers = (("Content-Encoding", encoding.partition(" ")[0]), ("ETag", '"new"'))
    server.reply = lambda _: Reply(content=pack_for(encoding, HOOKS), headers=headers)
    reports.clear()
    uses.clear()
    answer = client.post(server.url + API + "get_webhooks_config", json={})
    assert (answer.content, reports) == (OLD_HOOKS, [])
    assert [(use.rule, use.kind, use.direction) for use in uses if use.kind == "response"] == [
        ("webhook-thread-closed", "response", "down")
    ]


def test_what_cannot_be_read_is_sent_as_it_is_to_the_url_of_the_client(server, watched):
    client, reports, _ = watched
    server.reply = lambda _: Reply()
    for content, encoding in ((b"{", ""), (b"\x1f\x8b", "gzip"), (gzip.compress(b"{}")[:-3], "gzip"), (b"{}", "x")):
        server.start_over()
        reports.clear()
        headers = {**JSON, "Content-Encoding": encoding} if encoding else JSON
        client.post(server.url + API + "create_bot_agent?a=1", content=content, headers=headers)
        (got,) = server.received
        assert (got.path, got.content) == (API + "create_bot_agent?a=1", content)
        assert got.headers.get("content-encoding", "") == encoding
        assert [report.subject for report in reports] == ["create_bot_agent"]
