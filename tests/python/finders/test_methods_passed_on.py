"""Methods and bodies as real programs hand them on."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, transformed

URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"
HEAD = f"""
import requests

URL = "{URL}"
"""

# Silent: names that come through a parameter of a function whose method is fixed.
PARAMETERS = [
    pytest.param(
        """

def hook(name):
    requests.post(URL + "register_webhook", json={"action": name, "url": "u"})


hook("«chat_thread_tagged→thread_tagged»")
""",
        id="a name",
    ),
    pytest.param(
        """

def sync(wanted):
    for name in wanted:
        requests.post(URL + "register_webhook", json={"action": name, "url": "u"})


sync(["«access_granted→chat_access_granted»"])
""",
        id="a list of names",
    ),
    pytest.param(
        """

def sync(wanted=("«access_granted→chat_access_granted»",)):
    for name in wanted:
        requests.post(URL + "register_webhook", json={"action": name, "url": "u"})


sync()
""",
        id="a default",
    ),
    pytest.param(
        """

def sync(wanted):
    for name, path in wanted.items():
        requests.post(URL + "register_webhook", json={"action": name, "url": path})


sync({"«access_granted→chat_access_granted»": "/access"})
""",
        id="a dict of names",
    ),
    pytest.param(
        """

class Hooks:
    def __init__(self, names=()):
        self.names = names

    def sync(self):
        for name in self.names:
            requests.post(URL + "register_webhook", json={"action": name})


Hooks(names=["«access_revoked→chat_access_revoked»"]).sync()
""",
        id="an argument of the constructor",
    ),
    pytest.param(
        """

def update(bot, webhooks=None):
    requests.post(URL + "«update_bot_agent→update_bot»", json={"id": bot, "webhooks": webhooks})


update("b", {"actions": [{"name": "«incoming_chat_thread→incoming_chat»"}]})
update("b", webhooks={"actions": [{"name": "«thread_closed→chat_deactivated»"}]})
""",
        id="a part of the body",
    ),
    pytest.param(
        """

def hooks(*names):
    return {"url": "u", "actions": [{"name": name} for name in names]}


requests.post(URL + "«update_bot_agent→update_bot»", json={"id": "b", "webhooks": hooks("«thread_closed→chat_deactivated»")})
""",
        id="any number of names",
    ),
    pytest.param(
        """

def hook(name):
    requests.post(URL + "register_webhook", json={"action": name, "url": "u"})


[hook(name) for name in ("«chat_thread_tagged→thread_tagged»",)]
""",
        id="a comprehension that calls",
    ),
]


@pytest.mark.parametrize("rest", PARAMETERS)
def test_a_name_that_comes_through_a_parameter_is_renamed(rest: str) -> None:
    transformed(HEAD + rest)


MANUAL = [
    pytest.param(
        """
        class View:
            def post(self, body):
                if body["secret_key"] == "k":
                    return getattr(self, f"on_{body['action']}")(body["payload"])

            def on_access_revoked(self, payload):  #@ webhook-access-revoked
                return payload["resource"]  #@ access-resource
        """,
        id="a field that a method found by name reads",
    ),
]


@pytest.mark.parametrize("source", MANUAL)
def test_what_is_found_by_the_name_of_a_webhook_is_for_a_person(source: str) -> None:
    manual(source)


# Silent or half: clients whose parts are put together elsewhere.
CLIENTS = [
    pytest.param(
        """
        import httpx


        class Configuration:
            def __init__(self, http: httpx.AsyncClient):
                self.http = http

            async def call(self, method, **params):
                return await self.http.post(method, json=params)

            async def bots(self):
                return await self.call("«get_bot_agents→list_bots»")


        api = Configuration(httpx.AsyncClient(base_url="https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"))
        """,
        id="an annotated client that the constructor is given",
    ),
    pytest.param(
        """
        import requests


        class Http:
            base_url: str

            def send(self, path, **kwargs):
                return requests.post(self.base_url + path, **kwargs).json()


        class Configuration(Http):
            base_url = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"

            def bots(self):
                return self.send("«get_bot_agents→list_bots»", json={"all": True})
        """,
        id="a base that the subclass sets",
    ),
    pytest.param(
        """
        import requests
        from environs import Env

        env = Env()
        BASE = env.str("LC", default="https://api.livechatinc.com/«v3.1→v3.2»/configuration/action")
        requests.post(BASE + "/«get_bot_agents→list_bots»", json={})
        """,
        id="a default that environs is given",
    ),
    pytest.param(
        """
        import requests


        class Api:
            def call(self, name, /, **params):
                return requests.post(f"https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/{name}", json=params)

            def update(self, name):
                return self.call("«update_bot_agent→update_bot»", id=1, name=name)
        """,
        id="a parameter that is by position only, beside a field of the same name",
    ),
]


@pytest.mark.parametrize("source", CLIENTS)
def test_a_client_that_is_put_together_elsewhere_is_followed(source: str) -> None:
    transformed(source)
