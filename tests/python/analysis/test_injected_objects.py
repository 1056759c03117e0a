"""Objects that are handed in: what speaks to the API is made elsewhere than where it is called."""

import pytest

from trees import tree

GATEWAY = """
import requests
{imports}

class LiveChat{base}:
    def call(self, method, body):
        url = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/" + method
        return requests.post(url, json=body, timeout=10).json()
"""
CRM = """
import requests
from ports import Gateway


class Crm(Gateway):
    def call(self, method, body):
        return requests.post("https://crm.example.com/api/" + method, json=body, timeout=10).json()
"""
PROTOCOL = """
from typing import Protocol


class Gateway(Protocol):
    def call(self, method: str, body: dict) -> dict: ...
"""
ABSTRACT = """
import abc


class Gateway(abc.ABC):
    @abc.abstractmethod
    def call(self, method, body): ...
"""


def test_an_argument_without_a_type_is_what_its_callers_pass() -> None:
    tree(
        {
            "gateway.py": GATEWAY.format(imports="", base=""),
            "service.py": """
                class Bots:
                    def __init__(self, gateway):
                        self.gateway, self.cache = gateway, {}

                    def all(self):
                        return self.gateway.call("«get_bot_agents→list_bots»", {"all": True})


                def hooks(gateway):
                    return gateway.call("«get_webhooks_config→list_registered_webhooks»", {})


                def run(send):
                    send("«get_property_configs→list_registered_properties»", {})
                """,
            "main.py": """
                from gateway import LiveChat
                from service import Bots, hooks, run

                chat = LiveChat()
                Bots(chat).all()
                hooks(gateway=chat)
                run(chat.call)
                """,
        }
    )


@pytest.mark.parametrize("ports", [pytest.param(PROTOCOL, id="protocol"), pytest.param(ABSTRACT, id="abstract class")])
def test_an_argument_of_an_abstract_type_is_what_its_callers_pass(ports: str) -> None:
    tree(
        {
            "ports.py": ports,
            "gateway.py": GATEWAY.format(imports="from ports import Gateway\n", base="(Gateway)"),
            "crm.py": CRM,
            "service.py": """
                from dataclasses import dataclass

                from ports import Gateway


                class Bots:
                    def __init__(self, gateway: Gateway) -> None:
                        self._gateway = gateway

                    def all(self):
                        return self._gateway.call("«get_bot_agents→list_bots»", {"all": True})


                @dataclass
                class Hooks:
                    gateway: Gateway

                    def all(self):
                        return self.gateway.call("«get_webhooks_config→list_registered_webhooks»", {})
                """,
            "deals.py": """
                from ports import Gateway


                class Deals:
                    def __init__(self, gateway: Gateway) -> None:
                        self._gateway = gateway

                    def properties(self):
                        return self._gateway.call("create_properties", {})
                """,
            "main.py": """
                from crm import Crm
                from deals import Deals
                from gateway import LiveChat
                from service import Bots, Hooks

                Bots(LiveChat()).all()
                Hooks(gateway=LiveChat()).all()
                Deals(Crm()).properties()
                """,
        }
    )


PROVIDED = [
    pytest.param("http: httpx.AsyncClient = Depends(client)", id="as a default"),
    pytest.param("http: Annotated[httpx.AsyncClient, Depends(client)]", id="as an annotation"),
    pytest.param("http: Http", id="as the name of an annotation"),
]


@pytest.mark.parametrize("parameter", PROVIDED)
def test_a_dependency_is_what_its_function_gives(parameter: str) -> None:
    tree(
        {
            "config.py": """
                from pydantic_settings import BaseSettings


                class Settings(BaseSettings):
                    chat_url: str = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"


                settings = Settings()
                """,
            "app.py": f"""
                from typing import Annotated

                import httpx
                from config import settings
                from fastapi import Depends, FastAPI

                app = FastAPI()


                async def client():
                    async with httpx.AsyncClient(base_url=settings.chat_url) as http:
                        yield http


                Http = Annotated[httpx.AsyncClient, Depends(client)]


                @app.get("/get_bot_agents")
                async def get_bot_agents({parameter}):
                    return (await http.post("/«get_bot_agents→list_bots»", json={{}})).json()
                """,
        }
    )


DJANGO = {
    "site/settings/base.py": """
        import os

        CHAT_URL = os.environ.get("CHAT_URL", "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action")
        CHAT = {"ROOT": "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"}
        """,
    "site/settings/test.py": """
        from .base import *

        DEBUG = True
        """,
    "site/support/chat.py": """
        import requests
        from django.conf import settings


        def call(action, **params):
            return requests.post(f"{settings.CHAT_URL}/{action}", json=params).json()
        """,
    "site/support/views.py": """
        import requests
        from django.conf import settings

        from . import chat

        ROOT = getattr(settings, "CHAT", {})["ROOT"]


        def bots(request):
            return chat.call("«get_bot_agents→list_bots»", all=True)


        def hooks(request):
            return requests.post(ROOT + "/«get_webhooks_config→list_registered_webhooks»", json={}).json()
        """,
}


def test_the_settings_of_a_django_project_are_what_its_settings_modules_say() -> None:
    tree(DJANGO)
