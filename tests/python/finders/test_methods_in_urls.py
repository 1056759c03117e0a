"""A method named in a whole URL."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from migrator import load_rules, migrate_source
from verbs import noop, transformed

WHOLE = [
    pytest.param(
        """
        import requests


        def bots(token):
            response = requests.post(
                "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»",
                json={"all": True},
                headers={"Authorization": f"Bearer {token}"},
            )
            response.raise_for_status()
            return response.json()["bot_agents"]
        """,
        id="given to requests",
    ),
    pytest.param(
        """
        import httpx

        URL = 'https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_webhooks_config→list_registered_webhooks»'


        async def registered(client: httpx.AsyncClient):
            return (await client.post(URL, json={})).json()
        """,
        id="in a constant with single quotes",
    ),
    pytest.param(
        """
        import json
        from urllib.request import Request, urlopen


        def remove(bot_id, token):
            request = Request(
                b"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«remove_bot_agent→delete_bot»".decode(),
                data=json.dumps({"bot_agent_id": bot_id}).encode(),
                headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"},
            )
            return urlopen(request, timeout=10).status
        """,
        id="as a bytes literal",
    ),
    pytest.param(
        """
        import requests

        LICENSE = 104130623


        def details(session, bot):
            return session.post(
                "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agent_details→get_bot»?license_id=104130623",
                json={"bot_agent_id": bot},
            )
        """,
        id="with a query",
    ),
    pytest.param(
        """
        def details(session, license_id, bot):
            url = f"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agent_details→get_bot»?license_id={license_id}"
            return session.post(url, json={"bot_agent_id": bot})
        """,
        id="with a query in an f-string",
    ),
    pytest.param(
        """
        import requests

        HOST = "api.livechatinc.com"


        def configs():
            return requests.post(f"https://{HOST}/v«3.1→3.2»/configuration/action/«get_property_configs→list_registered_properties»", json={})
        """,
        id="in an f-string with the host in a constant",
    ),
    pytest.param(
        """
        import requests

        VERSION = "«3.1→3.2»"


        def configs(session: requests.Session):
            return session.post(
                f"https://api.livechatinc.com/v{VERSION}/configuration/action/«get_property_configs→list_registered_properties»",
                json={"all": True},
            ).json()
        """,
        id="in an f-string with the version in a constant",
    ),
    pytest.param(
        """
        def create(session, name):
            return session.post(
                "https://api.livechatinc.com/"
                "v«3.1→3.2»/configuration/action/«create_properties→register_properties»",
                json={name: {"type": "string", "locations": {"chat": {"access": {"agent": {"read": True, "write": True}}}}}},
            )
        """,
        id="over two literals, split before the version",
    ),
    pytest.param(
        """
        def update(session, bot, name):
            url = (
                "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/"
                "«update_bot_agent→update_bot»"
            )
            return session.post(url, json={"id": bot, "name": name})
        """,
        id="over two literals, split before the name",
    ),
    pytest.param(
        """
        def update(session, region, bot):
            url = ("https://api.livechatinc.com/v«3.1→3.2»"
                   f"/configuration/action/«update_bot_agent→update_bot»?region={region}")
            return session.post(url, json={"id": bot})
        """,
        id="over a plain literal and an f-string",
    ),
    pytest.param(
        """
        ENDPOINTS = {
            "bots": "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»",
            "bot": "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agent_details→get_bot»",
            "register": "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/register_webhook",
            "chats": "https://api.livechatinc.com/v3.1/agent/action/get_chats_summary",
        }
        """,
        id="in a table of endpoints",
    ),
    pytest.param(
        '''
        class ListBots:
            """One request of the API."""

            url = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"

            def send(self, session, url="https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"):
                return session.post(url, json={})
        ''',
        id="as a class attribute and as a default",
    ),
    pytest.param(
        """
        import subprocess


        def dump(token):
            subprocess.run(
                ["curl", "-X", "POST", "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»",
                 "-H", "Authorization: Bearer " + token, "-d", "{}"],
                check=True,
            )
        """,
        id="as an argument of curl",
    ),
    pytest.param(
        """
        import responses


        @responses.activate
        def test_that_the_bots_are_listed():
            responses.add(
                responses.POST,
                "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»",
                json={"bot_agents": [{"id": "5c9871d5372c824cbf22d860a707a578", "status": "accepting chats"}]},
            )
        """,
        id="in a test that mocks the server",
    ),
]


@pytest.mark.parametrize("source", WHOLE)
def test_a_method_is_renamed_in_a_whole_url(source):
    transformed(source)


@pytest.mark.parametrize(
    "host",
    [
        "api.livechatinc.com",
        "api-fra.livechatinc.com",
        "api.labs.livechatinc.com",
        "api.livechat.com",
        "api.chat.io",
        pytest.param("api.livechatinc.com:443", id="api.livechatinc.com with a port"),  # judgement:
        pytest.param("account:S3CRET@api.livechatinc.com", id="api.livechatinc.com with a user and a password"),
    ],
)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_method_is_renamed_at_every_host_of_the_service(scheme, host):
    transformed(
        f'''
        import requests


        def bots(token):
            url = "{scheme}://{host}/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"
            return requests.post(url, json={{}}, headers={{"Authorization": token}})
        '''
    )


def test_a_method_is_renamed_where_user_and_password_are_put_before_the_host():
    transformed(
        """
        import requests


        def bots(user, password):
            return requests.post(
                f"https://{user}:{password}@api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"
            )
        """
    )


def test_a_host_of_the_service_that_stands_for_a_user_is_none():
    noop(
        """
        import requests

        requests.post("https://api.livechatinc.com@example.com/v3.1/configuration/action/get_bot_agents")
        """
    )


def test_evidence_does_not_tell_the_password_of_a_url():
    url = b'URL = "https://account:S3CRET@api.livechatinc.com/v3.1/configuration/action/get_bot_agents"\n'
    found = migrate_source(url, load_rules(), path="a.py").findings
    assert {step for finding in found for step in finding.evidence} == {
        "URL https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents (a.py:1)"
    }
