"""A constant that holds the name of a webhook, and is used for something of the program's own as well."""

import pytest

from trees import tree

RECEIVER = """
    from bot.names import CLOSED
    from bot.{module} import keep


    def receive(hook):
        if hook["secret_key"] == "k" and hook["action"] == CLOSED:
            keep(hook["payload"])
    """

OWN = [
    pytest.param(
        """
        def keep(payload):
            DB.execute("insert into events values (?, ?)", (payload["chat_id"], CLOSED))
        """,
        id="a column of a database",
    ),
    pytest.param(
        """
        def keep(payload):
            save(payload["chat_id"], kind=CLOSED)


        def save(chat, kind):
            DB.execute("insert into events values (?, ?)", (chat, kind))
        """,
        id="a column, by way of a function",
    ),
    pytest.param(
        """
        def keep(payload):
            celery.send_task("close", args=[payload], queue=CLOSED)
        """,
        id="a queue",
    ),
    pytest.param(
        """
        def keep(payload):
            statsd.increment(f"hooks.{CLOSED}")
        """,
        id="a metric",
    ),
    pytest.param(
        """
        from django.db import models


        class Event(models.Model):
            kind = models.CharField(max_length=40)


        def keep(payload):
            Event.objects.create(kind=CLOSED)
        """,
        id="a row of a model",
    ),
]


@pytest.mark.parametrize("source", OWN)
def test_it_is_for_a_person_when_it_is_given_to(source: str) -> None:
    tree(
        {
            "bot/names.py": 'CLOSED = "thread_closed"  #@ webhook-thread-closed\n',
            "bot/own.py": "\n        from bot.names import CLOSED\n" + source,
            "bot/app.py": RECEIVER.format(module="own"),
        }
    )


API = [
    pytest.param(
        """
        import logging

        log = logging.getLogger(__name__)


        def keep(payload):
            log.bind(hook=CLOSED).info(payload)
            log.info("%s", CLOSED)
            if not payload:
                raise ValueError(CLOSED)
        """,
        id="logged",
    ),
    pytest.param(
        """
        import requests


        def keep(payload):
            call("register_webhook", {"action": CLOSED, "description": "closed"})
            Registered(action=CLOSED)
            names = [CLOSED]
            names.append(CLOSED)


        class Registered:
            def __init__(self, action):
                self.action = action


        def call(method, body):
            requests.post(f"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/{method}", json=body)
        """,
        id="registered",
    ),
    pytest.param(
        """
        SEEN = {}


        def keep(payload):
            on(CLOSED)(print)


        def on(name):
            def enter(handler):
                SEEN[name] = handler
                return handler

            return enter
        """,
        id="entered by a function of the program",
    ),
]


@pytest.mark.parametrize("source", API)
def test_it_is_renamed_when_it_is_only(source: str) -> None:
    tree(
        {
            "bot/names.py": 'CLOSED = "«thread_closed→chat_deactivated»"\n',
            "bot/api.py": "\n        from bot.names import CLOSED\n" + source,
            "bot/app.py": RECEIVER.format(module="api"),
            "tests/test_app.py": """
                from bot.names import CLOSED


                def test_it(client):
                    client.send(CLOSED)
                """,
        }
    )


def test_a_member_of_an_enum_is_for_a_person_when_it_is_stored() -> None:
    tree(
        {
            "bot/names.py": """
                from enum import Enum


                class Hook(str, Enum):
                    CLOSED = "thread_closed"  #@ webhook-thread-closed
                    OPENED = "«incoming_chat_thread→incoming_chat»"
                """,
            "bot/app.py": """
                from bot.names import Hook


                def receive(hook, db):
                    if hook["secret_key"] == "k" and hook["action"] in (Hook.CLOSED, Hook.OPENED):
                        db.insert(kind=Hook.CLOSED.value)
                """,
        }
    )


def test_members_of_an_enum_are_for_a_person_when_they_are_the_choices_of_a_column() -> None:
    tree(
        {
            "bot/models.py": """
                from django.db import models


                class Hook(models.TextChoices):
                    CLOSED = "thread_closed"  #@ webhook-thread-closed
                    OPENED = "incoming_chat_thread"  #@ webhook-incoming-chat-thread


                class Event(models.Model):
                    kind = models.CharField(max_length=40, choices=Hook.choices)
                """,
            "bot/app.py": """
                from bot.models import Hook


                def receive(hook, db):
                    if hook["secret_key"] == "k" and hook["action"] in (Hook.CLOSED, Hook.OPENED):
                        return hook["payload"]
                """,
        }
    )
