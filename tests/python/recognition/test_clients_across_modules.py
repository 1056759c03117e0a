"""Clients, webhooks and bodies that are stated in one module and used in another."""

import pytest

from api_modules import SDK, WRAPPER
from trees import tree

TREES = [
    pytest.param(
        {
            "app/__init__.py": "",
            "app/clients.py": SDK,
            "app/jobs.py": """
                from app.clients import client


                def clean():
                    for bot in client.«get_bot_agents→list_bots»():
                        client.«remove_bot_agent→delete_bot»(bot_agent_id=bot["id"])
                """,
            "app/cli.py": """
                import app.clients as c
                from app import clients

                clients.client.«get_bot_agents→list_bots»()
                c.client.«get_webhooks_config→list_registered_webhooks»()
                """,
        },
        id="an instance of a known client from another module",
    ),
    pytest.param(
        {
            "app/clients.py": """
                from livechat.configuration import ConfigurationApi


                def connect(token) -> ConfigurationApi:
                    return ConfigurationApi(token)


                class Retrying(ConfigurationApi):
                    pass
                """,
            "app/jobs.py": """
                from app.clients import Retrying, connect


                def run(token, other: Retrying):
                    connect(token).«get_bot_agents→list_bots»()
                    other.«get_webhooks_config→list_registered_webhooks»()
                """,
        },
        id="a factory and a subclass from another module, in a folder without __init__",
    ),
    pytest.param(
        {
            "conftest.py": """
                import pytest

                from livechat.configuration import ConfigurationApi


                @pytest.fixture
                def api():
                    return ConfigurationApi("token")
                """,
            "tests/test_bots.py": """
                def test_that_there_are_bots(api):
                    assert api.«get_bot_agents→list_bots»()
                """,
        },
        id="a fixture of conftest.py",
    ),
    pytest.param(
        {
            "hooks/__init__.py": "",
            "hooks/names.py": """
                from enum import Enum

                THREAD_CLOSED = "«thread_closed→chat_deactivated»"


                class Action(str, Enum):
                    CHAT = "«incoming_chat_thread→incoming_chat»"
                """,
            "hooks/receiver.py": """
                from .names import THREAD_CLOSED, Action


                def receive(hook):
                    assert hook["secret_key"]
                    if hook["action"] == THREAD_CLOSED:
                        return "closed"
                    if hook["action"] == Action.CHAT.value:
                        return "chat"
                """,
        },
        id="constants and an enum of webhooks",
    ),
    pytest.param(
        {
            "hooks/registry.py": """
                HANDLERS = {}


                def on(name):
                    def register(function):
                        HANDLERS[name] = function
                        return function

                    return register


                def receive(hook):
                    assert hook["secret_key"]
                    return HANDLERS[hook["action"]](hook["payload"])
                """,
            "hooks/chats.py": """
                from hooks.registry import on


                @on("«thread_closed→chat_deactivated»")
                def thread_closed(payload):
                    return payload["chat_id"]
                """,
        },
        id="handlers that are registered in another module",
    ),
    pytest.param(
        {
            "app/bodies.py": """
                def closed(url):
                    return {"action": "«thread_closed→chat_deactivated»", "url": url, "secret_key": "s"}
                """,
            "app/lc.py": WRAPPER,
            "app/main.py": """
                from app.bodies import closed
                from app.lc import call

                call("register_webhook", **closed("https://bot.example.com/hook"))
                """,
        },
        id="a body that is made in another module",
    ),
]


@pytest.mark.parametrize("files", TREES)
def test_evidence_is_followed_across_modules(files):
    tree(files)
