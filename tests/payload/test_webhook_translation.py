"""Webhooks between the versions of the shipped table: names, the access webhooks, the removed one, the body's key."""

from __future__ import annotations

import pytest

from migrator import Translator
from migrator.payload.loss import LossExtent
from migrator.payload.translation_errors import DocumentError, LossError

ACCESS = {name: f"chat_{name}" for name in ("access_set", "access_revoked", "access_granted")}
ENVELOPE = {"webhook_id": "w", "secret_key": "s", "additional_data": {}}


def envelope(action, **payload):
    return {**ENVELOPE, "action": action, "payload": payload}


@pytest.mark.parametrize(("old", "new"), ACCESS.items())
def test_access_to_a_chat_is_told_without_its_resource(up, down, old, new):
    access = {"group_ids": [0]}
    there = up.webhook(envelope(old, resource="chat", id="PJ0", access=access))
    assert there.document == envelope(new, id="PJ0", access=access)
    assert there.document["payload"]["access"] is access
    assert there.losses == ()
    back = down.webhook(there.document)
    assert back.document == envelope(old, resource="chat", id="PJ0", access=access)
    assert back.losses == ()


@pytest.mark.parametrize("resource", ["thread", "customer", "", "Chat", None, 1, True, ["chat"], {"chat": 1}])
def test_access_to_anything_else_has_no_counterpart(up, resource):
    there = up.webhook(envelope("access_granted", resource=resource, id="PJ0"))
    assert there.document is None
    assert [(loss.rule, loss.pointer, loss.old, loss.extent) for loss in there.losses] == [
        ("webhook-access-granted", "/payload/resource", resource, LossExtent.DOCUMENT)
    ]


def test_access_that_does_not_say_to_what_has_no_counterpart(up):
    assert up.webhook(envelope("access_granted", id="PJ0")).lost
    assert up.webhook({**ENVELOPE, "action": "access_granted"}).lost


def test_access_of_a_new_webhook_that_says_another_resource_has_no_older_counterpart(down):
    there = down.webhook(envelope("chat_access_set", resource="customer", id="PJ0"))
    assert [(loss.pointer, loss.old) for loss in there.losses] == [("/payload/resource", "customer")]
    assert there.document is None


@pytest.mark.parametrize("payload", [5, "chat", ["chat"], True])
def test_a_payload_that_is_no_object_is_an_error_where_a_rule_must_look_inside(up, payload):
    with pytest.raises(DocumentError, match="expected an object") as raised:
        up.webhook({"action": "access_set", "payload": payload})
    assert raised.value.pointer == "/payload"


@pytest.mark.parametrize("payload", [5, "chat", ["chat"], True, None])
def test_a_payload_may_be_anything_where_no_rule_looks_inside(up, payload):
    assert up.webhook({"action": "thread_closed", "payload": payload}).document == {
        "action": "chat_deactivated",
        "payload": payload,
    }


@pytest.mark.parametrize("key", ["action", "resource", "status", "data", "payload"])
def test_data_of_the_user_inside_the_payload_stays_as_it_is(up, key):
    payload = {"properties": {key: {key: "thread_closed"}}, "text": "access_granted", "resource": "chat"}
    there = up.webhook({"action": "thread_closed", "payload": payload})
    assert there.document["payload"] is payload


def test_the_removed_webhook_has_no_counterpart(up):
    there = up.webhook(envelope("agent_status_changed", agent_id="a", status="accepting chats"))
    assert there.document is None
    assert (there.applied, there.follow_ups, there.missing) == ((), (), ())
    assert there.losses[0].reason == "agent_status_changed has no counterpart in 3.2"


def test_the_removed_webhook_raises_where_an_error_is_wanted():
    strict = Translator("3.1", "3.2", on_loss="raise")
    with pytest.raises(LossError, match="no counterpart in 3") as raised:
        strict.webhook(envelope("agent_status_changed", agent_id="a"))
    assert (raised.value.rule, raised.value.pointer) == ("webhook-agent-status-changed", "/action")


@pytest.mark.parametrize("name", ["incoming_event", "chat_user_added", "events_marked_as_seen", "", "no such thing"])
def test_a_webhook_without_a_rule_comes_back_as_the_same_object(up, name):
    given = envelope(name, id=1)
    assert up.webhook(given).document is given
    assert up.webhook_document(given) is given


@pytest.mark.parametrize(("given", "pointer"), [([], ""), (None, ""), ("action", ""), (5, ""), ({}, "/action")])
def test_what_is_no_webhook_is_an_error(up, given, pointer):
    for translate in (up.webhook, up.webhook_document):
        with pytest.raises(DocumentError) as raised:
            translate(given)
        assert raised.value.pointer == pointer


@pytest.mark.parametrize("name", [None, 5, True, ["thread_closed"], {"thread_closed": 1}, 1.5])
def test_a_name_that_is_no_string_is_an_error(up, name):
    with pytest.raises(DocumentError) as raised:
        up.webhook({"action": name, "payload": {}})
    assert raised.value.pointer == "/action"


def test_the_body_has_another_key_in_the_oldest_version():
    body = {"chat_id": "PJ0", "data": 1, "payload": 2}
    there = Translator("3.0", "3.1").webhook({**ENVELOPE, "action": "chat_user_added", "data": body})
    assert there.document == {**ENVELOPE, "action": "chat_user_added", "payload": body}
    assert there.document["payload"] is body
    back = Translator("3.1", "3.0").webhook(there.document)
    assert back.document == {**ENVELOPE, "action": "chat_user_added", "data": body}


def test_a_chain_takes_every_step():
    old = {**ENVELOPE, "action": "access_set", "data": {"resource": "chat", "id": "PJ0"}}
    new = {**ENVELOPE, "action": "chat_access_set", "payload": {"id": "PJ0"}}
    there = Translator("3.0", "3.2").webhook(old)
    assert there.document == new
    assert there.applied == ("webhook-data", "webhook-access-set", "access-resource")
    assert Translator("3.2", "3.0").webhook(new).document == old


def test_a_loss_on_a_later_step_names_the_place_in_the_document_that_was_given():
    there = Translator("3.0", "3.2").webhook({"action": "access_set", "data": {"resource": "thread"}})
    assert [loss.pointer for loss in there.losses] == ["/data/resource"]


def test_an_error_on_a_later_step_names_the_place_in_the_document_that_was_given():
    with pytest.raises(DocumentError) as raised:
        Translator("3.0", "3.2").webhook({"action": "access_set", "data": []})
    assert raised.value.pointer == "/data"


@pytest.mark.parametrize("action", ["thread_closed", "access_set", "incoming_event"])
def test_the_document_alone_is_that_of_the_whole_translation(up, action):
    given = envelope(action, resource="chat", id="PJ0")
    assert up.webhook_document(given) == up.webhook(given).document


def test_the_document_alone_raises_for_what_is_lost(up):
    with pytest.raises(LossError):
        up.webhook_document(envelope("agent_status_changed"))


def test_a_subclass_of_a_dictionary_is_an_object_too(up):
    class Envelope(dict):
        pass

    given = Envelope(envelope("thread_closed", id=1))
    assert up.webhook(given).document == envelope("chat_deactivated", id=1)
    assert given["action"] == "thread_closed"


def test_no_error_and_no_loss_tells_a_secret(up):
    secret = "hunter2-hunter2"
    given = {"action": "access_set", "secret_key": secret, "payload": {"resource": secret}}
    with pytest.raises(LossError) as lost:
        Translator("3.1", "3.2", on_loss="raise").webhook(given)
    with pytest.raises(DocumentError) as wrong:
        up.webhook({"action": [secret], "secret_key": secret})
    assert secret not in str(lost.value) + str(wrong.value)
