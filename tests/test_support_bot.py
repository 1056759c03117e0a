"""The support bot works on the version it was written for, and on no other."""

from __future__ import annotations

import os
import subprocess
import sys

import httpx
import pytest

from livechat_server import livechat_server
from support_bot_run import (
    CHAT,
    DELIVERIES,
    JOURNAL,
    PRINTED,
    SUPPORT_BOT,
    THREAD,
    environment,
    support_bot,
)


def test_the_support_bot_runs_from_the_command_line_against_version_3_1():
    with livechat_server("3.1") as server:
        command = [sys.executable, "-m", SUPPORT_BOT.name]
        env = {**os.environ, **environment(server.url)}
        done = subprocess.run(command, cwd=SUPPORT_BOT.parent, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, PRINTED, "")
    assert {request.status for request in server.requests} == {200}


def test_the_support_bot_calls_every_method_of_its_version():
    with livechat_server("3.1") as server, support_bot(server.url) as bot, httpx.Client() as http:
        assert bot.run("--announce", CHAT, http=http).code == 0
    assert {method for method, _ in server.calls} == {
        "create_bot_agent",
        "create_properties",
        "get_bot_agent_details",
        "get_bot_agents",
        "get_property_configs",
        "get_webhooks_config",
        "register_webhook",
        "remove_bot_agent",
        "send_event",
        "unregister_webhook",
        "update_bot_agent",
    }


def test_the_unchanged_support_bot_fails_against_version_3_2():
    with livechat_server("3.2") as server, support_bot(server.url) as bot, httpx.Client() as http:
        outcome = bot.run(http=http)
    assert outcome.code == 1
    assert "create_properties: 404" in outcome.err
    assert [request.status for request in server.requests] == [404]


def test_the_receiver_acts_on_the_webhooks_of_version_3_1():
    with livechat_server("3.1") as server, support_bot(server.url) as bot, httpx.Client() as http:
        desk = bot.deliver(server, DELIVERIES, http)
    assert desk.journal.lines == JOURNAL
    assert desk.journal.chats == {CHAT: "closed"}
    assert desk.journal.closed == 1
    assert desk.journal.agents == {"a@example.com": "accepting chats"}
    assert [event["chat_id"] for event in server.account.events] == [CHAT]


@pytest.mark.parametrize("secret", ["", "another secret"], ids=["without a secret", "with a wrong secret"])
def test_the_receiver_turns_away_a_webhook(secret):
    with livechat_server("3.1") as server, support_bot(server.url) as bot, httpx.Client() as http:
        receiver = bot.module("receiver")
        desk = receiver.Desk(bot.module("client").LiveChat("dal:test", http))
        hook = server.envelope("thread_closed", {"chat_id": CHAT, "thread_id": THREAD}, secret)
        assert receiver.create_app(desk).test_client().post("/incoming_chat_thread", json=hook).status_code == 403
    assert desk.journal.lines == []
