"""Programs in layers: between the name of a method and the address lie modules that hold neither."""

import pytest

from trees import tree

BASE = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"
SETTINGS = f'ROOT = "{BASE}"\n'


def test_a_name_is_followed_through_modules_that_hold_neither_it_nor_an_address() -> None:
    tree(
        {
            "lc/settings.py": SETTINGS,
            "lc/names.py": 'LIST = "«get_bot_agents→list_bots»"\n',
            "lc/core.py": """
                import requests

                from . import settings


                def call(name, **body):
                    return requests.post(f"{settings.ROOT}/{name}", json=body).json()
                """,
            "lc/facade.py": """
                from .core import call


                def perform(what, **kw):
                    return call(what, **kw)
                """,
            "lc/service.py": """
                from . import names
                from .facade import perform


                def bots():
                    return perform(names.LIST)
                """,
            "jobs.py": """
                from lc import facade


                def hooks():
                    return facade.perform("«get_webhooks_config→list_registered_webhooks»")
                """,
        }
    )


def test_the_module_that_sends_what_it_is_given_need_not_know_the_api() -> None:
    tree(
        {
            "core/http.py": """
                import requests


                def post(root, action, body):
                    return requests.post(root + "/" + action, json=body)
                """,
            "core/settings.py": SETTINGS,
            "core/gateway.py": """
                from core import http, settings


                def gateway(action, body):
                    return http.post(settings.ROOT, action, body)
                """,
            "features/base.py": """
                from core.gateway import gateway


                class Feature:
                    action = ""

                    def run(self, body=None):
                        return gateway(self.action, body or {})
                """,
            "features/bots.py": """
                from .base import Feature


                class Bots(Feature):
                    action = "«get_bot_agents→list_bots»"
                """,
        }
    )


CLIENTS = [
    pytest.param(
        """
        import httpx


        class Transport:
            def __init__(self, base_url):
                self._http = httpx.Client(base_url=base_url)

            def post(self, path, body=None):
                return self._http.post(path, json=body or {}).json()
        """,
        id="a client of httpx that the constructor makes",
    ),
    pytest.param(
        """
        import requests


        class Transport:
            def __init__(self, base_url):
                self.base_url = base_url

            def post(self, path, body=None):
                return requests.post(f"{self.base_url}/{path}", json=body or {}).json()
        """,
        id="an attribute",
    ),
]


@pytest.mark.parametrize("transport", CLIENTS)
def test_each_object_speaks_to_the_host_that_it_was_made_with(transport: str) -> None:
    main = f"""
        from transport import Transport

        chat = Transport("{BASE}")
        crm = Transport("https://crm.example.com/v3.1/configuration/action")
        chat.post("«create_properties→register_properties»")
        crm.post("create_properties")
        """
    for unsafe in (False, True):
        tree({"transport.py": transport, "main.py": main}, unsafe=unsafe)


def test_arguments_that_no_caller_spreads_hold_nothing() -> None:
    tree(
        {
            "lc.py": f"""
                import requests


                def call(name, **body):
                    return requests.post(f"{BASE}/{{name}}", json=body).json()


                def perform(what, **kw):
                    return call(what, **kw)


                perform("«get_webhooks_config→list_registered_webhooks»")
                """
        },
        source="3.0",
    )
