"""Calls of methods in the shapes of real programs."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, transformed

CALLS = [
    pytest.param(
        """
        import requests


        class Bot:
            headers = {"Content-Type": "application/json"}

            def __init__(self, name):
                self.id = self.action("«create_bot_agent→create_bot»", {"name": name}).json()["bot_agent_id"]

            def kill_others(self):
                for other in self.action("«get_bot_agents→list_bots»", {"all": True}).json()["bot_agents"]:
                    if other["id"] != self.id and other["status"] == "offline":
                        self.action(action="«remove_bot_agent→delete_bot»", data={"bot_agent_id": other["id"]})

            def action(self, action, data):
                url = f"https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/{action}"
                return requests.post(url, json=data, headers=self.headers)

            def send(self, chat_id, text):
                url = "https://api.livechatinc.com/v3.1/agent/action/send_event"
                return requests.post(url, json={"chat_id": chat_id, "event": {"type": "message", "text": text}})
        """,
        id="a bot whose wrapper is called action, beside the Agent Chat API",
    ),
    pytest.param(
        """
        import requests


        class Action:
            def __init__(self, name):
                self.name = name

            def __get__(self, instance, owner):
                return lambda **body: requests.post(
                    f"https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/{self.name}", json=body
                )


        class Api:
            bots = Action("«get_bot_agents→list_bots»")
            remove = Action(name="«remove_bot_agent→delete_bot»")
        """,
        id="a descriptor for each method",
    ),
    pytest.param(
        """
        import requests


        class Methods:
            BOTS = "«get_bot_agents→list_bots»"
            HOOKS = "«get_webhooks_config→list_registered_webhooks»"


        def call(method):
            return requests.post(f"https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/{method}")


        call(Methods.BOTS)
        call(method=Methods.HOOKS)
        """,
        id="constants of a class",
    ),
    pytest.param(
        """
        import requests

        URLS = {
            "configuration": "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/",
            "agent": "https://api.livechatinc.com/v3.1/agent/action/",
        }


        def call(service, name, body):
            return requests.post(URLS[service] + name, json=body)


        call("configuration", "«get_bot_agents→list_bots»", {})
        call("agent", "send_event", {"action": "thread_closed"})
        """,
        id="a base for each service",
    ),
    pytest.param(
        """
        import os

        import requests

        VERSION = os.environ.get("VERSION", "«3.1→3.2»")


        def url_for(action, version=None):
            return f"https://api.livechatinc.com/v{version or VERSION}/configuration/action/{action}"


        requests.post(url_for("«get_bot_agents→list_bots»"), json={})
        """,
        id="a version that a parameter may replace",
    ),
    pytest.param(
        """
        import requests


        class Api:
            def __init__(self, version="«3.1→3.2»"):
                self.version = version

            def call(self, method="«get_bot_agents→list_bots»"):
                return requests.post(f"https://api.livechatinc.com/v{self.version}/configuration/action/{method}")


        Api().call()
        Api(version="«3.1→3.2»").call("«get_webhooks_config→list_registered_webhooks»")
        """,
        id="defaults of parameters that other calls replace",
    ),
    pytest.param(
        """
        import subprocess

        URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/«get_bot_agents→list_bots»"
        subprocess.run(["curl", "-X", "POST", URL, "-d", "{}"])
        subprocess.check_output(
            "curl -s https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/«get_bot_agents→list_bots» -d '{}'", shell=True
        )
        """,
        id="command lines of curl",
    ),
    pytest.param(
        """
        import httpx
        from pydantic_settings import BaseSettings


        class Settings(BaseSettings):
            base_url: str = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"


        settings = Settings()
        http = httpx.AsyncClient(base_url=settings.base_url)


        async def bots():
            return await http.post("«get_bot_agents→list_bots»", json={})
        """,
        id="a base that is a field of a settings class",
    ),
    pytest.param(
        """
        import requests


        def post(url, body):
            return requests.post(url, json=body)


        post("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/«get_bot_agents→list_bots»", {"all": True})
        post("https://own.example/bots/create_bot_agent", {"status": "offline", "action": "thread_closed"})
        """,
        id="a helper that posts anywhere",
    ),
    pytest.param(
        """
        from functools import lru_cache, partial

        from celery import shared_task
        from livechat.configuration.client import ConfigurationApi


        @lru_cache(maxsize=None)
        def api() -> ConfigurationApi:
            return ConfigurationApi.get_client(token="t", version="«3.1→3.2»")


        @shared_task(bind=True, max_retries=3)
        def sync(self):
            try:
                bots = api().«get_bot_agents→list_bots»(all=True).json()["bot_agents"]
            except Exception as error:
                raise self.retry(exc=error)
            return [api().«get_bot_agent_details→get_bot»(bot_agent_id=bot["id"]) for bot in bots]


        def remove(bot_id):
            drop = partial(api().«remove_bot_agent→delete_bot», bot_agent_id=bot_id)
            return drop().status_code
        """,
        id="a cached factory of the SDK's client, used in a task",
    ),
]


@pytest.mark.parametrize("source", CALLS)
def test_a_call_as_programs_have_it_is_renamed(source: str) -> None:
    transformed(source)


def test_a_base_that_the_environment_may_replace_and_two_services_share_is_for_a_person() -> None:
    manual(
        """
        import os

        import requests

        BASE = os.environ.get("LIVECHAT_API", "https://api.livechatinc.com/v3.1")  #@ version-3.2


        def call(name, **body):
            return requests.post(f"{BASE}/configuration/action/{name}", json=body)


        def send(chat_id):
            return requests.post(BASE + "/agent/action/send_event", json={"chat_id": chat_id})
        """
    )


def test_the_users_own_commands_and_arguments_are_not_edited_on_request() -> None:
    transformed(
        """
        import argparse

        import click
        import requests

        parser = argparse.ArgumentParser()
        parser.add_argument("get_bot_agents")


        @click.command("create_properties")
        def main():
            requests.post("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/«create_properties→register_properties»", json={})
        """,
        unsafe=True,
    )
