"""Names of webhooks inside requests and answers: registrations, and the webhooks of bots."""

from __future__ import annotations

import pytest

from migrator.payload.loss import LossExtent
from migrator.payload.translation_errors import DocumentError

BOT = {"url": "https://e.example/thread_closed", "secret_key": "s"}


def actions(*names):
    return [
        {"name": name, "filters": {"name": "thread_closed"}, "additional_data": ["thread_closed"]} for name in names
    ]


@pytest.mark.parametrize(("old", "new"), [("create_bot_agent", "create_bot"), ("update_bot_agent", "update_bot")])
def test_the_webhooks_of_a_bot_are_renamed_in_requests(up, down, old, new):
    untouched = actions("incoming_event")[0]
    body = {"id": "b", "webhooks": {**BOT, "actions": [*actions("thread_closed"), untouched, *actions("access_set")]}}
    there = up.request(old, body)
    assert there.method == new
    assert there.document["webhooks"] == {
        **BOT,
        "actions": actions("chat_deactivated", "incoming_event", "chat_access_set"),
    }
    assert there.document["webhooks"]["actions"][1] is untouched
    back = down.request(new, there.document)
    assert back.document["webhooks"] == body["webhooks"]


def test_the_webhooks_of_a_bot_are_renamed_in_its_details(up, down):
    answer = {"bot_agent": {"id": "b", "status": "offline", "webhooks": {**BOT, "actions": actions("thread_closed")}}}
    there = up.response("get_bot_agent_details", answer)
    assert there.document["bot_agent"]["webhooks"]["actions"] == actions("chat_deactivated")
    assert down.response("get_bot", there.document).document == answer


def test_the_registrations_are_renamed_in_the_bare_array_that_lists_them(up, down):
    first = {"webhook_id": "1", "action": "incoming_event"}
    answer = [first, {"webhook_id": "2", "action": "thread_closed", "description": "thread_closed"}]
    there = up.response("get_webhooks_config", answer)
    assert there.document == [
        first,
        {"webhook_id": "2", "action": "chat_deactivated", "description": "thread_closed"},
    ]
    assert there.document[0] is first
    assert there.method == "list_registered_webhooks"
    assert down.response("list_registered_webhooks", there.document).document == answer


def test_a_registration_is_renamed_whatever_it_will_be_about(up):
    body = {"action": "access_granted", "url": "u", "payload": {"resource": "thread"}}
    assert up.request("register_webhook", body).document == {**body, "action": "chat_access_granted"}


def test_a_list_without_a_renamed_registration_comes_back_as_the_same_object(up):
    answer = [{"action": "incoming_event"}, {"action": "chat_user_added"}]
    assert up.response("get_webhooks_config", answer).document is answer


@pytest.mark.parametrize("method", ["create_bot_agent", "update_bot_agent"])
def test_a_bot_that_registers_the_removed_webhook_loses_that_registration(up, method):
    there = up.request(method, {"id": "b", "webhooks": {"actions": actions("thread_closed", "agent_status_changed")}})
    assert there.document == {"id": "b", "webhooks": {"actions": actions("chat_deactivated")}}
    assert [(loss.rule, loss.pointer, loss.old, loss.extent) for loss in there.losses] == [
        ("webhook-agent-status-changed", "/webhooks/actions/1", actions("agent_status_changed")[0], LossExtent.VALUE)
    ]
    assert there.follow_ups == ()


def test_every_registration_that_is_lost_is_named(up):
    answer = [{"action": "agent_status_changed"}, {"action": "thread_closed"}, {"action": "agent_status_changed"}]
    there = up.response("get_webhooks_config", answer)
    assert there.document == [{"action": "chat_deactivated"}]
    assert [loss.pointer for loss in there.losses] == ["/0", "/2"]


def test_a_method_whose_name_stays_keeps_it(up):
    there = up.request("register_webhook", {"action": "thread_closed"})
    assert (there.method, there.applied) == ("register_webhook", ("webhook-thread-closed",))


@pytest.mark.parametrize(
    ("kind", "method", "body", "pointer"),
    [
        ("request", "register_webhook", [], ""),
        ("request", "register_webhook", "thread_closed", ""),
        ("request", "register_webhook", {"action": 5}, "/action"),
        ("request", "register_webhook", {"action": None}, "/action"),
        ("request", "update_bot_agent", [], ""),
        ("request", "update_bot_agent", {"webhooks": []}, "/webhooks"),
        ("request", "update_bot_agent", {"webhooks": {"actions": {}}}, "/webhooks/actions"),
        ("request", "update_bot_agent", {"webhooks": {"actions": ["thread_closed"]}}, "/webhooks/actions/0"),
        ("request", "update_bot_agent", {"webhooks": {"actions": [{"name": []}]}}, "/webhooks/actions/0/name"),
        ("response", "get_webhooks_config", {}, ""),
        ("response", "get_webhooks_config", [[]], "/0"),
        ("response", "get_webhooks_config", [{}, {"action": False}], "/1/action"),
        ("response", "get_bot_agent_details", {"bot_agent": "b"}, "/bot_agent"),
    ],
)
def test_a_wrong_type_where_a_rule_must_act_is_an_error_that_names_its_place(up, kind, method, body, pointer):
    with pytest.raises(DocumentError) as raised:
        (up.request if kind == "request" else up.response)(method, body)
    assert raised.value.pointer == pointer


@pytest.mark.parametrize(
    ("kind", "method", "body"),
    [
        ("request", "update_bot_agent", {"id": "b"}),
        ("request", "update_bot_agent", {"id": "b", "webhooks": None}),
        ("request", "update_bot_agent", {"id": "b", "webhooks": {"url": "u"}}),
        ("request", "update_bot_agent", {"id": "b", "webhooks": {"actions": []}}),
        ("request", "update_bot_agent", {"id": "b", "webhooks": {"actions": [{}]}}),
        ("request", "get_webhooks_config", {}),
        ("request", "get_bot_agents", []),
        ("request", "remove_bot_agent", None),
        ("response", "get_webhooks_config", []),
        ("response", "get_webhooks_config", None),
        ("response", "update_bot_agent", None),
        ("response", "create_bot_agent", {"bot_agent_id": "b"}),
    ],
)
def test_where_nothing_is_to_be_renamed_the_same_object_comes_back(up, kind, method, body):
    assert (up.request if kind == "request" else up.response)(method, body).document is body


@pytest.mark.parametrize(
    "name", ["status", "action", "resource", "data", "payload", "thread_closed", "create_properties"]
)
def test_properties_may_be_called_anything(up, down, name):
    body = {name: {"type": "string", "locations": {"chat": {"access": {"agent": {"read": True}}}}, "domain": [name]}}
    there = up.request("create_properties", body)
    assert there.document is body
    assert there.method == "register_properties"
    assert down.request("register_properties", body).document is body
    assert up.response("get_property_configs", {"ns": body}).document["ns"] is body
