"""Rows of the reference pages change nothing until they are asked for, and then take the place of their like."""

from __future__ import annotations

import re

import pytest

from migrator import Translator
from migrator.payload.translation_errors import LossError

REMOVED = {"action": "agent_status_changed", "payload": {"agent_id": "a", "status": "accepting chats"}}
SUCCESSOR = {**REMOVED, "action": "routing_status_set"}


def test_no_row_of_a_reference_page_applies_by_default():
    translator = Translator("3.0", "3.2")
    rows = {rule.id for step in translator.table.steps for rule in step.rules if not rule.active}
    wrapped = translator.request("create_properties", {"payload": {"a": 1}})
    webhook = translator.webhook({"action": "thread_closed", "data": {}})
    assert wrapped.document == {"payload": {"a": 1}}
    assert rows.isdisjoint({*wrapped.applied, *webhook.applied})


def test_the_successor_of_a_removed_webhook_takes_its_place_when_it_is_asked_for():
    up = Translator("3.1", "3.2", reference=["webhook-routing-status-set"])
    there = up.webhook(REMOVED)
    assert (there.document, there.losses) == (SUCCESSOR, ())
    assert up.back().webhook(SUCCESSOR).document == REMOVED
    assert up.request("register_webhook", {"action": "agent_status_changed"}).document == {
        "action": "routing_status_set"
    }


def test_the_successor_is_lost_on_the_way_down_when_it_is_not_asked_for():
    (loss,) = Translator("3.2", "3.1").webhook(SUCCESSOR).losses
    assert (loss.rule, loss.pointer, loss.old) == ("webhook-routing-status-set", "/action", "routing_status_set")
    assert loss.reason == "routing_status_set has no counterpart in 3.1, only in 3.2"


def test_a_declared_value_is_put_into_every_webhook():
    up = Translator("3.1", "3.2", context={"license_id": 7})
    for name in ("thread_closed", "incoming_event"):
        there = up.webhook({"action": name, "payload": {}})
        assert there.document["license_id"] == 7
        assert "webhook-license-id" in there.applied
        assert there.complete


def test_a_value_that_nobody_declared_is_missing_and_not_invented():
    there = Translator("3.1", "3.2").webhook({"action": "incoming_event", "payload": {}})
    (missing,) = there.missing
    assert missing.as_json() == {"rule": "webhook-license-id", "pointer": "/license_id", "declare": "license_id"}
    assert not there.complete


def test_a_value_that_is_there_is_neither_missing_nor_replaced():
    given = {"action": "incoming_event", "payload": {}, "license_id": 3}
    for context in (None, {"license_id": 7}):
        there = Translator("3.1", "3.2", context=context).webhook(given)
        assert there.document is given
        assert there.complete


def test_on_the_way_down_the_value_stays_unless_it_is_declared_or_asked_for():
    given = {"action": "incoming_event", "payload": {}, "license_id": 7}
    without = {"action": "incoming_event", "payload": {}}
    assert Translator("3.2", "3.1").webhook(given).document is given
    declared = Translator("3.2", "3.1", context={"license_id": 7}).webhook(given)
    assert (declared.document, declared.losses) == (without, ())
    asked = Translator("3.2", "3.1", reference=["webhook-license-id"], on_loss="raise").webhook(given)
    assert asked.document == without
    assert [(loss.pointer, loss.old, loss.extent.value) for loss in asked.losses] == [("/license_id", 7, "note")]


@pytest.mark.parametrize(
    ("wrapped", "bare"),
    [
        ({"payload": {"name": "Ada"}}, {"name": "Ada"}),
        ({"payload": {}}, {}),
        ({"payload": {"payload": 1}}, {"payload": 1}),
    ],
)
def test_a_wrapper_goes_and_comes_back_when_it_is_asked_for(wrapped, bare):
    up = Translator("3.0", "3.1", reference=["request-payload-wrapper"])
    there = up.request("remove_bot_agent", wrapped)
    assert there.document == bare
    assert up.back().request("remove_bot_agent", bare).document == wrapped


def test_a_bare_body_stays_bare():
    up = Translator("3.0", "3.1", reference=["request-payload-wrapper"])
    for body in ({"name": "Ada"}, {"payload": {}, "name": "Ada"}, {}):
        assert up.request("remove_bot_agent", body).document is body


def test_what_stands_inside_a_wrapper_takes_the_further_steps():
    up = Translator("3.0", "3.2", reference=["request-payload-wrapper"])
    body = {"payload": {"id": "b", "status": "offline"}}
    there = up.request("update_bot_agent", body)
    assert there.document == {"id": "b"}
    assert [(call.pointer, call.body["agent_id"]) for call in there.follow_ups] == [("/payload/status", "b")]
    assert body == {"payload": {"id": "b", "status": "offline"}}
    lost = up.request("register_webhook", {"payload": {"action": "agent_status_changed"}})
    assert [loss.pointer for loss in lost.losses] == ["/payload/action"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"reference": ["x", "webhook-thread-closed", "webhook-license-id"]},
            "is called 'webhook-thread-closed' or 'x'",
        ),
        ({"reference": ["webhook-licence-id"]}, "is called 'webhook-licence-id'; did you mean 'webhook-license-id'?"),
        ({"reference": ["x"]}, "is called 'x' (known: customer-fields, request-payload-wrapper, thread-order, "),
        ({"reference": "thread-order"}, "reference takes several rules, such as ['thread-order'], not a string"),
        ({"context": {"licence_id": 1}}, "value 'licence_id'; did you mean 'license_id'? (known: license_id)"),
        ({"context": {"license_id": 1, "x": 2, 3: 4}}, "no rule takes a declared value 'x' or 3 (known: license_id)"),
    ],
)
@pytest.mark.parametrize("source", ["3.1", None])
def test_a_row_or_a_value_that_the_table_does_not_have_is_refused(source, settings, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Translator(source, "3.2", **settings)


def test_a_value_of_another_step_is_accepted():
    assert Translator("3.0", "3.1", context={"license_id": 1}).webhook({"action": "x", "payload": {}}).missing == ()


def test_what_is_only_noted_does_not_raise():
    strict = Translator("3.1", "3.2", on_loss="raise", reference=["webhook-routing-status-set"])
    assert strict.webhook(REMOVED).document == SUCCESSOR
    with pytest.raises(LossError):
        Translator("3.1", "3.2", on_loss="raise").webhook(REMOVED)
