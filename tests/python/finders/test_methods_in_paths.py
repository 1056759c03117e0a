"""Paths that end in a name, and the classes and settings that put an address in front of them."""

import pytest

from trees import tree
from verbs import manual, noop, transformed

BASE = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"


def test_a_client_that_derives_from_one_of_a_library_hands_its_base_on() -> None:
    tree(
        {
            "chat.py": f"""
                import httpx


                class Chat(httpx.Client):
                    def __init__(self, token):
                        super().__init__(base_url="{BASE}", headers={{"Authorization": token}})

                    def bots(self):
                        return self.post("/«get_bot_agents→list_bots»", json={{"all": True}}).json()
                """,
            "hooks.py": """
                from chat import Chat

                with Chat("token") as chat:
                    chat.post("/«get_webhooks_config→list_registered_webhooks»", json={})
                """,
        }
    )


def test_a_session_that_names_its_base_puts_it_in_front() -> None:
    transformed(
        f"""
        from requests_toolbelt.sessions import BaseUrlSession


        class Chat(BaseUrlSession):
            base_url = "{BASE}/"


        Chat().post("«get_bot_agents→list_bots»", json={{}})
        """
    )


UNKNOWN = [
    pytest.param('f"{LIVECHAT}/get_bot_agents"', id="an f-string"),
    pytest.param('LIVECHAT + "/get_bot_agents"', id="a sum"),
    pytest.param('"{}/get_bot_agents".format(LIVECHAT)', id="format"),
    pytest.param('LIVECHAT + "/get_bot_agents?license_id=1"', id="before a query"),
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_a_path_behind_an_address_that_is_not_known_is_for_a_person(address: str) -> None:
    manual(
        f"""
        import os

        import requests

        LIVECHAT = os.environ["LIVECHAT_URL"]


        def bots():
            return requests.post({address}, json={{}}).json()  #@ method-get-bot-agents
        """
    )


def test_a_path_in_a_module_that_says_nothing_of_the_api_is_not_told() -> None:
    noop(
        """
        import os

        import requests

        BASE = os.environ["CRM_URL"]
        requests.post(f"{BASE}/create_properties", json={})
        """
    )


def test_a_check_of_the_end_of_an_address_is_for_a_person() -> None:
    tree(
        {
            "api.py": f"""
                import requests


                def call(name):
                    return requests.post(f"{BASE}/{{name}}", json={{}})
                """,
            "test_api.py": """
                from unittest.mock import patch

                import api


                @patch("api.requests.post")
                def test_bots(post):
                    api.call("«get_bot_agents→list_bots»")
                    assert post.call_args[0][0].endswith("/get_bot_agents")  #@ method-get-bot-agents
                """,
        }
    )


def test_the_users_own_routes_are_not_told() -> None:
    tree(
        {
            "app.py": f"""
                import click
                import requests
                from flask import Flask, url_for

                app = Flask(__name__)


                @app.route("/get_bot_agents")
                def get_bot_agents():
                    return requests.post(f"{BASE}/«get_bot_agents→list_bots»", json={{}}).json()


                @click.command("create_properties")
                def command():
                    print(url_for("get_bot_agents"))


                app.add_url_rule("/create_properties", "create_properties", command)
                """,
            "test_app.py": """
                from app import app


                def test_bots():
                    assert app.test_client().get("/get_bot_agents").status_code == 200
                """,
        },
        unsafe=True,
    )


def test_a_name_that_goes_to_another_service_of_the_host_stays() -> None:
    for unsafe in (False, True):
        transformed(
            """
            import requests

            HOST = "https://api.livechatinc.com"


            def config(method, version="«3.1→3.2»"):
                return requests.post(f"{HOST}/v{version}/configuration/action/{method}", json={}).json()


            def agent(method, version="3.1"):
                return requests.post(f"{HOST}/v{version}/agent/action/{method}", json={}).json()


            config("«get_bot_agents→list_bots»")
            agent("create_properties")
            """,
            unsafe=unsafe,
        )


def test_a_name_in_a_module_that_hints_at_the_api_is_for_a_person() -> None:
    manual(
        '''
        """A stand-in for LiveChat."""


        def answer(method):
            return {"bot_agents": []} if method == "get_bot_agents" else {}  #@ method-get-bot-agents
        '''
    )
