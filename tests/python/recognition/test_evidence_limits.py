"""How far evidence reaches from one module to another."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from api_modules import SDK, URL, WRAPPER
from trees import tree

UNRELATED = [
    pytest.param(
        {
            "lc.py": WRAPPER,
            "forum.py": 'def call(name):\n    return name\n\n\ncall("get_bot_agents")\n',
            "game.py": 'from forum import call\n\ncall("remove_bot_agent")\n',
        },
        id="a function of the same name in another module",
    ),
    pytest.param(
        {
            "app/clients.py": SDK,
            "other/clients.py": "client = object()\n",
            "other/jobs.py": "from other.clients import client\n\nclient.get_bot_agents()\n",
        },
        id="a module of the same name in another package",
    ),
    pytest.param(
        {
            "lc.py": WRAPPER,
            "jobs.py": 'from lc import call\nfrom forum import call\n\ncall("get_bot_agents")\n',
            "forum.py": "def call(name):\n    return name\n",
        },
        id="a name that is imported again from elsewhere",
    ),
]


@pytest.mark.parametrize("files", UNRELATED)
def test_evidence_does_not_reach_what_is_not_connected(files):
    tree(files)


def test_a_base_that_another_module_uses_for_another_api_is_for_a_person():
    tree(
        {
            "app/settings.py": '\nBASE = "https://api.livechatinc.com/v3.1"  #@ version-3.2\n',
            "app/bots.py": """
                import requests

                from app.settings import BASE


                def bots():
                    return requests.post(f"{BASE}/configuration/action/get_bot_agents", json={})  #@ method-get-bot-agents
                """,
            "app/chats.py": """
                import requests

                from app.settings import BASE


                def chats():
                    return requests.post(f"{BASE}/agent/action/get_chats_summary", json={})
                """,
        }
    )


def test_a_dict_that_another_module_sends_loses_its_status_or_is_for_a_person():
    tree(
        {
            "app/defaults.py": '\nBOT = {"name": "Bot", "status": "accepting chats"}  #@ create-bot-status\n',
            "app/one.py": f'\nimport requests\n\nfrom app.defaults import BOT\n\nrequests.post("{URL}/«create_bot_agent→create_bot»", json=BOT)\n',
            "app/two.py": f'\nimport requests\n\nfrom app.defaults import BOT\n\nrequests.post("{URL}/«create_bot_agent→create_bot»", json=BOT)\n',
        }
    )


def test_a_users_client_is_found_in_the_tree():
    tree(
        {
            "app/lc.py": "from vendor import Base\n\n\nclass Client(Base):\n    pass\n",
            "app/jobs.py": "from app.lc import Client\n\nClient().«get_bot_agents→list_bots»()\n",
        },
        clients=("app.lc:Client",),
    )


def test_a_users_client_that_defines_the_method_itself_keeps_its_name():
    tree(
        {
            "app/lc.py": f'''
                import requests


                class Client:
                    def get_bot_agents(self):
                        return requests.post("{URL}/«get_bot_agents→list_bots»", json={{}})
                ''',
            "app/jobs.py": "from app.lc import Client\n\nClient().get_bot_agents()\n",
        },
        clients=("app.lc:Client",),
    )


def test_the_order_of_the_files_does_not_matter():
    files = {
        "z.py": WRAPPER,
        "a.py": 'from z import call\n\ncall("«get_bot_agents→list_bots»")\n',
    }
    tree(files)
    tree(dict(reversed(files.items())))
