"""Receivers that look like a client and are none, or whose old name is meant."""

from textwrap import dedent

import pytest

from verbs import noop, transformed, unsafe_only

OTHERS = [
    pytest.param(
        """
        from forum import Board


        class Client:
            def get_bot_agents(self):
                return []


        client = Client()
        client.get_bot_agents()
        Board().create_properties({"title": "x"})
        """,
        id="an unrelated class",
    ),
    pytest.param(
        """
        class TurkLikeAgent:
            def get_bot_agents(self):
                return [agent for agent in self.agents if agent.is_bot]

            def remove_bot_agent(self, agent):
                self.agents.remove(agent)

            def step(self):
                for agent in self.get_bot_agents():
                    self.remove_bot_agent(agent)
        """,
        id="an unrelated class with methods of these names",
    ),
    pytest.param(
        """
        def create_properties(schema):
            return {name: None for name in schema}


        print(create_properties(["a"]))
        """,
        id="an unrelated function",
    ),
    pytest.param(
        """
        def bots(client):
            return client.get_bot_agents()
        """,
        id="a parameter of which nothing is known",
    ),
    pytest.param(
        """
        from flask import Flask
        import requests

        app = Flask(__name__)


        @app.post("/bots")
        def bots():
            payload = requests.get("https://bots.example.com/").json()
            return app.extensions["bots"].create_bot_agent(payload)
        """,
        id="Flask, requests and a payload",
    ),
    pytest.param(
        """
        from opcua.configuration import ConfigurationApi

        ConfigurationApi("opc.tcp://localhost").create_properties([])
        """,
        id="a class of the same name from another package",
    ),
    pytest.param(
        """
        class ConfigurationApi:
            def get_property_configs(self):
                return {}


        api = ConfigurationApi()
        api.get_property_configs()
        """,
        id="a class of the same name defined here",
    ),
]


@pytest.mark.parametrize("source", OTHERS)
def test_a_call_on_something_else_is_left_alone(source):
    noop(source)


REBOUND = [
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        from simulator import Simulator

        client = ConfigurationApi("token")
        client.«get_webhooks_config→list_registered_webhooks»()
        client = Simulator()
        client.get_bot_agents()
        """,
        id="by an assignment",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        from simulator import simulators

        client = ConfigurationApi("token")
        print(client.«get_webhooks_config→list_registered_webhooks»())
        for client in simulators():
            client.get_bot_agents()
        """,
        id="by a loop",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        client = ConfigurationApi("token")


        def simulate(client):
            return client.get_bot_agents()


        def real():
            return client.«get_bot_agents→list_bots»()
        """,
        id="by a parameter",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        from simulator import open_simulator

        client = ConfigurationApi("token")
        client.«get_webhooks_config→list_registered_webhooks»()
        with open_simulator() as client:
            client.get_bot_agents()
        """,
        id="by a with statement",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def real(token):
            client = ConfigurationApi(token)
            return client.«get_bot_agents→list_bots»()


        def other(client_of):
            client = client_of()
            return client.get_bot_agents()
        """,
        id="in another function",
    ),
]


@pytest.mark.parametrize("source", REBOUND)
def test_a_name_that_is_bound_again_is_no_longer_the_client(source):
    transformed(source)


def test_a_class_that_is_imported_again_from_elsewhere_is_no_longer_the_client():
    noop(
        """
        from livechat.configuration import ConfigurationApi
        from simulator import ConfigurationApi

        ConfigurationApi("token").get_bot_agents()
        """,
        reported=True,
    )


FALLBACKS = [
    pytest.param(
        """
        try:
            bots = client.list_bots()
        except AttributeError:
            bots = client.get_bot_agents()
        """,
        id="after an AttributeError",
    ),
    pytest.param(
        """
        try:
            bots = client.get_bot_agents()
        except AttributeError:
            bots = client.list_bots()
        """,
        id="tried first",
    ),
    pytest.param(
        """
        if hasattr(client, "list_bots"):
            bots = client.list_bots()
        else:
            bots = client.get_bot_agents()
        """,
        id="behind hasattr",
    ),
    pytest.param(
        """
        if client.version >= "3.2":
            bots = client.list_bots()
        else:
            bots = client.get_bot_agents()
        """,
        id="behind a test of the version",
    ),
    pytest.param(
        """
        bots = client.list_bots() if client.version != "3.1" else client.get_bot_agents()
        """,
        id="in a conditional expression",
    ),
    pytest.param(
        """
        fetch = getattr(client, "list_bots", None) or client.get_bot_agents
        bots = fetch()
        """,
        id="behind getattr with a default",
    ),
]


@pytest.mark.parametrize("source", FALLBACKS)
def test_a_fallback_keeps_the_old_name(source):
    head = 'from livechat.configuration import ConfigurationApi\n\nclient = ConfigurationApi("token")\n'
    noop(head + dedent(source[1:]), reported=True)


WEAK = [
    pytest.param(
        """
        from shop.livechat import api


        def bots():
            return api.«get_bot_agents→list_bots»()
        """,
        id="an import",
    ),
    pytest.param(
        '''
        """Keeps our LiveChat bots in order."""


        def clean(api):
            for bot in api.«get_bot_agents→list_bots»():
                print(bot)
        ''',
        id="a docstring",
    ),
    pytest.param(
        """
        class LivechatBots:
            def __init__(self, transport):
                self.transport = transport

            def names(self):
                return self.transport.send("«get_bot_agents→list_bots»", {})
        """,
        id="a name",  # judgement: the whole name as an argument of a call is where a method would be named
    ),
    pytest.param(
        """
        def drop(api, bot):
            return api.«remove_bot_agent→delete_bot»(bot_agent_id=bot)
        """,
        id="the parameter bot_agent_id",
    ),
]


@pytest.mark.parametrize("source", WEAK)
def test_a_hint_makes_a_call_on_an_unknown_receiver_unsafe(source):
    unsafe_only(source)
