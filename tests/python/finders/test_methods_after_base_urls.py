"""A method named after a base URL that is stated elsewhere."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import transformed, unsafe_only

BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

SPELLINGS = [
    pytest.param('BASE + "/«get_bot_agents→list_bots»"', id="by addition"),
    pytest.param('f"{BASE}/«get_bot_agents→list_bots»"', id="by an f-string"),
    pytest.param('f"{BASE!s}/«get_bot_agents→list_bots»?license_id={license_id}"', id="by an f-string with a query"),
    pytest.param('"%s/«get_bot_agents→list_bots»" % BASE', id="by the percent sign"),
    pytest.param('"%s/%s" % (BASE, "«get_bot_agents→list_bots»")', id="by the percent sign with a tuple"),
    pytest.param('"{}/«get_bot_agents→list_bots»".format(BASE)', id="by format"),
    pytest.param('"{}/{}".format(BASE, "«get_bot_agents→list_bots»")', id="by format with two arguments"),
    pytest.param('"{base}/{name}".format(base=BASE, name="«get_bot_agents→list_bots»")', id="by format with keywords"),
    pytest.param('urljoin(BASE + "/", "«get_bot_agents→list_bots»")', id="by urljoin"),
    pytest.param('"/".join([BASE, "«get_bot_agents→list_bots»"])', id="by join of a list"),
    pytest.param('"/".join((BASE, "«get_bot_agents→list_bots»"))', id="by join of a tuple"),
]


@pytest.mark.parametrize("expression", SPELLINGS)
def test_a_method_is_renamed_behind_a_base_constant(expression):
    transformed(
        f'''
        from urllib.parse import urljoin

        import requests

        BASE = "{BASE}"


        def bots(token, license_id):
            url = {expression}
            response = requests.post(url, json={{"all": False}}, headers={{"Authorization": f"Bearer {{token}}"}})
            return response.json()
        '''
    )


PLACES = [
    pytest.param(
        """
        import requests

        ROOT = "https://api.livechatinc.com"
        CONFIGURATION = ROOT + "/v«3.1→3.2»/configuration/action/"


        def remove(bot):
            requests.post(CONFIGURATION + "«remove_bot_agent→delete_bot»", json={"bot_agent_id": bot}).raise_for_status()
        """,
        id="a constant made of another constant",
    ),
    pytest.param(
        """
        import requests


        class Bots:
            base_url = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

            def all(self):
                return requests.post(self.base_url + "/«get_bot_agents→list_bots»", json={}).json()

            def one(self, bot):
                return requests.post(f"{Bots.base_url}/«get_bot_agent_details→get_bot»", json={"bot_agent_id": bot}).json()
        """,
        id="a class attribute",
    ),
    pytest.param(
        """
        import requests


        class Bots:
            def __init__(self, token, base="https://api.livechatinc.com/v«3.1→3.2»/configuration/action"):
                self._base = base
                self._session = requests.Session()
                self._session.headers["Authorization"] = token

            def all(self):
                return self._session.post(f"{self._base}/«get_bot_agents→list_bots»", json={}).json()
        """,
        id="an instance attribute from a default",
    ),
    pytest.param(
        """
        import requests


        class Bots:
            def __init__(self, token):
                self.session = requests.Session()
                self.base = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/"

            def remove(self, bot):
                return self.session.post(self.base + "«remove_bot_agent→delete_bot»", json={"bot_agent_id": bot})
        """,
        id="an instance attribute",
    ),
    pytest.param(
        """
        import httpx

        client = httpx.Client(base_url="https://api.livechatinc.com/v«3.1→3.2»/configuration/action", timeout=10)


        def bots():
            return client.post("/«get_bot_agents→list_bots»", json={}).json()


        def webhooks():
            return client.post("«get_webhooks_config→list_registered_webhooks»", json={}).json()
        """,
        id="the base_url of an httpx client",
    ),
    pytest.param(
        """
        import httpx


        def bots(token):
            with httpx.Client(base_url="https://api.livechatinc.com/v«3.1→3.2»", headers={"Authorization": token}) as http:
                return http.post("/configuration/action/«get_bot_agents→list_bots»", json={}).json()
        """,
        id="the base_url of an httpx client in a with statement",
    ),
    pytest.param(
        """
        import aiohttp


        async def bots(token):
            async with aiohttp.ClientSession("https://api.livechatinc.com", headers={"Authorization": token}) as http:
                async with http.post("/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»", json={}) as response:
                    return await response.json()
        """,
        id="the base of an aiohttp session",
    ),
    pytest.param(
        """
        import httpx


        class Bots:
            def __init__(self, token):
                self._http = httpx.AsyncClient(
                    base_url="https://api.livechatinc.com/v«3.1→3.2»/configuration/action/",
                    headers={"Authorization": f"Bearer {token}"},
                )

            async def details(self, bot):
                response = await self._http.post("«get_bot_agent_details→get_bot»", json={"bot_agent_id": bot})
                return response.json()["bot_agent"]
        """,
        id="the base_url of a client in an attribute",
    ),
    pytest.param(
        """
        import os

        import requests

        BASE = os.environ.get("CONFIGURATION_URL", "https://api.livechatinc.com/v«3.1→3.2»/configuration/action")


        def bots():
            return requests.post(f"{BASE}/«get_bot_agents→list_bots»", json={}).json()
        """,
        id="the default of an environment variable",  # judgement: the default is this API's
    ),
    pytest.param(
        """
        import requests


        def bots(token):
            base = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"
            url = base
            url += "/«get_bot_agents→list_bots»"
            return requests.post(url, json={}, headers={"Authorization": token})
        """,
        id="a local that grows",
    ),
    pytest.param(
        """
        import requests

        BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"
        LIST = "«get_bot_agents→list_bots»"


        def bots():
            return requests.post(f"{BASE}/{LIST}", json={})
        """,
        id="the name in a constant of its own",
    ),
    pytest.param(
        """
        import requests

        BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/"


        def dump():
            for name in ("«get_bot_agents→list_bots»", "«get_webhooks_config→list_registered_webhooks»"):
                print(name, requests.post(BASE + name, json={}).json())
        """,
        id="the name in a loop",
    ),
    pytest.param(
        """
        import requests

        BASE = "https://api.livechatinc.com"
        VERSION = "«3.1→3.2»"


        def bots():
            return requests.post("{}/v{}/configuration/action/«get_bot_agents→list_bots»".format(BASE, VERSION), json={})
        """,
        id="the host and the version apart",
    ),
]


@pytest.mark.parametrize("source", PLACES)
def test_a_method_is_renamed_wherever_its_base_is_stated(source):
    transformed(source)


def test_a_base_that_cannot_be_seen_is_only_a_guess():
    unsafe_only(
        '''
        """Client of the LiveChat API."""

        import requests


        def bots(base_url, token):
            return requests.post(base_url + "/configuration/action/«get_bot_agents→list_bots»", json={}, headers={"X": token})
        '''
    )
