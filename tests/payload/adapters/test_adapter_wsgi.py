"""What is particular to WSGI: Flask, bodies without a length, the caller's own environment."""

from __future__ import annotations

import io
import json

import pytest
from flask import Flask, request

from migrator.payload.translator import Translator
from migrator.wsgi import WsgiWebhookMiddleware

NEW = {"webhook_id": "w1", "secret_key": "s", "action": "chat_deactivated", "payload": {"chat_id": "PJ0MRSHTDG"}}
OLD = {**NEW, "action": "thread_closed"}


@pytest.fixture(scope="module")
def translator():
    return Translator("3.2", "3.1")


def test_an_application_of_flask_takes_it_as_middleware(translator):
    app = Flask(__name__)
    app.add_url_rule("/hooks", "hooks", lambda: request.get_json(), methods=["POST"])
    app.wsgi_app = WsgiWebhookMiddleware(app.wsgi_app, translator, "/hooks")
    assert app.test_client().post("/hooks", json=NEW).get_json() == OLD


def environ(content, **more):
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/hooks",
        "CONTENT_TYPE": "application/json",
        "wsgi.input": io.BytesIO(content),
        **more,
    }


def run(translator, given, **options):
    """The environment that the application gets, and the status if it is not asked."""
    seen, statuses = [], []

    def application(inner, start_response):
        seen.append(inner)
        start_response("204 No Content", [])
        return []

    middleware = WsgiWebhookMiddleware(application, translator, "/hooks", **options)
    assert list(middleware(given, lambda status, _headers: statuses.append(status))) == []
    return (seen[0] if seen else None), statuses[0]


def test_a_chunked_webhook_that_the_server_ends_is_translated(translator):
    given = environ(json.dumps(NEW).encode(), HTTP_TRANSFER_ENCODING="chunked", **{"wsgi.input_terminated": True})
    inner, _ = run(translator, given)
    content = inner["wsgi.input"].read()
    assert json.loads(content) == OLD
    assert inner["CONTENT_LENGTH"] == str(len(content))
    assert "HTTP_TRANSFER_ENCODING" not in inner


def test_a_chunked_webhook_above_the_limit_is_refused(translator):
    given = environ(json.dumps(NEW).encode(), **{"wsgi.input_terminated": True})
    inner, status = run(translator, given, limit=10)
    assert inner is None
    assert status.startswith("413")
    assert given["wsgi.input"].tell() == 11


@pytest.mark.parametrize("length", [{}, {"CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "many"}, {"CONTENT_LENGTH": "²"}])
def test_a_body_whose_end_is_unknown_is_not_read(translator, length):
    given = environ(json.dumps(NEW).encode(), **length)
    inner, _ = run(translator, given)
    assert inner is given
    assert given["wsgi.input"].tell() == 0


def test_a_body_that_says_it_is_too_large_is_not_read(translator):
    given = environ(b"{}", CONTENT_LENGTH="101")
    inner, status = run(translator, given, limit=100)
    assert (inner, given["wsgi.input"].tell()) == (None, 0)
    assert status.startswith("413")


def test_the_environment_of_the_server_is_left_as_it_is(translator):
    content = json.dumps(NEW).encode()
    given = environ(content, CONTENT_LENGTH=str(len(content)))
    before = dict(given)
    run(translator, given)
    assert given == before
