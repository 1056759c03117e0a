"""What no rule is about keeps its bytes, in every kind of document and at every entry."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrator.payload.adapters.exchange import Exchange
from migrator.payload.translation_errors import NotJsonError, TranslationError
from migrator.payload.translator import Translator
from payload.documents import CONTEXTS, TABLES, cases

BOM = b"\xef\xbb\xbf"
API = "https://api.livechatinc.com/v3.1/configuration/action/"
UP, DOWN, DETECTED = Translator("3.1", "3.2"), Translator("3.2", "3.1"), Translator(None, "3.2")

ODDITIES = {
    "a trailing zero": b"1.10",
    "a capital exponent": b"1E5",
    "23 digits": b"0.12345678901234567890123",
    "a number beyond a float": b"1e400",
    "a number below a float": b"-1e-400",
    "an exponent beyond a Decimal": b"1e99999999999999999999",
    "an integer of 5,000 digits": b"7" * 5000,
    "equal keys": b'{"k":1,"k":2,"j":0}',
    "an escape": rb'"\u00e9\/\u005f"',
    "half a surrogate pair": rb'"\ud83d"',
    "layout": b'{ "b" :\t[ 1 ,\r\n 2 ] , "a":\n{} }',
}
odd = pytest.mark.parametrize("value", ODDITIES.values(), ids=ODDITIES)


def at_each_entry(kind, method, data):
    """Return what the entries make of a document: bytes, and for calls the adapters."""
    if kind == "webhook":
        return [UP.webhook_bytes(data).document, DETECTED.webhook_bytes(data).document]
    exchange = Exchange.from_translator(UP)
    if kind == "request":
        address = exchange.find_address(API + method)
        return [UP.request_bytes(method, data).document, exchange.translate_request(address, data).content]
    down = Exchange(Translator("3.2", "3.1"), UP, frozenset())
    upward = down.translate_request(down.find_address(API.replace("3.1", "3.2") + "list_registered_webhooks"), b"{}")
    return [
        UP.response_bytes(method, data).document,
        Exchange(DOWN, UP, frozenset())
        .translate_response(upward.__class__(upward.address.__class__("", "", method), b"{}"), data)
        .content,
    ]


DOCUMENTS = {
    "a webhook that is renamed": (
        "webhook",
        "",
        b'{"webhook_id":"w","action":"thread_closed","payload":{"x":@}}',
        b'{"webhook_id":"w","action":"chat_deactivated","payload":{"x":@}}',
    ),
    "a webhook without a key": (
        "webhook",
        "",
        b'{ "action": "access_set", "payload": { "resource": "chat", "x": @ }, "y": @ }\n',
        b'{ "action": "chat_access_set", "payload": { "x": @ }, "y": @ }\n',
    ),
    "a request with a status": (
        "request",
        "update_bot_agent",
        b'{"id":"b",\n "status":"offline",\n "rate":@,"k":1,"k":@}',
        b'{"id":"b",\n "rate":@,"k":1,"k":@}',
    ),
    "a request with names": (
        "request",
        "create_bot_agent",
        b'{"name":@,"webhooks":{"actions":[{"name":"thread_closed","x":@}, {"name":"agent_status_changed"}, @s ]}}',
        b'{"name":@,"webhooks":{"actions":[{"name":"chat_deactivated","x":@}, @s ]}}',
    ),
    "an answer": (
        "response",
        "get_webhooks_config",
        b'[\n  {"action": "agent_status_changed", "x": @},\n  {"action": "thread_closed", "x": @}\n]\n',
        b'[\n  {"action": "chat_deactivated", "x": @}\n]\n',
    ),
}


@odd
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("mark", [b"", BOM], ids=["", "BOM"])
def test_only_what_a_rule_is_about_changes(document, value, mark):
    kind, method, before, after = document
    filled = [mark + re.sub(b"@s?", lambda hit: _fill(hit[0], value), text) for text in (before, after)]
    for found in at_each_entry(kind, method, filled[0]):
        assert found == filled[1]


def _fill(hole, value):
    return b'{"name":"incoming_event","y":' + value + b"}" if hole == b"@s" else value


@odd
@pytest.mark.parametrize("mark", [b"", BOM], ids=["", "BOM"])
def test_what_needs_no_change_comes_back_as_the_same_object(value, mark):
    webhook, body = mark + b'{"action": "incoming_event", "x": ' + value + b"} ", mark + b' { "x": ' + value + b"}"
    assert UP.webhook_bytes(webhook).document is webhook
    assert DETECTED.webhook_bytes(webhook).document is webhook
    assert UP.request_bytes("get_bot_agents", body).document is body
    assert UP.response_bytes("update_bot_agent", body).document is body


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'{"k":1,"action":"thread_closed","k":2}', b'{"k":1,"action":"chat_deactivated","k":2}'),
        (b'{"action":"x","action":"thread_closed"}', b'{"action":"x","action":"chat_deactivated"}'),
        (
            b'{"action":"access_set","payload":{"resource":"chat","k":1,"k":2}}',
            b'{"action":"chat_access_set","payload":{"k":1,"k":2}}',
        ),
        (
            b'{"action":"access_set","payload":{"resource":"chat","resource":"chat"}}',
            b'{"action":"chat_access_set","payload":{}}',
        ),
        (
            b'{"action":"access_set","payload":{"resource":"thread"},"payload":{"resource":"chat"}}',
            b'{"action":"chat_access_set","payload":{"resource":"thread"},"payload":{}}',
        ),
    ],
)
def test_of_equal_keys_the_last_one_counts_and_the_others_stay(before, after):
    assert UP.webhook_bytes(before).document == after


def test_a_key_is_renamed_where_it_stands():
    there = Translator("3.0", "3.2").webhook_bytes(b'{"action": "access_set", "data": {"resource": "chat"}, "z": 1.0}')
    assert there.document == b'{"action": "chat_access_set", "payload": {}, "z": 1.0}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b'{"action":"chat_access_set","payload":{"a":1}}',
            b'{"action":"access_set","payload":{"a":1,"resource":"chat"}}',
        ),
        (
            b'{"action": "chat_access_set", "payload": {"a": 1}}',
            b'{"action": "access_set", "payload": {"a": 1, "resource": "chat"}}',
        ),
        (
            b'{"action": "chat_access_set", "payload": {\n  "a": 1\n}}',
            b'{"action": "access_set", "payload": {\n  "a": 1,\n  "resource": "chat"\n}}',
        ),
        (b'{"action":"chat_access_set","payload":{ }}', b'{"action":"access_set","payload":{"resource":"chat"}}'),
    ],
)
def test_an_added_key_looks_like_the_others(before, after):
    assert DOWN.webhook_bytes(before).document == after


def test_numbers_are_reported_with_all_their_digits():
    there = UP.request_bytes("update_bot_agent", b'{"id":12345678901234567890123.5,"status":"offline"}')
    assert str(there.follow_ups[0].body["agent_id"]) == "12345678901234567890123.5"


@pytest.mark.parametrize(
    "data", [b"[NaN]", b"[Infinity]", b'"\x01"', b"01", b"1.", "{}".encode("utf-16"), b"\xff", b""]
)
def test_what_is_not_json_is_refused_at_each_entry(data):
    for read in (UP.webhook_bytes, DETECTED.webhook_bytes):
        with pytest.raises(NotJsonError):
            read(data)
    for method in ("get_bot_agents", "update_bot_agent", "no_such_method_at_all"):
        for read in (UP.request_bytes, UP.response_bytes):
            with pytest.raises(NotJsonError):
                read(method, data)


@pytest.mark.parametrize("table", TABLES, ids=[table.api.id for table in TABLES])
@pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bytes_are_those_of_the_document_with_every_other_token_kept(table, up, data):
    """Spell every value in a way that no encoder would, and look for each spelling that no rule touched."""
    case = data.draw(cases(table, up, anything=data.draw(st.booleans())))
    translator = Translator(case.source, case.target, table, context=CONTEXTS[table.api.id])
    written = json.dumps(
        case.document, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.sampled_from([None, 1]))
    )
    spelled = re.sub(
        r"(?<![\w\"\\.+-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w\"])", lambda hit: hit[0] + _pad(hit[0]), written
    )
    if json.loads(spelled) != json.loads(written):  # digits within a string
        return
    case = replace(case, document=json.loads(spelled))  # 1E0 is not 1: what the context declares may differ from it
    try:
        expected = case.translate(translator)
    except TranslationError as error:
        with pytest.raises(type(error)):
            _translate_bytes(translator, case, spelled.encode())
        return
    found = _translate_bytes(translator, case, spelled.encode())
    if expected.document is None:
        assert found.document is None
        return
    assert json.loads(found.document) == expected.document
    assert (found.applied, found.method) == (expected.applied, expected.method)
    assert len(found.losses) == len(expected.losses)
    odd = re.compile(rb"\d0E0\b|\.\d+0\b")
    assert set(odd.findall(found.document)) <= set(odd.findall(spelled.encode()))
    if expected.document is case.document:
        assert found.document == spelled.encode()


def _pad(number):
    return "0" if "." in number and "e" not in number else "" if "e" in number else "E0"


def _translate_bytes(translator, case, data):
    if case.kind == "webhook":
        return translator.webhook_bytes(data)
    return (translator.request_bytes if case.kind == "request" else translator.response_bytes)(case.name, data)
