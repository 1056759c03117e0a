"""A webhook's name compared with what arrived, or matched against it."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import noop, transformed, unsafe_only

FLASK = """
from flask import Flask, abort, request

app = Flask(__name__)


@app.post("/hook")
def hook():
    hook = request.get_json()
    if hook["secret_key"] != app.config["SECRET"]:
        abort(401)
"""

CHECKS = [
    pytest.param(
        'if hook["action"] == "«incoming_chat_thread→incoming_chat»":\n    start(hook["payload"])', id="by =="
    ),
    pytest.param(
        'if "«thread_closed→chat_deactivated»" == hook["action"]:\n    stop(hook["payload"])',
        id="by == with the name first",
    ),
    pytest.param("if hook['action'] != '«thread_closed→chat_deactivated»':\n    return \"ignored\"", id="by !="),
    pytest.param(
        'if hook["action"] in ("«incoming_chat_thread→incoming_chat»", "incoming_event"):\n    start(hook["payload"])',
        id="by in a tuple",
    ),
    pytest.param(
        'if hook["action"] not in {"«chat_thread_tagged→thread_tagged»", "«chat_thread_untagged→thread_untagged»"}:\n    return ""',
        id="by not in a set",
    ),
    pytest.param('if hook.get("action") == "«thread_closed→chat_deactivated»":\n    stop(hook)', id="read by get"),
    pytest.param(
        'if hook.get("action", "") == "«thread_closed→chat_deactivated»":\n    stop(hook)',
        id="read by get with a default",
    ),
    pytest.param(
        'action = hook["action"]\nif action == "«thread_closed→chat_deactivated»":\n    stop(hook["payload"])',
        id="held in a variable",
    ),
    pytest.param(
        'if (action := hook.get("action")) == "«thread_closed→chat_deactivated»":\n    stop(action)',
        id="held by a walrus",
    ),
    pytest.param(
        'action, payload = hook["action"], hook["payload"]\nif action == "«incoming_chat_thread→incoming_chat»":\n    start(payload)',
        id="unpacked with its payload",
    ),
    pytest.param(
        'closed = hook["action"] == "«thread_closed→chat_deactivated»"\nreturn {"closed": closed}',
        id="by == outside of an if",
    ),
    pytest.param(
        'if hook["action"].lower() == "«thread_closed→chat_deactivated»":\n    stop(hook["payload"])',
        id="lower-cased first",
    ),
    pytest.param('assert hook["action"] == "«access_granted→chat_access_granted»", "unexpected"', id="in an assert"),
    pytest.param(
        'while hook["action"] == "«chat_thread_properties_updated→thread_properties_updated»":\n    hook = following(hook)',
        id="in a loop",
    ),
]


@pytest.mark.parametrize("check", CHECKS)
def test_a_webhook_is_renamed_where_it_is_compared(check):
    body = "".join(f"    {line}\n" for line in check.split("\n"))
    transformed(f"{FLASK}{body}"[1:])


ENVELOPES = [
    pytest.param(
        """
        def receive(body):
            if body["action"] == "«thread_closed→chat_deactivated»":
                return body["webhook_id"]
        """,
        id="action and webhook_id read off one object",
    ),
    pytest.param(
        """
        import json


        def receive(environ, start_response):
            event = json.load(environ["wsgi.input"])
            if event.get("secret_key") != SECRET:
                start_response("401 Unauthorized", [])
                return [b""]
            if event.get("action") == "«thread_closed→chat_deactivated»":
                close(event["payload"]["chat_id"])
            start_response("200 OK", [])
            return [b""]
        """,
        id="in a WSGI application",
    ),
    pytest.param(
        """
        from starlette.requests import Request
        from starlette.responses import Response


        async def receive(request: Request) -> Response:
            data = await request.json()
            if data["secret_key"] != request.app.state.secret:
                return Response(status_code=401)
            action = data["action"]
            if action == "«incoming_chat_thread→incoming_chat»":
                await greet(data["payload"]["chat"]["id"])
            elif action == "incoming_event":
                await answer(data["payload"])
            elif action == "«thread_closed→chat_deactivated»":
                await forget(data["payload"]["chat_id"])
            return Response()
        """,
        id="in a Starlette route with several branches",
    ),
    pytest.param(
        """
        from dataclasses import dataclass


        @dataclass
        class Hook:
            webhook_id: str
            secret_key: str
            action: str
            payload: dict


        def receive(hook: Hook):
            if hook.action == "«thread_closed→chat_deactivated»":
                return hook.payload["chat_id"]
        """,
        id="action and secret_key as attributes",
    ),
    pytest.param(
        """
        def verify(hook, secret):
            return hook["secret_key"] == secret


        def receive(hook, secret):
            if verify(hook, secret) and hook["action"] == "«thread_closed→chat_deactivated»":
                forget(hook["payload"])
        """,
        id="secret_key read in a function that the object is given to",  # judgement: it is one object
    ),
    pytest.param(
        """
        SECRET = "s"


        def receive(hook):
            if hook["secret_key"] == SECRET:
                dispatch(hook["action"], hook["payload"])


        def dispatch(action, payload):
            if action == "«incoming_chat_thread→incoming_chat»":
                print(payload["chat"])
            elif action in ["«chat_thread_tagged→thread_tagged»"]:
                print(payload["tag"])
        """,
        id="the name handed on to another function",
    ),
    pytest.param(
        """
        class Receiver:
            def __init__(self, body):
                self.secret = body["secret_key"]
                self.action = body["action"]
                self.payload = body["payload"]

            @property
            def is_closing(self):
                return self.action == "«thread_closed→chat_deactivated»"
        """,
        id="the name kept in an attribute",
    ),
    pytest.param(
        """
        def closed(hooks):
            return [
                hook["payload"]["chat_id"]
                for hook in hooks
                if hook["webhook_id"] and hook["action"] == "«thread_closed→chat_deactivated»"
            ]
        """,
        id="in a comprehension",
    ),
]


@pytest.mark.parametrize("source", ENVELOPES)
def test_a_webhook_is_renamed_when_the_object_is_its_envelope(source):
    transformed(source)


def test_action_and_payload_are_unsafe_where_only_a_word_speaks_of_livechat():
    # judgement: the pushes of a neighbouring API have the same two keys
    unsafe_only(
        '''
        """Webhooks of LiveChat."""


        def receive(hook):
            if hook["action"] == "«thread_closed→chat_deactivated»":
                forget(hook["payload"]["chat_id"])
        '''
    )


def test_action_and_payload_are_enough_in_a_module_that_calls_the_api():
    transformed(
        """
        import requests


        def receive(hook):
            if hook["action"] == "«thread_closed→chat_deactivated»":
                requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»", json={})
        """.replace("json={})", 'json={"all": hook["payload"]})')
    )


def test_action_and_payload_alone_are_nobodys():
    # judgement: queues, reducers and other vendors' events have the same two keys
    noop(
        """
        def receive(hook):
            if hook["action"] == "thread_closed":
                forget(hook["payload"]["chat_id"])
        """
    )


def test_a_comparison_in_a_module_that_speaks_of_livechat_is_unsafe():
    unsafe_only(
        """
        from shop import livechat


        def receive(event):
            if event["action"] == "«thread_closed→chat_deactivated»":
                livechat.forget(event["id"])
        """
    )
