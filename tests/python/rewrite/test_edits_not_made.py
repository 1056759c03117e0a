"""Edits of real programs that must not be made."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from trees import tree
from verbs import manual, transformed

URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"
HEAD = f"""
import requests

URL = "{URL}"
"""

READ = [
    pytest.param(
        {
            "a.py": """
                import requests

                BODY = {"id": "x", "status": "offline"}  #@ update-bot-status
                requests.post("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/«update_bot_agent→update_bot»", json=BODY)
                """,
            "b.py": """
                import a

                print(a.BODY["status"])
                """,
        },
        id="through the module",
    ),
    pytest.param(
        {
            "a.py": """
                import requests


                class Bot:
                    BODY = {"id": "x", "status": "offline"}  #@ update-bot-status

                    def update(self):
                        requests.post("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/«update_bot_agent→update_bot»", json=self.BODY)


                print(Bot.BODY["status"])
                """,
        },
        id="through the class",
    ),
]


@pytest.mark.parametrize("files", READ)
def test_a_key_that_is_read_elsewhere_is_not_removed(files: dict[str, str]) -> None:
    tree(files)


ANSWERS = [
    pytest.param(
        """

def test_it(requests_mock):
    requests_mock.post(URL + "«update_bot_agent→update_bot»", json={"id": "b", "status": "x"})
""",
        id="requests_mock",
    ),
    pytest.param(
        """
import responses

responses.add(responses.POST, URL + "«update_bot_agent→update_bot»", json={"id": "b", "status": "x"})
""",
        id="responses",
    ),
    pytest.param(
        """

def test_it(httpx_mock):
    httpx_mock.add_response(url=URL + "«update_bot_agent→update_bot»", json={"id": "b", "status": "x"})
""",
        id="pytest_httpx",
    ),
]


@pytest.mark.parametrize("rest", ANSWERS)
def test_the_answer_of_a_mock_is_not_a_request(rest: str) -> None:
    transformed(HEAD + rest)


def test_names_of_pushes_stay_when_the_socket_is_two_modules_away() -> None:
    tree(
        {
            "lcbot/__init__.py": "",
            "lcbot/settings.py": 'RTM_URL = "wss://api.livechatinc.com/v3.1/agent/rtm/ws"\n',
            "lcbot/socket.py": """
                import json

                import websocket

                from lcbot.pushes import HANDLERS
                from lcbot.settings import RTM_URL


                def on_message(socket, frame):
                    push = json.loads(frame)
                    HANDLERS[push["action"]](push["payload"])


                def main():
                    websocket.WebSocketApp(RTM_URL, on_message=on_message).run_forever()
                """,
            "lcbot/pushes.py": '''
                """Pushes of LiveChat's agent connection."""
                HANDLERS = {"incoming_chat_thread": print, "thread_closed": print, "incoming_event": print}
                ''',
        }
    )


HOSTS = [
    pytest.param(
        """
        import requests


        def call(base, method):
            if method == "get_bot_agents":  #@
                return []
            return requests.post(f"{base}/{method}")


        call("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action", "«get_bot_agents→list_bots»")
        call("https://own.example", "get_bot_agents")
        """,
        id="by an argument, with a comparison that both calls reach",
    ),
]


@pytest.mark.parametrize("source", HOSTS)
def test_a_wrapper_that_also_serves_another_host_keeps_the_names_of_that_host(source: str) -> None:
    transformed(source)


def test_a_version_that_another_host_uses_as_well_is_for_a_person() -> None:
    manual(
        """
        import requests

        VERSION = "3.1"  #@ version-3.2
        requests.post(f"https://api.livechatinc.com/v{VERSION}/configuration/action/get_bot_agents")  #@ method-get-bot-agents
        requests.get(f"https://other.example/v{VERSION}/things")
        """
    )


def test_properties_that_are_called_like_webhooks_stay_on_request_too() -> None:
    transformed(
        HEAD
        + """
requests.post(URL + "«create_properties→register_properties»", json={"thread_closed": {"type": "string", "domain": ["access_set"]}})
values = requests.post(URL + "«get_property_configs→list_registered_properties»", json={}).json()
print(values["x"]["action"] == "thread_closed")
""",
        unsafe=True,
    )
