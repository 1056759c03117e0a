"""The status of a bot leaves the request and becomes a call of its own."""

from __future__ import annotations

import pytest

from migrator import Translator
from migrator.payload.loss import LossExtent
from migrator.payload.translation_errors import DocumentError, LossError

STATUSES = {"accepting chats": "accepting_chats", "not accepting chats": "not_accepting_chats", "offline": "offline"}


@pytest.mark.parametrize("status", STATUSES)
def test_an_update_is_followed_by_a_call_that_sets_the_status(up, status):
    translation = up.request("update_bot_agent", {"id": "bot-1", "name": "Ada", "status": status})
    assert translation.document == {"id": "bot-1", "name": "Ada"}
    assert (translation.method, translation.losses) == ("update_bot", ())
    (call,) = translation.follow_ups
    assert call.ready
    assert (call.api, call.method, call.rule, call.pointer) == (
        "agent",
        "set_routing_status",
        "update-bot-status",
        "/status",
    )
    assert call.url == "https://api.livechatinc.com/v3.2/agent/action/set_routing_status"
    assert call.body == {"agent_id": "bot-1", "status": STATUSES[status]}


@pytest.mark.parametrize("status", ["accepting chats", "not accepting chats"])
def test_a_creation_is_followed_by_a_call_that_waits_for_the_id_of_the_bot(up, status):
    translation = up.request("create_bot_agent", {"name": "Ada", "status": status})
    assert (translation.document, translation.method) == ({"name": "Ada"}, "create_bot")
    (call,) = translation.follow_ups
    assert not call.ready
    assert call.as_json()["awaits"] == {"agent_id": "/bot_agent_id"}
    ready = call.resolve({"bot_agent_id": "bot-7"})
    assert ready.ready
    assert ready.body == {"agent_id": "bot-7", "status": STATUSES[status]}
    assert call.body == {"status": STATUSES[status]}


@pytest.mark.parametrize("answer", [{}, {"bot_agent_id": None}, [], None, "bot-7"])
def test_an_answer_without_the_id_of_the_bot_is_an_error_that_names_its_place(up, answer):
    (call,) = up.request("create_bot_agent", {"name": "Ada", "status": "accepting chats"}).follow_ups
    with pytest.raises(DocumentError, match="set_routing_status needs it as agent_id") as raised:
        call.resolve(answer)
    assert raised.value.pointer == "/bot_agent_id"


def test_a_bot_that_is_created_offline_needs_no_further_call(up):
    translation = up.request("create_bot_agent", {"name": "Ada", "status": "offline"})
    assert translation.document == {"name": "Ada"}
    assert (translation.follow_ups, translation.losses) == ((), ())
    assert "create-bot-status" in translation.applied


def test_a_request_without_a_status_is_followed_by_nothing(up):
    body = {"id": "bot-1", "name": "Ada"}
    translation = up.request("update_bot_agent", body)
    assert translation.document is body
    assert (translation.follow_ups, translation.losses) == ((), ())


def test_a_status_that_nobody_knows_loses_its_call_and_not_the_request(up):
    translation = up.request("update_bot_agent", {"id": "bot-1", "status": "busy"})
    assert (translation.document, translation.follow_ups) == ({"id": "bot-1"}, ())
    assert [(loss.pointer, loss.old, loss.extent) for loss in translation.losses] == [
        ("/status", "busy", LossExtent.VALUE)
    ]


def test_an_update_without_an_id_loses_its_status(up):
    translation = up.request("update_bot_agent", {"name": "Ada", "status": "offline"})
    assert (translation.document, translation.follow_ups) == ({"name": "Ada"}, ())
    assert [(loss.pointer, loss.old, loss.extent) for loss in translation.losses] == [
        ("/status", "offline", LossExtent.VALUE)
    ]
    with pytest.raises(LossError, match="needs /id as agent_id"):
        Translator("3.1", "3.2", on_loss="raise").request("update_bot_agent", {"status": "offline"})


@pytest.mark.parametrize("status", [None, 5, True, ["offline"], {}])
def test_a_status_that_is_no_string_is_an_error_that_names_its_place(up, status):
    with pytest.raises(DocumentError, match="expected a string") as raised:
        up.request("create_bot_agent", {"name": "Ada", "status": status})
    assert raised.value.pointer == "/status"


@pytest.mark.parametrize("on_loss", ["report", "raise"])
def test_a_creation_that_goes_down_is_offline_and_says_so(on_loss):
    translation = Translator("3.2", "3.1", on_loss=on_loss).request("create_bot", {"name": "Ada"})
    assert translation.document == {"name": "Ada", "status": "offline"}
    (note,) = translation.losses
    assert (note.rule, note.pointer, note.extent) == ("create-bot-status", "/status", LossExtent.NOTE)
    assert "3.1 requires status" in note.reason
    assert not translation.lost


def test_an_update_that_goes_down_gets_no_status(down):
    body = {"id": "bot-1"}
    assert down.request("update_bot", body).document is body


@pytest.mark.parametrize("method", ["get_bot_agents", "get_bot_agent_details", "create_bot_agent", "update_bot_agent"])
def test_the_status_stays_in_every_answer(up, method):
    answer = {"status": "offline", "bot_agents": [{"status": "offline"}], "bot_agent": {"status": "offline"}}
    assert up.response(method, answer).document is answer


@pytest.mark.parametrize("method", ["register_webhook", "create_properties", "remove_bot_agent", "get_bot_agents"])
def test_the_status_stays_in_every_other_request(up, method):
    body = {"status": {"type": "string"}}
    assert up.request(method, body).document is body


def test_a_chain_carries_the_call_as_its_one_step_does():
    body = {"name": "Ada", "status": "accepting chats"}
    assert Translator("3.0", "3.2").request("create_bot_agent", body) == Translator("3.1", "3.2").request(
        "create_bot_agent", body
    )
