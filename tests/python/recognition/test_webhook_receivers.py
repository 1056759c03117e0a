"""Receivers of webhooks as real programs write them."""

import pytest

from verbs import transformed

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
]


@pytest.mark.parametrize("source", NAMES)
def test_a_name_is_renamed_where_real_receivers_keep_it(source: str) -> None:
    transformed(source)


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
