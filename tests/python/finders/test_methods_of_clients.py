"""A method called on a client class that the table or the user names."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import noop, transformed

HEAD = """
from livechat.configuration import ConfigurationApi

client = ConfigurationApi.get_client("Bearer dal:abc", version="«3.1→3.2»")
"""

CALLS = [
    pytest.param('bots = client.«get_bot_agents→list_bots»(payload={"all": True}).json()', id="called"),
    pytest.param("fetch = client.«get_bot_agents→list_bots»\nprint(fetch().json())", id="taken as a bound method"),
    pytest.param(
        'from functools import partial\n\nremove = partial(client.«remove_bot_agent→delete_bot», bot_agent_id="5c98")\nremove()',
        id="given to partial",
    ),
    pytest.param('bots = getattr(client, "«get_bot_agents→list_bots»")()', id="named to getattr"),
    pytest.param(
        'name = "«get_bot_agents→list_bots»"\nbots = getattr(client, name)()',
        id="named to getattr through a variable",
    ),
    pytest.param(
        'import operator\n\nfetch = operator.methodcaller("«get_bot_agents→list_bots»")\nbots = fetch(client)',
        id="named to methodcaller",
    ),
    pytest.param(
        'from unittest import mock\n\nwith mock.patch.object(client, "«get_bot_agents→list_bots»") as fetch:\n    client.«get_bot_agents→list_bots»()\n',
        id="patched on the instance",
    ),
    pytest.param(
        'from unittest.mock import patch\n\n\n@patch.object(ConfigurationApi, "«get_bot_agents→list_bots»", autospec=True)\n'
        "def test_bots(fetch):\n    fetch.return_value = []\n",
        id="patched on the class",
    ),
    pytest.param(
        'from unittest import mock\n\n\n@mock.patch("livechat.configuration.ConfigurationApi.«get_bot_agents→list_bots»")\n'
        "def test_bots(fetch):\n    fetch.return_value = []\n",
        id="patched by its dotted name",
    ),
    pytest.param(
        'def test_bots(monkeypatch):\n    monkeypatch.setattr(client, "«get_bot_agents→list_bots»", lambda **_: [])\n',
        id="patched by monkeypatch",
    ),
    pytest.param(
        "bots = list(map(client.«get_bot_agent_details→get_bot», ids()))\n\n\ndef ids():\n    return []\n",
        id="given to map",
    ),
    pytest.param("result = ConfigurationApi.«get_bot_agents→list_bots»(client)", id="taken from the class"),
    pytest.param(
        "import asyncio\n\n\nasync def main():\n    return await asyncio.to_thread(client.«get_webhooks_config→list_registered_webhooks»)\n",
        id="given to a thread",
    ),
    pytest.param(
        "try:\n    client.«remove_bot_agent→delete_bot»(bot_agent_id='x')\nexcept ValueError as error:\n    print(error)\n",
        id="called with errors handled",
    ),
]


@pytest.mark.parametrize("code", CALLS)
def test_a_method_of_a_known_client_is_renamed(code):
    transformed(f"{HEAD}\n{code}\n"[1:])


USERS = [
    pytest.param(
        """
        from app.lc import Client


        def clean(token):
            api = Client(token)
            for bot in api.«get_bot_agents→list_bots»()["bot_agents"]:
                api.«remove_bot_agent→delete_bot»(bot["id"])
        """,
        id="imported by name",
    ),
    pytest.param(
        """
        import app.lc


        def clean(token, bot):
            app.lc.Client(token).«remove_bot_agent→delete_bot»(bot)
        """,
        id="reached through its module",
    ),
    pytest.param(
        """
        from app import lc as livechat_api


        def details(api: livechat_api.Client, bot: str):
            return api.«get_bot_agent_details→get_bot»(bot)
        """,
        id="in an annotation",
    ),
]


@pytest.mark.parametrize("source", USERS)
def test_a_client_that_the_user_names_counts_like_a_known_one(source):
    transformed(source, clients=("app.lc:Client",))


def test_a_class_of_the_same_name_elsewhere_is_not_the_users_client():
    noop(
        """
        from other.lc import Client


        def clean(token, bot):
            Client(token).remove_bot_agent(bot)
        """,
        clients=("app.lc:Client",),
    )
