"""One call without a wire: what goes up, what comes down, and what is said about it."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from migrator.payload.adapters.exchange import Exchange, UntranslatedCall
from migrator.payload.byte_documents import encode_json
from migrator.payload.translation_errors import UnknownNameError
from migrator.payload.translator import Translator

BASE = "https://api.livechatinc.com/v3.1/configuration/action/"


@pytest.fixture
def exchange():
    return Exchange.from_translator(Translator("3.1", "3.2"))


def up(exchange, method, body):
    return exchange.translate_request(exchange.find_address(BASE + method), encode_json(body))


def test_an_answer_without_the_id_that_a_further_call_needs_is_handed_on_and_reported(exchange):
    upward = up(exchange, "create_bot_agent", {"name": "Ada", "status": "accepting chats"})
    downward = exchange.translate_response(upward, b"{}")
    assert (downward.content, downward.follow_ups) == (b"{}", ())
    (failure,) = downward.report.failures
    assert failure.reason.startswith("/bot_agent_id: ")


@pytest.mark.parametrize("content", [b"", b"busy", b"null"], ids=["empty", "no JSON", "null"])
def test_an_answer_is_handed_on_and_the_missing_id_reported_when_it_is(exchange, content):
    upward = up(exchange, "create_bot_agent", {"name": "Ada", "status": "accepting chats"})
    downward = exchange.translate_response(upward, content)
    assert downward.content == content
    assert len(downward.report.failures) == 1


def test_an_answer_of_an_impossible_type_is_handed_on_and_reported(exchange):
    content = b'[{"action": 5}]'
    downward = exchange.translate_response(up(exchange, "get_webhooks_config", {}), content)
    assert downward.content == content
    assert downward.report.problem.startswith("/0/action: ")
    assert list(downward.report.format_lines()) == [
        f"get_webhooks_config: passed on untranslated: {downward.report.problem}"
    ]


def test_an_answer_that_nothing_changes_keeps_its_bytes(exchange):
    content = b'{ "bot_agents": [ {"id": "b", "status": "offline"} ] }'
    downward = exchange.translate_response(up(exchange, "get_bot_agents", {"all": True}), content)
    assert downward.content is content
    assert downward.report.empty


def test_a_request_that_nothing_changes_keeps_its_bytes(exchange):
    content = b'{ "bot_agent_id" : "b" }'
    assert exchange.translate_request(exchange.find_address(BASE + "get_bot_agent_details"), content).content is content


def test_a_further_call_goes_to_the_host_of_the_program(exchange):
    exchange = Exchange.from_translator(Translator("3.1", "3.2", hosts=["proxy.example.com"]))
    address = exchange.find_address("https://proxy.example.com:8443/v3.1/configuration/action/update_bot_agent")
    upward = exchange.translate_request(address, encode_json({"id": "b", "status": "offline"}))
    (call,) = upward.follow_ups
    assert call.url == "https://proxy.example.com:8443/v3.2/agent/action/set_routing_status"


FOREIGN = {
    "of another API": "https://api.livechatinc.com/v3.1/agent/action/send_event",
    "of the version of the server": "https://api.livechatinc.com/v3.2/configuration/action/list_bots",
    "of another vendor": "https://example.com/v3.1/configuration/action/get_bot_agents",
}


@pytest.mark.parametrize("url", FOREIGN.values(), ids=FOREIGN)
def test_an_exchange_does_not_concern_a_url(exchange, url):
    assert exchange.find_address(url) is None


UNTRANSLATED = {
    "of another version": ("https://api.livechatinc.com/v3.0/configuration/action/get_bot_agents", "names version 3.0"),
    "without a version": ("https://api.livechatinc.com/configuration/action/get_bot_agents/", "names no version"),
}


@pytest.mark.parametrize(("url", "problem"), UNTRANSLATED.values(), ids=UNTRANSLATED)
def test_a_call_is_known_but_not_translated(exchange, url, problem):
    call = exchange.find_address(url)
    assert isinstance(call, UntranslatedCall)
    assert problem in call.problem


def test_an_escaped_letter_in_a_url_is_that_letter(exchange):
    address = exchange.find_address(BASE.replace("action", "%61ction") + "get_bot%5Fagents?q=%2F%41")
    assert address.url == "https://api.livechatinc.com/v3.2/configuration/action/list_bots?q=%2FA"


def test_an_answer_that_unpacks_beyond_the_limit_is_handed_on_and_reported(exchange):
    upward = up(exchange, "get_webhooks_config", {})
    content = gzip.compress(b'[{"action": "chat_deactivated"}, "' + b"x" * 1000 + b'"]')
    downward = replace(exchange, limit=1000).translate_response(upward, content, "gzip")
    assert downward.content is content
    assert downward.report.problem == "it unpacks to more than 1000 bytes"


@pytest.mark.parametrize("on_loss", ["report", "raise"])
def test_an_answer_without_a_counterpart_is_handed_on_and_reported(on_loss):
    exchange = Exchange.from_translator(Translator("3.2", "3.1", on_loss=on_loss))
    url = "https://api.livechatinc.com/v3.2/configuration/action/list_registered_webhooks"
    upward = exchange.translate_request(exchange.find_address(url), b"{}")
    content = b'[{"action": "agent_status_changed", "webhook_id": "w1"}, {"action": "thread_closed"}]'
    downward = exchange.translate_response(upward, content)
    left = b'[{"action": "chat_deactivated"}]' if on_loss == "report" else content
    assert (upward.address.new_method, downward.content) == ("get_webhooks_config", left)
    assert [loss.pointer for loss in downward.report.losses] == ["/0"]
    assert downward.report.problem == (None if on_loss == "report" else "no counterpart")


@pytest.mark.parametrize("method", ["order_pizza", "create_agent"])
def test_a_method_that_neither_version_knows_passes_and_is_reported(exchange, method):
    upward = up(exchange, method, {"name": "Ada"})
    assert upward.content == encode_json({"name": "Ada"})
    downward = exchange.translate_response(upward, b'{"id": "a"}')
    assert downward.content == b'{"id": "a"}'
    assert (downward.report.unknown_name, downward.report.problem, downward.report.losses) == (method, None, ())
    assert [*downward.report.format_lines()] == [f"{method}: neither version knows a method of this name"]


def test_a_misspelt_method_is_an_error_before_anything_is_sent(exchange):
    with pytest.raises(UnknownNameError, match="did you mean create_bot_agent"):
        up(exchange, "creat_bot_agent", {})
