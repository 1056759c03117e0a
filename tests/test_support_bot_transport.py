"""The unchanged support bot works against version 3.2 once a translator is plugged in."""

from __future__ import annotations

from contextlib import contextmanager

import httpx
import pytest

from livechat_server import livechat_server
from migrator.httpx import TranslatingTransport
from migrator.payload.translation_errors import LossError
from migrator.payload.translator import Translator
from migrator.wsgi import WsgiWebhookMiddleware
from served import serve_wsgi
from support_bot_run import CHAT, DELIVERIES, JOURNAL, PRINTED, SECRET, support_bot
from upward import sent, translated

HOSTS = ["127.0.0.1"]


@contextmanager
def translating_client():
    with httpx.Client(transport=TranslatingTransport(Translator("3.1", "3.2", hosts=HOSTS))) as http:
        yield http


def test_the_unchanged_bot_works_against_version_3_2_and_sees_what_it_saw_before(caplog):
    with livechat_server("3.2") as server, support_bot(server.url) as bot, translating_client() as http:
        outcome = bot.run(http=http)
    assert (outcome.code, outcome.out, outcome.err) == (0, PRINTED, "")
    assert {request.status for request in server.requests} == {200}
    assert caplog.records == []


def test_the_requests_on_the_wire_are_the_translated_ones_and_their_follow_ups():
    with livechat_server("3.1") as old, support_bot(old.url) as bot, httpx.Client() as http:
        bot.run("--announce", CHAT, http=http)
    with livechat_server("3.2") as new, support_bot(new.url) as bot, translating_client() as http:
        bot.run("--announce", CHAT, http=http)
    assert sent(new.requests) == translated(old.requests, follow_ups=True)
    assert len(new.requests) == len(old.requests) + 3


def test_a_registration_that_has_no_counterpart_stops_the_bot_with_the_reason():
    with (
        livechat_server("3.2") as server,
        support_bot(server.url) as bot,
        translating_client() as http,
        pytest.raises(LossError, match=r"^/action: "),
    ):
        bot.run("--watch-agents", http=http)
    assert "agent_status_changed" not in {body.get("action") for _, body in server.calls}


NEW_NAMES = {
    "incoming_chat_thread": "incoming_chat",
    "access_granted": "chat_access_granted",
    "chat_thread_tagged": "thread_tagged",
    "thread_closed": "chat_deactivated",
}


def test_the_unchanged_receiver_understands_the_webhooks_of_version_3_2():
    with livechat_server("3.2") as server, support_bot(server.url) as bot, translating_client() as http:
        receiver = bot.module("receiver")
        desk = receiver.Desk(bot.module("client").LiveChat("dal:test", http))
        app = receiver.create_app(desk)
        app.wsgi_app = WsgiWebhookMiddleware(app.wsgi_app, Translator("3.2", "3.1"), paths="/incoming_chat_thread")
        with serve_wsgi(app) as url:
            for action, payload in DELIVERIES:
                if action != "agent_status_changed":
                    sent = {key: value for key, value in payload.items() if key != "resource"}
                    name = NEW_NAMES.get(action, action)
                    assert server.deliver(url + "/incoming_chat_thread", name, sent, SECRET) == 204
    assert desk.journal.lines == [line for line in JOURNAL if line != "webhook-0: 2 fields"]
    assert desk.journal.chats == {CHAT: "closed"}
    assert [event["chat_id"] for event in server.account.events] == [CHAT]
