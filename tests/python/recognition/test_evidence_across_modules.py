"""Evidence that is stated in one module and used in another."""

import pytest

from api_modules import URL, WRAPPER
from trees import tree

API_CLASS = f'''
import requests


class Api:
    def __init__(self, token):
        self.token = token

    def call(self, method, **body):
        return requests.post(f"{URL}/{{method}}", json=body, headers={{"Authorization": self.token}}).json()
'''

TREES = [
    pytest.param(
        {
            "app/__init__.py": "",
            "app/settings.py": f'\nCONFIGURATION = "{URL}"\nTIMEOUT = 5\n',
            "app/bots.py": """
                import requests

                from app.settings import CONFIGURATION, TIMEOUT


                def bots():
                    return requests.post(CONFIGURATION + "/«get_bot_agents→list_bots»", json={}, timeout=TIMEOUT)
                """,
        },
        id="a base in a module of settings",
    ),
    pytest.param(
        {
            "app/__init__.py": "",
            "app/settings.py": f'\nBASE = "{URL}"\n',
            "app/bots.py": """
                import requests

                from . import settings


                def bots():
                    return requests.post(f"{settings.BASE}/«get_bot_agents→list_bots»", json={})
                """,
        },
        id="a base reached through a relative import of its module",
    ),
    pytest.param(
        {
            "settings.py": f'\nclass Settings:\n    base: str = "{URL}"\n\n\nsettings = Settings()\n',
            "bots.py": """
                import requests

                from settings import settings


                def bots():
                    return requests.post(settings.base + "/«get_bot_agents→list_bots»", json={})
                """,
        },
        id="a base in an object of settings",
    ),
    pytest.param(
        {
            "shop/__init__.py": "",
            "shop/lc.py": WRAPPER,
            "shop/bots.py": """
                from .lc import call


                def clean():
                    for bot in call("«get_bot_agents→list_bots»")["bot_agents"]:
                        call("«remove_bot_agent→delete_bot»", bot_agent_id=bot["id"])
                """,
        },
        id="a wrapper behind a relative import",
    ),
    pytest.param(
        {
            "shop/__init__.py": "",
            "shop/api/__init__.py": "from .transport import call\n\n__all__ = ['call']\n",
            "shop/api/transport.py": WRAPPER,
            "shop/jobs/__init__.py": "",
            "shop/jobs/clean.py": """
                from ..api import call as ask


                def bots():
                    return ask("«get_bot_agents→list_bots»")
                """,
        },
        id="a wrapper that a package re-exports, under another name",
    ),
    pytest.param(
        {
            "src/shop/__init__.py": "from shop._api import *\n",
            "src/shop/_api.py": API_CLASS,
            "src/shop/bots.py": """
                from shop import Api


                class Bots:
                    def __init__(self, token):
                        self.api = Api(token)

                    def all(self):
                        return self.api.call("«get_bot_agents→list_bots»")
                """,
            "tests/test_bots.py": """
                from shop._api import Api


                def test_that_there_are_bots():
                    assert Api("t").call(method="«get_bot_agents→list_bots»")
                """,
        },
        id="a wrapper class in a src layout, with a star import",
    ),
    pytest.param(
        {
            "lc/__init__.py": "",
            "lc/base.py": API_CLASS,
            "lc/bots.py": """
                from lc import base


                class Bots(base.Api):
                    def all(self):
                        return self.call("«get_bot_agents→list_bots»")

                    def get_bot_agents(self):
                        return self.all()
                """,
            "main.py": """
                from lc.bots import Bots

                bots = Bots("token")
                bots.get_bot_agents()
                bots.call("«get_webhooks_config→list_registered_webhooks»")
                """,
        },
        id="a wrapper that is inherited from another module",
    ),
    pytest.param(
        {
            "app/names.py": 'LIST_BOTS = "«get_bot_agents→list_bots»"\n',
            "app/lc.py": WRAPPER,
            "app/main.py": "from app.lc import call\nfrom app.names import LIST_BOTS\n\nprint(call(LIST_BOTS))\n",
        },
        id="the name in one module, the wrapper in another, the call in a third",
    ),
    pytest.param(
        {
            "a.py": "from b import call\n\n\ndef bots():\n    return call('«get_bot_agents→list_bots»')\n",
            "b.py": f"from a import bots\n{WRAPPER}\n\nprint(bots)\n",
        },
        id="modules that import each other",
    ),
]


@pytest.mark.parametrize("files", TREES)
def test_evidence_is_followed_across_modules(files):
    tree(files)
