"""Receivers of webhooks that are not reached yet. Rename to test_wild_pending_hooks.py once they are."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, transformed

# All that stands here fails today.
NAMES = [
    pytest.param(
        """
        class Handler:
            name = ""

            def matches(self, action):
                return action == self.name


        class Opened(Handler):
            name = "«incoming_chat_thread→incoming_chat»"


        def hook(body):
            if body["secret_key"] == "k":
                return any(handler.matches(body["action"]) for handler in [Opened()])
        """,
        id="an attribute of the subclass that the base class compares",
    ),
    pytest.param(
        """
        class Handler:
            registry = {}

            def __init_subclass__(cls, **kwargs):
                super().__init_subclass__(**kwargs)
                Handler.registry[cls.action] = cls


        class Opened(Handler):
            action = "«incoming_chat_thread→incoming_chat»"


        def hook(body):
            if body["secret_key"] == "k":
                Handler.registry[body["action"]]()(body["payload"])
        """,
        id="subclasses that enter themselves into a table",
    ),
    pytest.param(
        """
        REGISTRY = {}


        def register(cls):
            REGISTRY[cls.action] = cls()
            return cls


        @register
        class Opened:
            action = "«incoming_chat_thread→incoming_chat»"


        def hook(body):
            if body["secret_key"] == "k":
                REGISTRY[body["action"]].run(body["payload"])
        """,
        id="classes that a decorator enters into a table",
    ),
    pytest.param(
        """
        TRANSITIONS = {("open", "«thread_closed→chat_deactivated»"): "closed"}


        def hook(body, state):
            if body["secret_key"] == "k":
                return TRANSITIONS.get((state, body["action"]), state)
        """,
        id="a part of the key of a table",
    ),
    pytest.param(
        """
        from operator import itemgetter


        def hook(raw):
            secret, action, payload = itemgetter("secret_key", "action", "payload")(raw)
            if secret == "k" and action == "«incoming_chat_thread→incoming_chat»":
                return payload
        """,
        id="names that itemgetter takes out",
    ),
    pytest.param(
        """
        def hook(raw):
            secret, action, payload = (raw[key] for key in ("secret_key", "action", "payload"))
            if secret == "k" and action == "«incoming_chat_thread→incoming_chat»":
                return payload
        """,
        id="names that a generator takes out",
    ),
    pytest.param(
        """
        import collections

        Event = collections.namedtuple("Event", "webhook_id secret_key action payload")


        def hook(raw):
            event = Event(raw["webhook_id"], raw["secret_key"], raw["action"], raw["payload"])
            if event.action == "«incoming_chat_thread→incoming_chat»":
                return event.payload
        """,
        id="a named tuple",
    ),
    pytest.param(
        """
        def make(action, **payload):
            return {"webhook_id": "w", "secret_key": "k", "action": action, "payload": payload}


        def test_access(client):
            body = make("incoming_event")
            body["action"] = "«access_granted→chat_access_granted»"
            client.post("/livechat", json=body)
        """,
        id="a name that is stored into a made webhook",
    ),
]


@pytest.mark.parametrize("source", NAMES)
def test_a_name_is_renamed_where_real_receivers_keep_it(source: str) -> None:
    transformed(source)


PEOPLE = [
    pytest.param(
        """
        from pyee.base import EventEmitter

        events = EventEmitter()


        def hook(body):
            if body["secret_key"] == "k":
                events.emit(body["action"], body["payload"])


        @events.on("incoming_chat_thread")  #@
        def opened(payload): ...
        """,
        id="an emitter that is given the name",
    ),
    pytest.param(
        """
        import importlib


        def hook(body):
            if body["secret_key"] == "k":
                importlib.import_module("handlers." + body["action"]).run(body["payload"])  #@
        """,
        id="modules that are called like the webhooks",
    ),
    pytest.param(
        """
        import msgspec


        class Hook(msgspec.Struct):
            webhook_id: str
            secret_key: str
            payload: dict


        class Opened(Hook, tag_field="action", tag="incoming_chat_thread"):  #@
            pass
        """,
        id="the tag of a struct",
    ),
    pytest.param(
        """
        SCHEMA = {
            "type": "object",
            "required": ["webhook_id", "secret_key", "action", "payload"],
            "properties": {
                "webhook_id": {"type": "string"},
                "secret_key": {"type": "string"},
                "action": {"enum": ["incoming_chat_thread", "incoming_event"]},  #@
                "payload": {"type": "object"},
            },
        }
        """,
        id="a schema of the webhook",
    ),
    pytest.param(
        """
        from marshmallow import Schema, fields, validate


        class Hook(Schema):
            webhook_id = fields.Str()
            secret_key = fields.Str()
            action = fields.Str(validate=validate.OneOf(["incoming_chat_thread", "thread_closed"]))  #@
            payload = fields.Dict()
        """,
        id="a schema of marshmallow",
    ),
]


@pytest.mark.parametrize("source", PEOPLE)
def test_a_name_that_leaves_the_code_is_for_a_person(source: str) -> None:
    manual(source)


FIELDS = [
    pytest.param(
        """
        HANDLERS = {}


        def on(name):
            def decorate(handler):
                HANDLERS[name] = handler
                return handler

            return decorate


        def hook(body):
            if body["secret_key"] == "k":
                HANDLERS[body["action"]](body["payload"])


        @on("«access_set→chat_access_set»")
        def access(payload):
            return payload["resource"]  #@ access-resource
        """,
        id="a handler that a decorator enters into a table",
    ),
]


@pytest.mark.parametrize("source", FIELDS)
def test_a_field_that_is_gone_is_shown_in_the_handler(source: str) -> None:
    transformed(source)


def test_names_in_the_wrapped_bodies_of_3_0_are_renamed() -> None:
    transformed(
        """
        import requests

        URL = "https://api.livechatinc.com/«v3.0→v3.2»/configuration/action/"
        requests.post(
            URL + "register_webhook", json={"payload": {"action": "«thread_closed→chat_deactivated»", "url": "u"}}  #@ request-payload-wrapper
        )
        """,
        source="3.0",
    )
