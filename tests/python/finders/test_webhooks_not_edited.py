"""Names of webhooks that are for a person, or that mean something else."""

import pytest

from verbs import manual, noop, transformed

REMOVED = [
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == "agent_status_changed":  #@
                note(hook["payload"]["status"])
        """,
        id="compared",
    ),
    pytest.param(
        """
        def receive(hook):
            match hook:
                case {"secret_key": _, "action": "agent_status_changed", "payload": {"status": status}}:  #@
                    note(status)
        """,
        id="matched",
    ),
]


@pytest.mark.parametrize("source", REMOVED)
def test_a_webhook_that_was_removed_is_shown_and_stays(source):
    manual(source, rule="webhook-agent-status-changed")


def test_the_others_of_a_table_are_renamed_beside_a_webhook_that_was_removed():
    transformed(
        """
        HANDLERS = {
            "«thread_closed→chat_deactivated»": print,
            "agent_status_changed": print,  #@ webhook-agent-status-changed
        }


        def receive(hook):
            assert hook["secret_key"]
            HANDLERS[hook["action"]](hook["payload"])
        """
    )


def test_the_registration_of_a_webhook_that_was_removed_is_shown():
    transformed(
        """
        import requests


        def register(url):
            for action in (
                "«incoming_chat_thread→incoming_chat»",
                "agent_status_changed",  #@ webhook-agent-status-changed
            ):
                requests.post(
                    "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/register_webhook",
                    json={"action": action, "url": url, "secret_key": "s"},
                )
        """
    )


OTHER_MEANINGS = [
    pytest.param(
        """
        from fastapi import FastAPI

        app = FastAPI()


        @app.post("/incoming_chat_thread")
        async def incoming_chat_thread(hook: dict):
            if hook["secret_key"] == "s" and hook["action"] == "«incoming_chat_thread→incoming_chat»":
                await start(hook["payload"])
        """,
        id="the user's own route and function",
    ),
    pytest.param(
        """
        import requests


        def register(secret):
            requests.post(
                "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/register_webhook",
                json={
                    "url": "https://bot.example.com/hooks/thread_closed",
                    "action": "«thread_closed→chat_deactivated»",
                    "description": "thread_closed",
                    "secret_key": secret,
                },
            )
        """,
        id="a callback URL and a description",
    ),
    pytest.param(
        '''
        import logging
        from pathlib import Path

        log = logging.getLogger(__name__)


        def thread_closed(payload):
            """Handle thread_closed: forget the chat."""
            log.info("thread_closed %s", payload["chat_id"])
            Path("thread_closed.json").write_text(str(payload))


        def receive(hook):
            # thread_closed comes last
            if hook["secret_key"] == "s" and hook["action"] == "«thread_closed→chat_deactivated»":
                thread_closed(hook["payload"])
        ''',
        id="a function, a docstring, a log text, a file and a comment",
    ),
    pytest.param(
        """
        def receive(hook, metrics):
            if hook["secret_key"] != "s":
                return
            if hook["action"] == "«thread_closed→chat_deactivated»":
                metrics["thread_closed"] += 1
                metrics.incr("thread_closed")
                store(hook["payload"], queue="thread_closed")
        """,
        id="the key of a counter and the name of a queue",  # judgement: these are the user's own
    ),
]


@pytest.mark.parametrize("source", OTHER_MEANINGS)
def test_the_same_text_in_another_meaning_stays(source):
    transformed(source)


PUSHES = [
    pytest.param(
        """
        import json

        import websocket

        URL = "wss://api.livechatinc.com/v3.1/agent/rtm/ws"


        def main(token):
            socket = websocket.create_connection(URL)
            socket.send(json.dumps({"action": "login", "payload": {"token": token}}))
            while True:
                push = json.loads(socket.recv())
                if push["action"] == "incoming_chat_thread":
                    print(push["payload"]["chat"]["id"])
                elif push["action"] == "thread_closed":
                    print(push["payload"]["chat_id"])
        """,
        id="of the Agent Chat RTM API",
    ),
    pytest.param(
        '''
        """LiveChat over RTM."""

        import json

        import websockets


        async def main(token):
            async with websockets.connect("wss://api.livechatinc.com/v3.1/customer/rtm/ws?license_id=1") as socket:
                async for message in socket:
                    push = json.loads(message)
                    if push.get("type") == "push" and push["action"] == "thread_closed":
                        print(push["payload"])
        ''',
        id="of the Customer Chat RTM API in a module that speaks of LiveChat",
    ),
]


@pytest.mark.parametrize("source", PUSHES)
def test_a_push_is_another_apis(source):
    noop(source, reported=True)


FOREIGN = [
    pytest.param(
        """
        def on_forum(event):
            if event["action"] == "thread_closed":
                lock(event["thread"])
        """,
        id="a forum",
    ),
    pytest.param('SCORES = {"access_granted": 1, "access_revoked": -1, "neutral": 0}\n', id="a table of scores"),
    pytest.param(
        """
        import logging


        def open_door(badge):
            logging.info("access_granted")
            return "access_granted" if badge.valid else "access_denied"
        """,
        id="a door",
    ),
    pytest.param(
        """
        from enum import Enum


        class Outcome(Enum):
            GRANTED = "access_granted"
            REVOKED = "access_revoked"
            SET = "access_set"
        """,
        id="an enum of a rights system",
    ),
]


@pytest.mark.parametrize("source", FOREIGN)
def test_a_name_without_evidence_is_left_alone(source):
    # judgement: three names together without a hint are still only names
    noop(source, reported="Outcome" in source)
