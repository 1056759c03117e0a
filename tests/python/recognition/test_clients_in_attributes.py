"""A client that is kept in an object or a closure, or made by a function."""

import pytest

from verbs import transformed

RECEIVERS = [
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        class Fleet:
            def __init__(self, token):
                self.client = ConfigurationApi(token)

            def names(self):
                return [bot["name"] for bot in self.client.«get_bot_agents→list_bots»()]

            def drop(self, bot):
                client = self.client
                client.«remove_bot_agent→delete_bot»(bot_agent_id=bot)


        def main():
            Fleet("token").client.«get_webhooks_config→list_registered_webhooks»()
        """,
        id="an attribute of self",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        class Fleet:
            client: ConfigurationApi

            def __init__(self, client):
                self.client = client

            def names(self):
                return self.client.«get_bot_agents→list_bots»()
        """,
        id="an annotated attribute of self",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        class Fleet:
            def __init__(self, client: ConfigurationApi) -> None:
                self._client = client

            def names(self):
                return self._client.«get_bot_agents→list_bots»()
        """,
        id="an attribute of self from an annotated parameter",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def cleaner(token):
            client = ConfigurationApi(token)

            def clean(bot):
                return client.«remove_bot_agent→delete_bot»(bot_agent_id=bot)

            return clean
        """,
        id="closure",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        client = ConfigurationApi("token")


        def clean(bot):
            return client.«remove_bot_agent→delete_bot»(bot_agent_id=bot)


        drop = lambda bot: client.«remove_bot_agent→delete_bot»(bot_agent_id=bot)  # noqa: E731
        """,
        id="a global read in functions",
    ),
    pytest.param(
        '''
        from livechat.configuration import ConfigurationApi


        def main():
            with_retry = build()
            return with_retry.«get_bot_agents→list_bots»()


        def build() -> ConfigurationApi:
            """Made below its use."""
            return make("token")


        def make(token):
            raise NotImplementedError
        ''',
        id="factory with a return annotation",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        from app import made


        def build(token) -> ConfigurationApi:
            return made(token)


        build("token").«get_bot_agents→list_bots»()
        """,
        id="factory with a return annotation around one that is not known",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def build(token):
            client = ConfigurationApi(token)
            client.timeout = 30
            return client


        build("token").«get_bot_agents→list_bots»()
        """,
        id="factory without an annotation",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        client = ConfigurationApi.get_client("Bearer token")
        client.«get_bot_agents→list_bots»(payload={"all": True})
        """,
        id="get_client",
    ),
    pytest.param(
        """
        import livechat.configuration.base as base


        class Bots:
            def __init__(self, token):
                self.api = base.ConfigurationApi.get_client(token=token, http2=True)

            def all(self):
                return self.api.«get_bot_agents→list_bots»()
        """,
        id="get_client into an attribute",
    ),
]


@pytest.mark.parametrize("source", RECEIVERS)
def test_a_method_is_renamed_on_the_receiver(source):
    transformed(source)
