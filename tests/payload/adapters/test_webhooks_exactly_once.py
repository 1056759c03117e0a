"""Each request at the path of webhooks is translated, or left alone because no rule is about it, or reported."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import hmac
import io
import json
import zlib
from dataclasses import dataclass, field
from urllib.parse import quote

import brotli
import pytest
import zstandard

from migrator.asgi import AsgiWebhookMiddleware
from migrator.payload.translation_errors import LossError
from migrator.wsgi import WsgiWebhookMiddleware
from translating_clients import translator

NEW = b'{ "action": "chat_deactivated", "webhook_id": "w", "payload": {"n": 1.10}}'
OLD = NEW.replace(b"chat_deactivated", b"thread_closed")
REMOVED = NEW.replace(b"chat_deactivated", b"agent_status_changed")
OTHER = NEW.replace(b"chat_deactivated", b"chat_user_added")
JSON = {"Content-Type": "application/json"}
PATH = "/hooks/\u017c\u00f3\u0142w"
LIMIT = 10_000


@dataclass
class Outcome:
    """What the application got, and what was said about it; `status` is 0 where nobody answered."""

    status: int = 0
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    received: bytes | None = None
    reports: list = field(default_factory=list)
    uses: list = field(default_factory=list)


def over_asgi(content, headers=JSON, verb="POST", path=PATH, source="3.2", **options):
    """Send one request as uvicorn passes it on."""
    outcome = Outcome()
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def application(scope, receive, send):
        outcome.body = (await receive())["body"]
        outcome.headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        outcome.received = scope.get("extensions", {}).get("migrator", {}).get("body")
        await send({"type": "http.response.start", "status": 204})

    async def receive():
        return {"type": "http.request", "body": content}

    async def send(message):
        outcome.status = message.get("status", outcome.status)

    scope = {"type": "http", "method": verb, "path": path, "headers": sent, "extensions": {"http.response.push": {}}}
    asyncio.run(_create(AsgiWebhookMiddleware, application, outcome, source, options)(scope, receive, send))
    return outcome


def over_wsgi(content, headers=JSON, verb="POST", path=PATH, source="3.2", **options):
    """Send one request as a WSGI server passes it on."""
    outcome = Outcome()

    def application(environ, start_response):
        outcome.body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or len(content)))
        names = {name: name.removeprefix("HTTP_").replace("_", "-").lower() for name in environ if name.isupper()}
        outcome.headers = {names[name]: environ[name] for name in names}
        outcome.received = environ.get("migrator.body")
        start_response("204 No Content", [])
        return []

    environ = {
        "REQUEST_METHOD": verb,
        "PATH_INFO": path.encode().decode("latin-1"),
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": io.BytesIO(content),
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_T") or key == "CONTENT_LENGTH" else f"HTTP_{key}"] = value
    start = lambda status, _: setattr(outcome, "status", int(status[:3]))  # noqa: E731
    list(_create(WsgiWebhookMiddleware, application, outcome, source, options)(environ, start))
    return outcome


def _create(middleware, application, outcome, source, options):
    hooks = {"on_report": outcome.reports.append, "on_use": outcome.uses.append, "limit": LIMIT}
    on_loss = options.pop("on_loss", "report")
    chosen = translator(source, options.pop("target", "3.1"), on_loss)
    return middleware(application, chosen, [PATH, "/other/"], **{**hooks, **options})


@pytest.fixture(params=[over_asgi, over_wsgi], ids=["ASGI", "WSGI"])
def deliver(request):
    return request.param


#: How a request ends: t, u, r, or x for one that is refused and reported.
SCENARIOS = {
    "posted": ("t", NEW, {}),
    "put": ("t", NEW, {"verb": "PUT"}),
    "with a slash at its end": ("t", NEW, {"path": PATH + "/"}),
    "without the slash of its path": ("t", NEW, {"path": "/other"}),
    "without a content type": ("t", NEW, {"headers": {}}),
    "of another content type": ("t", NEW, {"headers": {"Content-Type": "text/plain"}}),
    "with a charset": ("t", NEW, {"headers": {"Content-Type": "Application/JSON; charset=utf-8"}}),
    "in gzip": ("t", gzip.compress(NEW), {"headers": {**JSON, "Content-Encoding": "GZIP"}}),
    "that no rule is about": ("u", OTHER, {}),
    "that is empty": ("u", b"", {}),
    "got": ("u", b"", {"verb": "GET"}),
    "at another path": ("u", NEW, {"path": "/hooks"}),
    "at a longer path": ("u", NEW, {"path": PATH + "/more"}),
    "that is not JSON": ("r", NEW[:-1], {}),
    "that is not UTF-8": ("r", NEW.replace(b"1.10", b'"\xff"'), {}),
    "that is a form": ("r", b"action=chat_deactivated", {"headers": {"Content-Type": "text/plain"}}),
    "that is no object": ("r", b"[]", {}),
    "that has no name": ("r", b"{}", {}),
    "without a counterpart": ("r", REMOVED, {"source": "3.1", "target": "3.2"}),
    "in an unknown encoding": ("r", NEW, {"headers": {**JSON, "Content-Encoding": "compress"}}),
    "that is not in its encoding": ("r", NEW, {"headers": {**JSON, "Content-Encoding": "gzip"}}),
    "that is cut off": ("r", gzip.compress(NEW)[:-1], {"headers": {**JSON, "Content-Encoding": "gzip"}}),
    "of no known version": ("r", b'{"action": "x", "data": {}, "payload": {}}', {"source": None}),
    "above the limit": ("x", NEW + b" " * LIMIT, {}),
    "that unpacks above it": ("x", gzip.compress(NEW + b" " * LIMIT), {"headers": {"Content-Encoding": "gzip"}}),
    "of a length of 5000 digits": ("x", NEW, {"headers": {**JSON, "Content-Length": "9" * 5000}}),
}


@pytest.mark.parametrize(("ends", "content", "options"), SCENARIOS.values(), ids=SCENARIOS)
def test_a_request_ends_in_exactly_one_way(deliver, ends, content, options):
    outcome = deliver(content, **options)
    assert (outcome.status, outcome.body is None) == ((413, True) if ends == "x" else (204, False))
    assert len(outcome.reports) == (ends in "rx")
    assert bool(outcome.uses) == (ends == "t" or content == REMOVED)
    assert (outcome.body not in (content, None)) == (ends == "t")


def test_a_webhook_that_shall_not_be_lost_is_an_error_and_reported(deliver):
    reports = []
    with pytest.raises(LossError):
        deliver(REMOVED, source="3.1", target="3.2", on_loss="raise", on_report=reports.append)
    assert [report.consequence for report in reports] == ["refused"]


PACK = {
    "gzip": (gzip.compress, gzip.decompress),
    "deflate": (zlib.compress, zlib.decompress),
    "br": (brotli.compress, brotli.decompress),
    "zstd": (
        zstandard.ZstdCompressor().compress,
        lambda content: zstandard.ZstdDecompressor().decompressobj().decompress(content),
    ),
}


@pytest.mark.parametrize("encoding", PACK)
def test_a_packed_webhook_is_packed_again(deliver, encoding):
    pack, unpack = PACK[encoding]
    outcome = deliver(pack(NEW), {**JSON, "Content-Encoding": encoding, "Content-MD5": "x", "Digest": "y"})
    assert unpack(outcome.body) == OLD
    assert outcome.headers["content-length"] == str(len(outcome.body))
    assert outcome.headers["content-encoding"] == encoding
    assert {"content-md5", "digest"}.isdisjoint(outcome.headers)


def test_a_webhook_that_nothing_changes_keeps_its_headers(deliver):
    headers = {**JSON, "Content-MD5": "x", "Content-Length": str(len(OTHER))}
    outcome = deliver(OTHER, headers)
    assert outcome.headers["content-md5"] == "x"
    assert outcome.headers["content-length"] == str(len(OTHER))


@pytest.mark.parametrize("content", [NEW, OTHER, NEW[:-1], b""], ids=["translated", "untouched", "reported", "empty"])
def test_a_signature_can_be_checked_against_the_body_as_it_was_received(deliver, content):
    signature = hmac.new(b"key", content, hashlib.sha256).hexdigest()
    outcome = deliver(content, {**JSON, "X-Signature": signature})
    assert hmac.new(b"key", outcome.received, hashlib.sha256).hexdigest() == outcome.headers["x-signature"]


def test_the_body_as_received_is_still_packed(deliver):
    content = gzip.compress(NEW)
    assert deliver(content, {**JSON, "Content-Encoding": "gzip"}).received == content


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_use_names_the_webhook_as_the_program_does_and_no_value(deliver, mark):
    (use,) = deliver(mark + NEW).uses
    assert (use.rule, use.kind, use.direction, use.name, use.version) == (
        "webhook-thread-closed",
        "webhook",
        "down",
        "thread_closed",
        "3.1",
    )


def test_a_path_beyond_ascii_is_matched_by_its_characters(deliver):
    assert json.loads(deliver(NEW).body)["action"] == "thread_closed"
    assert json.loads(deliver(NEW, path=quote(PATH)).body)["action"] == "chat_deactivated"


LENGTHS = ["many", "\u00b2", "-5", "1_0", "0x10"]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_length_that_is_no_number_is_reported_where_the_server_leaves_the_end_open(length):
    reports = []
    middleware = WsgiWebhookMiddleware(lambda *_: [], translator("3.2", "3.1"), PATH, on_report=reports.append)
    given = {"PATH_INFO": PATH.encode().decode("latin-1"), "CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(NEW)}
    middleware(given, lambda *_: None)
    assert [report.problem for report in reports] == ["the server does not say where it ends"]
    assert given["wsgi.input"].tell() == 0
