"""Receivers of webhooks as web frameworks have them written, and what merely looks like one."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from trees import tree
from verbs import manual, transformed, unsafe_only

RECEIVERS = [
    pytest.param(
        """
        from flask import request


        def hook():
            data = request.json
            if data["secret_key"] != "k":
                return "", 403
            if data["action"] == "«incoming_chat_thread→incoming_chat»":
                return data["payload"]["chat"]
        """,
        id="the json attribute of Flask's request",
    ),
    pytest.param(
        """
        import flask


        def hook():
            if flask.request.json["secret_key"] != "k":
                return "", 403
            if flask.request.json["action"] == "«thread_closed→chat_deactivated»":
                return flask.request.json["payload"]
        """,
        id="the json attribute read anew each time",
    ),
    pytest.param(
        """
        from rest_framework.decorators import api_view


        @api_view(["POST"])
        def hook(request):
            action = request.data.get("action")
            if request.data.get("secret_key") == "k" and action == "«chat_thread_tagged→thread_tagged»":
                return request.data.get("payload")
        """,
        id="the data of a request of Django REST framework",
    ),
    pytest.param(
        """
        import json
        import tornado.web


        class Hook(tornado.web.RequestHandler):
            def post(self):
                self.data = json.loads(self.request.body)
                if self.data["secret_key"] == "k":
                    self.route()

            def route(self):
                if self.data["action"] == "«incoming_chat_thread→incoming_chat»":
                    return self.data["payload"]
        """,
        id="an attribute that another method of the handler reads",
    ),
    pytest.param(
        """
        import json


        def lambda_handler(event, context):
            body = json.loads(event["body"])
            if body["secret_key"] == "k":
                table = {"«incoming_chat_thread→incoming_chat»": opened, "«thread_closed→chat_deactivated»": closed}
                return table.get(body["action"], ignored)(body["payload"])
        """,
        id="a table made in the handler of a cloud function",
    ),
    pytest.param(
        """
        def verify(body):
            if body.get("secret_key") != "k":
                raise PermissionError


        def hook(body):
            verify(body)
            if body["action"] == "«incoming_chat_thread→incoming_chat»":
                return body["payload"]
        """,
        id="a secret that a helper compares",
    ),
    pytest.param(
        """
        def hook(body):
            if body.get("secret_key") != "k":
                raise PermissionError
            route(body["action"], body["payload"])


        def route(action, payload):
            if action == "«incoming_chat_thread→incoming_chat»":
                return payload
        """,
        id="a helper that is given the name and the payload",
    ),
    pytest.param(
        """
        import hmac


        def hook(raw):
            if hmac.compare_digest(raw.pop("secret_key"), "k") and raw.pop("action") == "«access_set→chat_access_set»":
                return raw["payload"]["id"]
        """,
        id="keys that are popped off",
    ),
    pytest.param(
        """
        def hook(event):
            secret, action, data = event["secret_key"], event.get("action"), event.get("payload") or {}
            is_new = action == "«incoming_chat_thread→incoming_chat»"
            if is_new or "«thread_closed→chat_deactivated»" == action:
                return data
            if (event["action"] or "").strip().lower() == "«access_set→chat_access_set»":
                return data
        """,
        id="several names bound at once, either side of the comparison, a cleaned text",
    ),
    pytest.param(
        """
        def hook(event):
            if event["secret_key"] != "k":
                return None
            if any(event["action"] == name for name in ("«incoming_chat_thread→incoming_chat»", "incoming_event")):
                return 1
            return next((k for k, names in {"tag": ["«chat_thread_tagged→thread_tagged»"]}.items() if event["action"] in names), None)
        """,
        id="names inside any and next",
    ),
    pytest.param(
        """
        OPEN = {"«incoming_chat_thread→incoming_chat»"}
        ALL = frozenset(OPEN | {"«thread_closed→chat_deactivated»"})


        def hook(body):
            return body["secret_key"] == "k" and body["action"] in ALL
        """,
        id="a union of sets",
    ),
    pytest.param(
        """
        class Opened:
            action = "«incoming_chat_thread→incoming_chat»"


        class Closed:
            action = "«thread_closed→chat_deactivated»"


        REGISTRY = {cls.action: cls for cls in (Opened, Closed)}


        def hook(body):
            if body["secret_key"] == "k":
                REGISTRY[body["action"]]().run(body["payload"])
        """,
        id="a table of classes made by a comprehension",
    ),
]


@pytest.mark.parametrize("source", RECEIVERS)
def test_a_receiver_as_frameworks_have_it_is_renamed(source: str) -> None:
    transformed(source)


PUSHES = [
    pytest.param(
        '''
        """Jobs of our livechat importer."""


        def run(message):
            if message["action"] == "«thread_closed→chat_deactivated»":
                return message["payload"]["id"]
        ''',
        id="a queue in a module that only says the product's name",
    ),
    pytest.param(
        """
        from pydantic import BaseModel


        class LiveChatHook(BaseModel):
            action: str
            payload: dict


        def run(hook: LiveChatHook):
            return hook.action == "«incoming_chat_thread→incoming_chat»"
        """,
        id="a model without secret and id",
    ),
]


@pytest.mark.parametrize("source", PUSHES)
def test_an_action_with_a_payload_alone_is_never_renamed_by_default(source: str) -> None:
    unsafe_only(source)


def test_a_push_that_comes_from_a_socket_of_another_module_stays() -> None:
    tree(
        {
            "lcbot/__init__.py": "",
            "lcbot/socket.py": """
                import json

                import websockets

                from lcbot.pushes import on_push

                URL = "wss://api.livechatinc.com/v3.1/agent/rtm/ws"


                async def main():
                    async with websockets.connect(URL) as socket:
                        async for frame in socket:
                            on_push(json.loads(frame))
                """,
            "lcbot/pushes.py": '''
                """Pushes of LiveChat's agent connection."""


                def on_push(message):
                    if message["action"] == "incoming_chat_thread":
                        return message["payload"]["chat"]
                ''',
        }
    )


def test_a_handler_that_pushes_reach_as_well_is_for_a_person() -> None:
    manual(
        """
        import json

        from flask import request

        RTM = "wss://api.livechatinc.com/v3.1/agent/rtm/ws"


        def handle(action, payload):
            if action == "incoming_chat_thread":  #@
                return payload


        def hook():
            body = request.get_json()
            if body["secret_key"] == "k":
                handle(body["action"], body["payload"])


        def push(frame):
            message = json.loads(frame)
            handle(message["action"], message["payload"])
        """
    )
