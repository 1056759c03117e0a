"""A client that is imported, made, bound and called in one place."""

import pytest

from verbs import transformed

RECEIVERS = [
    pytest.param(
        """
        import livechat.configuration

        client = livechat.configuration.ConfigurationApi("token")
        print(client.«get_bot_agents→list_bots»())
        """,
        id="import",
    ),
    pytest.param(
        """
        import livechat.configuration.base

        print(livechat.configuration.base.ConfigurationApi("token").«get_bot_agents→list_bots»())
        """,
        id="import of a deeper module",
    ),
    pytest.param(
        """
        import livechat.configuration as lc


        def main():
            client = lc.ConfigurationApi("token")
            return client.«get_bot_agents→list_bots»()
        """,
        id="import as",
    ),
    pytest.param(
        """
        from livechat import configuration

        client = configuration.ConfigurationApi("token")
        client.«remove_bot_agent→delete_bot»(bot_agent_id="5c98")
        """,
        id="import of the module from its package",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi as Api


        def bots():
            return Api("token").«get_bot_agents→list_bots»()
        """,
        id="from import as",
    ),
    pytest.param(
        """
        from livechat.configuration.api.v31 import ConfigurationApiV31

        client = ConfigurationApiV31("token", "api.livechatinc.com")
        for bot in client.«get_bot_agents→list_bots»().json()["bot_agents"]:
            print(bot["name"], bot["status"])
        """,
        id="direct instance",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def names(token):
            return [bot["name"] for bot in ConfigurationApi(token).«get_bot_agents→list_bots»().json()["bot_agents"]]
        """,
        id="chained call",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        m = ConfigurationApi("token")
        m2 = m
        a = b = m2
        m2.«get_bot_agents→list_bots»()
        b.«get_webhooks_config→list_registered_webhooks»()
        """,
        id="rebinding",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        m, retries = ConfigurationApi("token"), 3
        m.«get_bot_agents→list_bots»()
        """,
        id="unpacking",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        client = ConfigurationApi("token")
        details = client.«get_bot_agent_details→get_bot»
        print(details(bot_agent_id="5c98").json())
        """,
        id="bound method",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def main(token):
            if (client := ConfigurationApi(token)) is not None:
                client.«get_bot_agents→list_bots»()
            print((other := ConfigurationApi(token)).«get_webhooks_config→list_registered_webhooks»(), other)
        """,
        id="walrus",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        def main(token):
            with ConfigurationApi(token) as client, open("bots.txt", "w") as out:
                out.write(str(client.«get_bot_agents→list_bots»()))
        """,
        id="with",
    ),
    pytest.param(
        """
        from contextlib import closing

        from livechat.configuration import ConfigurationApi


        def main(token):
            with closing(ConfigurationApi(token)) as client:
                client.«get_bot_agents→list_bots»()
        """,
        id="with closing",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi


        async def main(token):
            async with ConfigurationApi(token) as client:
                return await client.«get_bot_agents→list_bots»()
        """,
        id="async with",
    ),
]


@pytest.mark.parametrize("source", RECEIVERS)
def test_a_method_is_renamed_on_the_receiver(source):
    transformed(source)
