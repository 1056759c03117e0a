"""A receiver that was written for one version gets the webhooks of another, behind a real ASGI or WSGI server."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from migrator import asgi, wsgi
from migrator.payload.translator import Translator
from served import serve_asgi, serve_wsgi
from translating_clients import translator

HOOK = "/hooks/livechat"
JSON = {"Content-Type": "application/json"}
NEW = {
    "webhook_id": "w1",
    "secret_key": "tell nobody",
    "action": "chat_access_granted",
    "license_id": 104130623,
    "payload": {"id": "PJ0MRSHTDG", "access": {"group_ids": [1]}, "text": "größer 📦"},
    "additional_data": {},
}
OLD = {**NEW, "action": "access_granted", "payload": {"resource": "chat", **NEW["payload"]}}
REMOVED = {**NEW, "action": "agent_status_changed", "payload": {"agent_id": "a@example.com", "status": "offline"}}


@dataclass
class Arrived:
    """What the application was given, request by request."""

    bodies: list[bytes] = field(default_factory=list)
    lengths: list[str] = field(default_factory=list)

    @property
    def documents(self):
        return [json.loads(body) for body in self.bodies]


@contextmanager
def wsgi_receiver(translator, arrived, **options):
    def application(environ, start_response):
        length = environ.get("CONTENT_LENGTH") or ""
        arrived.lengths.append(length)
        arrived.bodies.append(environ["wsgi.input"].read(int(length or 0)))
        start_response("204 No Content", [])
        return []

    with serve_wsgi(wsgi.WsgiWebhookMiddleware(application, translator, HOOK, **options)) as url:
        yield url


@contextmanager
def asgi_receiver(translator, arrived, **options):
    async def application(scope, receive, send):
        headers = dict(scope["headers"])
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message.get("more_body", False)
        arrived.lengths.append(headers.get(b"content-length", b"").decode())
        arrived.bodies.append(body)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with serve_asgi(asgi.AsgiWebhookMiddleware(application, translator, [HOOK], **options)) as url:
        yield url


@pytest.fixture(params=[asgi_receiver, wsgi_receiver], ids=["ASGI", "WSGI"])
def receiver(request):
    return request.param


@pytest.fixture
def arrived():
    return Arrived()


def post(url, content, **headers):
    return httpx.post(url, content=content, headers={**JSON, **headers}, verify=False).status_code


def dumps(document):
    return json.dumps(document, ensure_ascii=False).encode()


DIRECTIONS = {"older": ("3.2", "3.1", NEW, OLD), "newer": ("3.1", "3.2", OLD, NEW)}


@pytest.mark.parametrize(("source", "target", "sent", "expected"), DIRECTIONS.values(), ids=DIRECTIONS)
def test_a_webhook_reaches_a_handler_of_another_version_that_is(receiver, arrived, source, target, sent, expected):
    reports = []
    with receiver(translator(source, target), arrived, on_report=reports.append) as url:
        assert post(url + HOOK, dumps(sent)) == 204
    assert (arrived.documents, reports) == ([expected], [])
    assert arrived.lengths == [str(len(arrived.bodies[0]))]


def test_a_webhook_of_either_version_reaches_the_handler_in_its_own(receiver, arrived):
    with receiver(translator(None, "3.1"), arrived) as url:
        assert [post(url + HOOK, dumps(hook)) for hook in (OLD, NEW)] == [204, 204]
    assert arrived.documents == [OLD, OLD]


def test_a_webhook_that_contradicts_itself_arrives_as_it_came_and_is_reported(receiver, arrived):
    reports = []
    both = {"action": "thread_closed", "data": {}, "payload": {}}
    with receiver(translator(None, "3.2"), arrived, on_report=reports.append) as url:
        assert post(url + HOOK, dumps(both)) == 204
    assert arrived.documents == [both]
    assert "ambiguous" in reports[0].problem


def test_a_webhook_that_did_not_change_arrives_byte_for_byte(receiver, arrived):
    content = dumps({**NEW, "action": "incoming_event", "payload": {"chat_id": "access_granted"}}).replace(b" ", b"  ")
    with receiver(translator("3.2", "3.1"), arrived) as url:
        assert post(url + HOOK, content) == 204
    assert arrived.bodies == [content]


NOT_WEBHOOKS = {
    "is not JSON": b'{"action": "chat_deactivated"',
    "is JSON but no webhook": b'[{"action": "chat_deactivated"}]',
    "has a name of an impossible type": b'{"action": 5}',
    "is not in UTF-8": b'{"action": "chat_deactivated", "payload": "\xff"}',
    "is empty": b"",
}


@pytest.mark.parametrize("content", NOT_WEBHOOKS.values(), ids=NOT_WEBHOOKS)
def test_the_handler_gets_a_body_as_it_came_that(receiver, arrived, content):
    with receiver(translator("3.2", "3.1"), arrived) as url:
        assert post(url + HOOK, content) == 204
    assert arrived.bodies == [content]


def test_a_webhook_without_a_counterpart_arrives_as_it_came_and_is_reported(receiver, arrived):
    reports = []
    with receiver(translator("3.1", "3.2"), arrived, on_report=reports.append) as url:
        assert post(url + HOOK, dumps(REMOVED)) == 204
    assert arrived.documents == [REMOVED]
    (report,) = reports
    assert [loss.rule for loss in report.losses] == ["webhook-agent-status-changed"]


def test_a_webhook_of_an_unknown_or_misspelt_name_arrives_as_it_came_and_is_reported(receiver, arrived):
    reports = []
    unknown, misspelt = {**OLD, "action": "parcel_lost"}, {**OLD, "action": "thread_close"}
    with receiver(Translator("3.1", "3.2"), arrived, on_report=reports.append) as url:
        assert [post(url + HOOK, dumps(each)) for each in (unknown, misspelt)] == [204, 204]
    assert arrived.documents == [unknown, misspelt]
    assert [report.unknown_name for report in reports] == ["parcel_lost", None]
    assert reports[1].problem == "3.1 has no webhook thread_close; did you mean thread_closed?"


def test_a_webhook_arrives_without_a_value_that_nobody_declared_and_that_is_logged(receiver, arrived, caplog):
    declared = Translator("3.1", "3.2", reference=["webhook-license-id"])
    with receiver(declared, arrived) as url:
        assert post(url + HOOK, dumps({key: OLD[key] for key in OLD if key != "license_id"})) == 204
    assert arrived.documents == [{key: NEW[key] for key in NEW if key != "license_id"}]
    assert caplog.messages == ["webhook: /license_id is missing: declare 'license_id' (webhook-license-id)"]


def test_a_webhook_gets_the_value_that_was_declared(receiver, arrived):
    declared = Translator("3.1", "3.2", reference=["webhook-license-id"], context={"license_id": 104130623})
    with receiver(declared, arrived) as url:
        assert post(url + HOOK, dumps({key: OLD[key] for key in OLD if key != "license_id"})) == 204
    assert arrived.documents == [NEW]


def test_what_is_logged_holds_no_secret(receiver, arrived, caplog):
    odd = {**REMOVED, "payload": {**REMOVED["payload"], "note": "tell nobody"}}
    with caplog.at_level(logging.DEBUG, "migrator"), receiver(translator("3.1", "3.2"), arrived) as url:
        for content in (dumps(REMOVED), dumps(odd), dumps({**OLD, "action": ["tell nobody"]}), dumps(OLD)[:-1]):
            assert post(url + HOOK, content) == 204
    assert len(caplog.records) >= 4
    assert "webhook-agent-status-changed" in caplog.text
    assert "tell nobody" not in caplog.text


UNTOUCHED = {"another route": HOOK + "/other", "a route below": "/hooks", "a longer name": HOOK + "s"}


@pytest.mark.parametrize("path", UNTOUCHED.values(), ids=UNTOUCHED)
def test_nothing_is_read_at(receiver, arrived, path):
    reports = []
    with receiver(translator("3.2", "3.1"), arrived, on_report=reports.append) as url:
        assert post(url + path, dumps(NEW)) == 204
    assert (arrived.bodies, reports) == ([dumps(NEW)], [])


def test_a_webhook_of_exactly_the_limit_arrives(receiver, arrived):
    content = dumps(NEW)
    with receiver(translator("3.2", "3.1"), arrived, limit=len(content)) as url:
        assert post(url + HOOK, content) == 204
    assert arrived.documents == [OLD]


def test_a_webhook_above_the_limit_is_refused_with_413(receiver, arrived):
    content = dumps(NEW)
    with receiver(translator("3.2", "3.1"), arrived, limit=len(content) - 1) as url:
        assert post(url + HOOK, content) == 413
        assert post(url + "/other", content) == 204
    assert arrived.bodies == [content]


def test_the_limit_is_one_mebibyte_unless_told_otherwise(receiver, arrived):
    frame = len(dumps({**NEW, "note": ""}))
    with receiver(translator("3.2", "3.1"), arrived) as url:
        assert post(url + HOOK, dumps({**NEW, "note": "x" * (2**20 - frame)})) == 204
        assert post(url + HOOK, dumps({**NEW, "note": "x" * (2**20 - frame + 1)})) == 413
    assert len(arrived.bodies) == 1


@pytest.mark.parametrize("middleware", [asgi.AsgiWebhookMiddleware, wsgi.WsgiWebhookMiddleware], ids=["ASGI", "WSGI"])
def test_a_path_without_a_slash_is_refused(middleware):
    with pytest.raises(ValueError, match="'hooks' is not a route"):
        middleware(None, translator("3.2", "3.1"), "hooks")
