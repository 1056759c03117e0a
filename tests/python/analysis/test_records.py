"""Names and addresses that records, namespaces and enums hold."""

import pytest

from trees import tree
from verbs import transformed

BASE = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"
HEAD = f"""
import enum
from collections import namedtuple
from types import SimpleNamespace
from typing import NamedTuple

import requests

BASE = "{BASE}"
"""

RECORDS = [
    pytest.param(
        """
Endpoint = namedtuple("Endpoint", "name scope")
ENDPOINTS = {
    "bots": Endpoint("«get_bot_agents→list_bots»", "agents-bot--my:ro"),
    "drop": Endpoint(scope="agents-bot--my:rw", name="«remove_bot_agent→delete_bot»"),
}


def call(what, body):
    return requests.post(f"{BASE}/{ENDPOINTS[what].name}", json=body)
""",
        id="a namedtuple",
    ),
    pytest.param(
        """
Endpoint = namedtuple("Endpoint", ["name", "scope"])

for name, scope in [Endpoint("«get_bot_agents→list_bots»", "agents-bot--my:ro")]:
    requests.post(f"{BASE}/{name}", json={})
""",
        id="a namedtuple that is taken apart",
    ),
    pytest.param(
        """
class Endpoint(NamedTuple):
    name: str
    scope: str


for name, scope in [Endpoint("«get_bot_agents→list_bots»", "agents-bot--my:ro")]:
    requests.post(f"{BASE}/{name}", json={})
""",
        id="a NamedTuple that is taken apart",
    ),
    pytest.param(
        """
names = SimpleNamespace(bots="«get_bot_agents→list_bots»", hooks="«get_webhooks_config→list_registered_webhooks»")
requests.post(f"{BASE}/{names.bots}", json={})
requests.post(f"{BASE}/{names.hooks}", json={})
""",
        id="a namespace",
    ),
    pytest.param(
        """
class Endpoint(enum.Enum):
    BOTS = "«get_bot_agents→list_bots»"
    BOT = "«get_bot_agent_details→get_bot»"

    @property
    def url(self):
        return f"{BASE}/{self.value}"


requests.post(Endpoint.BOTS.url, json={})
""",
        id="the value of an enum's member, asked for inside",
    ),
]


@pytest.mark.parametrize("source", RECORDS)
def test_a_name_in_a_record_is_followed(source: str) -> None:
    transformed(HEAD + source)


def test_an_address_in_a_record_of_another_module_is_followed() -> None:
    tree(
        {
            "conf.py": f"""
                from collections import namedtuple

                Conf = namedtuple("Conf", "base, token")
                conf = Conf(base="{BASE}", token="t")
                """,
            "bots.py": """
                import requests

                from conf import conf

                requests.post(f"{conf.base}/«get_bot_agents→list_bots»", json={})
                """,
        }
    )
