"""Use the client as its README does, and run its example."""

from __future__ import annotations

import os
import runpy
import sys

RANK = {"type": "int", "locations": {"chat": {"access": {"agent": {"read": True, "write": True}}}}}


def test_the_client_works(service, capsys):
    sys.path.insert(0, "src")
    os.environ["LC_TOKEN"] = "dal:test"
    from lcconfig import ApiError, BotDraft, BotStatus, Client, Webhook
    from lcconfig.events import Dispatcher

    client = Client("dal:test")
    try:
        client.bots.update(client.bots.create(BotDraft("Ada")), max_chats_count=2)
        assert client.bots.get("bot-1").status is BotStatus.OFFLINE
    except ApiError:
        assert "create_bot" in service.refused
    hook_id = client.hooks.register(Webhook.THREAD_CLOSED, "https://example.com/", "s", description="d")
    (hook,) = client.hooks.list()
    assert hook.webhook_id == hook_id
    client.hooks.unregister(hook_id)
    client.properties.create(rank=RANK)
    assert client.properties.list() == {"f23a7c": {"rank": RANK}}
    runpy.run_path("examples/close_of_business.py")
    assert capsys.readouterr().out == ("" if service.refused else "removing Ada\n")

    seen = []
    dispatcher = Dispatcher("s")
    dispatcher.on(Webhook.THREAD_CLOSED, seen.append)
    assert dispatcher.feed(service.hook("thread_closed", {"chat_id": "C1"}, "s")) == 1
    assert dispatcher.feed(service.hook("chat_thread_tagged", {"chat_id": "C1"}, "s")) == 0
    assert seen == [{"chat_id": "C1"}]
    service.check()
