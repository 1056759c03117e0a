"""A client that is subclassed, collected, or handed out by a fixture, a cache or a property."""

import pytest

from verbs import transformed

RECEIVERS = [
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        class Retrying(ConfigurationApi):
            retries = 3


        class Loud(Retrying):
            def log(self, text):
                print(text)


        Retrying("token").«get_bot_agents→list_bots»()
        loud = Loud("token")
        loud.«get_webhooks_config→list_registered_webhooks»()
        """,
        id="subclass instance",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        class Bots(ConfigurationApi):
            def names(self):
                return [bot["name"] for bot in self.«get_bot_agents→list_bots»()]

            def drop_all(self):
                for bot in super().«get_bot_agents→list_bots»():
                    self.«remove_bot_agent→delete_bot»(bot_agent_id=bot["id"])
        """,
        id="self in a subclass",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        class Cached(ConfigurationApi):
            _bots = None

            def «get_bot_agents→list_bots»(self, **kwargs):
                if self._bots is None:
                    self._bots = super().«get_bot_agents→list_bots»(**kwargs)
                return self._bots


        print(Cached("token").«get_bot_agents→list_bots»())
        """,
        id="the definition of an override",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        clients = [ConfigurationApi("one"), ConfigurationApi("two")]
        for client in clients:
            client.«get_bot_agents→list_bots»()
        every = [client.«get_webhooks_config→list_registered_webhooks»() for client in clients]
        clients[0].«get_property_configs→list_registered_properties»()
        """,
        id="a loop over a list of clients",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def main(tokens):
            clients = [ConfigurationApi(token) for token in tokens]
            for index, client in enumerate(clients):
                print(index, client.«get_bot_agents→list_bots»())
        """,
        id="a loop over a comprehension of clients",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        CLIENTS = {"eu": ConfigurationApi("fra-token"), "us": ConfigurationApi("dal-token")}


        def bots(region):
            return CLIENTS[region].«get_bot_agents→list_bots»()


        def every():
            for client in CLIENTS.values():
                client.«get_bot_agents→list_bots»()
            for region, client in CLIENTS.items():
                print(region, client.«get_webhooks_config→list_registered_webhooks»())
        """,
        id="a dict of clients",
    ),
    pytest.param(
        """
        from dataclasses import dataclass

        from livechat.configuration import ConfigurationApi


        @dataclass
        class Job:
            client: ConfigurationApi
            bot: str

            def run(self):
                return self.client.«remove_bot_agent→delete_bot»(bot_agent_id=self.bot)


        def run_all(jobs: list[Job]):
            for job in jobs:
                job.client.«get_bot_agents→list_bots»()
        """,
        id="a field of a dataclass",
    ),
    pytest.param(
        """
        import pytest

        from livechat.configuration import ConfigurationApi


        @pytest.fixture
        def client():
            return ConfigurationApi("token")


        def test_that_there_are_bots(client):
            assert client.«get_bot_agents→list_bots»()
        """,
        id="the parameter of a fixture",
    ),
    pytest.param(
        """
        import pytest

        from livechat.configuration import ConfigurationApi


        @pytest.fixture(scope="module", name="api")
        def make_api():
            client = ConfigurationApi("token")
            yield client
            client.close()


        class TestBots:
            def test_that_there_are_bots(self, api):
                assert api.«get_bot_agents→list_bots»()
        """,
        id="the parameter of a fixture that yields and has another name",
    ),
    pytest.param(
        """
        from functools import lru_cache

        from livechat.configuration import ConfigurationApi


        @lru_cache
        def client():
            return ConfigurationApi("token")


        def bots():
            return client().«get_bot_agents→list_bots»()
        """,
        id="a cached factory",
    ),
    pytest.param(
        """
        from functools import cached_property

        from livechat.configuration import ConfigurationApi


        class App:
            @cached_property
            def client(self):
                return ConfigurationApi("token")

            def bots(self):
                return self.client.«get_bot_agents→list_bots»()
        """,
        id="a property that makes the client",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        _client = None


        def bots(token):
            global _client
            if _client is None:
                _client = ConfigurationApi(token)
            return _client.«get_bot_agents→list_bots»()
        """,
        id="a global that is filled on first use",
    ),
]


@pytest.mark.parametrize("source", RECEIVERS)
def test_a_method_is_renamed_on_the_receiver(source):
    transformed(source)
