"""The adapters know nothing of their own: with another table they carry the calls of another API, over two steps."""

from __future__ import annotations

import importlib.util
import json
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from migrator import load_rules
from migrator.httpx import TranslatingTransport
from migrator.payload.translator import Translator
from migrator.wsgi import WsgiWebhookMiddleware
from served import serve_wsgi

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
ANSWERS = {
    "register_parcel": {"parcel": {"number": "P1"}},
    "order_pickup": {},
    "track": {"number": "P1", "place": "Lyon"},
    "list_parcels": [{"number": "P1"}],
    "subscribe": {},
    "list_subscriptions": [{"event": "parcel_accepted"}, {"event": "recipient_told"}],
}
ADDRESS = {"city": "Lyon"}


@pytest.fixture(scope="module")
def rules():
    return load_rules(SAMPLES / "tables" / "parcels", shipped=False)


@contextmanager
def parcel_server(calls):
    """Version 3 of the invented API."""

    def application(environ, start_response):
        content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        calls.append((environ["PATH_INFO"], json.loads(content)))
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(ANSWERS[environ["PATH_INFO"].rpartition("/")[2]]).encode()]

    with serve_wsgi(application) as url:
        yield url


@contextmanager
def parcels_app(url, rules, monkeypatch):
    """The sample program, unchanged but for its client."""
    monkeypatch.setenv("PARCELWIRE_URL", url)
    spec = importlib.util.spec_from_file_location("parcels_app", SAMPLES / "parcels_app.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    translator = Translator("1", "3", rules, context={"account": "A7"}, hosts=["127.0.0.1"])
    with httpx.Client(transport=TranslatingTransport(translator)) as program.http:
        yield program


@pytest.fixture
def calls():
    return []


@pytest.fixture
def program(rules, calls, monkeypatch):
    with parcel_server(calls) as url, parcels_app(url, rules, monkeypatch) as program:
        yield program


def test_a_removed_parameter_becomes_a_call_of_its_own_and_a_required_one_is_declared(program, calls):
    assert program.send(300, ADDRESS) == "P1"
    assert calls == [
        (
            "/api/v3/parcels/register_parcel",
            {"weight": 300, "to": ADDRESS, "note": "find me at the back door", "account": "A7"},
        ),
        ("/api/v2/courier/order_pickup", {"parcel_number": "P1", "when": "next_day"}),
    ]


def test_a_key_and_a_method_are_renamed_and_the_answer_is_wrapped_again(program, calls):
    assert program.where("P1") == "Lyon"
    assert calls == [("/api/v3/parcels/track", {"number": "P1"})]


def test_a_method_that_was_renamed_twice_is_called_by_its_last_name(program, calls):
    assert program.late() == ["P1"]
    assert calls == [("/api/v3/parcels/list_parcels", {"older_than": 3, "state": "sent"})]


def test_names_in_an_answer_come_back_over_both_steps(program):
    assert program.ask("subscriptions") == [{"event": "parcel_sent"}, {"event": "sender_told"}]


def test_of_several_names_only_the_one_without_a_counterpart_is_not_sent(program, calls, caplog):
    program.subscribe("https://shop.example.com/")
    (told,) = caplog.messages
    assert "(parcel-event-weighed)" in told
    assert [path for path, _ in calls] == ["/api/v3/parcels/list_subscriptions", "/api/v3/parcels/subscribe"]
    assert "parcel_weighed" not in json.dumps(calls[1][1])


def test_an_event_of_the_last_version_is_understood_by_the_handler_of_the_first(program, rules):
    told = []

    def receiver(environ, start_response):
        message = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        told.append(program.on_event(message, "s"))
        start_response("204 No Content", [])
        return []

    event = {"delivery_id": "d1", "signature": "s", "event": "parcel_accepted", "detail": {"number": "P1"}}
    with serve_wsgi(WsgiWebhookMiddleware(receiver, Translator("3", "1", rules), "/events")) as url:
        for name in ("parcel_accepted", "recipient_told", "parcel_lost"):
            assert httpx.post(url + "/events", json={**event, "event": name}).status_code == 204
    assert told == [
        "Your parcel left with own.",
        "News of your parcel: sender_told",
        "News of your parcel: parcel_lost",
    ]
