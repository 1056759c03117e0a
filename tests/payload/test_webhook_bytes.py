"""Webhooks in bytes: what is not looked at keeps its bytes, and what is no JSON in UTF-8 is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrator import Translator
from migrator.payload.translation_errors import DocumentError, LossError, UnknownNameError


def test_bytes_without_a_rule_come_back_as_the_same_object(up):
    data = b' {"action" : "incoming_event", "payload": {"n": 1.50} }\n'
    assert up.webhook_bytes(data).document is data


@pytest.mark.parametrize(
    "value", [b"1.50", b"1e5", b"-0.0", b"123456789012345678901234567890", b'"\\u00e9\\/"', b'{"b" : [ 1 ],  "a":2}']
)
def test_a_value_that_no_rule_looks_at_keeps_its_bytes(up, value):
    data = b'{"payload":{"resource":"chat","x":' + value + b'},"action":"access_set","y":' + value + b"}"
    there = up.webhook_bytes(data)
    assert there.document.count(value) == 2
    assert json.loads(there.document)["action"] == "chat_access_set"
    assert b"resource" not in there.document


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        pytest.param(b'{"action":"thread_closed","payload":{}}', {"payload": {}}, id="plain"),
        pytest.param(b'{"action":"thread\\u005fclosed"}', {}, id="a name with an escape"),
        pytest.param(b'{"action":"\\u0074hread_closed"}', {}, id="a name that begins with an escape"),
        pytest.param(b'{"\\u0061ction":"thread_closed"}', {}, id="a key with an escape"),
        pytest.param(
            b'{"action":"thread_closed","text":"\\"action\\":\\"thread_closed\\""}',
            {"text": '"action":"thread_closed"'},
            id="the same in a text",
        ),
        pytest.param(b'{"action":"incoming_event","action":"thread_closed"}', {}, id="the last of two keys"),
    ],
)
def test_a_name_is_known_however_it_is_written(up, data, rest):
    assert json.loads(up.webhook_bytes(data).document) == {"action": "chat_deactivated", **rest}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"thread_closed"',
        b"{}",
        b'{"action":5}',
        b'{"action":"thread_closed"} x',
        b'{"action":"thread_closed","x":01}',
        b'{"action":"thread_closed","x":NaN}',
        b"{'action':'thread_closed'}",
        b'{"action":"thread_closed","payload":{"text":"\xff"}}',
        b'{"action":"incoming_event","payload":{"text":"\xc3\x28"}}',
        b'{"action":"incoming_event","payload":{"text":"\xed\xa0\x80"}}',
        '{"action":"thread_closed"}'.encode("utf-16"),
        b'{"action":"access_set","payload":[]}',
        b'{"action":"x","payload":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_what_is_no_webhook_in_utf_8_is_refused(up, data):
    with pytest.raises(DocumentError):
        up.webhook_bytes(data)


def test_letters_beyond_ascii_stay_as_they_are(up):
    data = '{"action":"thread_closed","payload":{"text":"Zażółć 🙂"}}'.encode()
    assert up.webhook_bytes(data).document == data.replace(b"thread_closed", b"chat_deactivated")


def test_a_lost_webhook_has_no_bytes(up):
    there = up.webhook_bytes(b'{"action":"agent_status_changed"}')
    assert there.document is None
    assert there.lost
    with pytest.raises(LossError):
        Translator("3.1", "3.2", on_loss="raise").webhook_bytes(b'{"action":"agent_status_changed"}')


def test_a_missing_value_is_told_and_a_declared_one_is_added(up):
    assert not up.webhook_bytes(b'{"action":"thread_closed"}').complete
    declared = Translator("3.1", "3.2", context={"license_id": 7})
    for name in (b"thread_closed", b"incoming_event"):
        assert json.loads(declared.webhook_bytes(b'{"action":"' + name + b'"}').document)["license_id"] == 7
    kept = declared.webhook_bytes(b'{"action":"thread_closed","license_id":1}')
    assert json.loads(kept.document)["license_id"] == 1


def test_a_chain_reads_through_a_key_that_was_renamed_before():
    data = b'{"action":"access_set","data":{"resource":"chat","n":1.50},"additional_data":{"k" : 1}}'
    there = Translator("3.0", "3.2").webhook_bytes(data)
    assert b'{"k" : 1}' in there.document
    assert b"1.50" in there.document
    assert json.loads(there.document) == {
        "action": "chat_access_set",
        "payload": {"n": 1.5},
        "additional_data": {"k": 1},
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["thread_closed", "access_set", "incoming_event"]),
    edits=st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=2)), min_size=1, max_size=3),
)
def test_bytes_that_were_damaged_are_refused_or_still_json(up, name, edits):
    payload = {"resource": "chat", "text": 'Zażółć "quoted" \\ \n', "n": [1.5e3, -0.1, True, None, {"k": {}}]}
    data = json.dumps({"action": name, "payload": payload}, ensure_ascii=False).encode()
    for place, replacement in edits:
        data = data[:place] + replacement + data[place + 1 :]
    try:
        there = up.webhook_bytes(data)
    except (DocumentError, UnknownNameError):
        return
    json.loads(data)
    assert there.lost or json.loads(there.document) == up.webhook(json.loads(data)).document
