"""Bodies of requests that are made, kept and read in the ways of real programs."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from trees import tree
from verbs import manual, transformed

CREATE = """
import requests

URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"
"""


NAMES = [
    pytest.param(
        """

def create():
    actions = []
    actions.append({"name": "«incoming_chat_thread→incoming_chat»"})
    actions.extend([{"name": "«thread_closed→chat_deactivated»"}])
    actions += [{"name": "«access_set→chat_access_set»"}]
    requests.post(URL + "«create_bot_agent→create_bot»", json={"name": "n", "webhooks": {"actions": actions}})
""",
        id="a list that grows",
    ),
    pytest.param(
        """

def create():
    body = {"name": "n"}
    body["webhooks"] = {"url": "u", "secret_key": "k"}
    body["webhooks"]["actions"] = [{"name": "«incoming_chat_thread→incoming_chat»"}]
    requests.post(URL + "«create_bot_agent→create_bot»", json=body)
""",
        id="keys that are stored one inside the other",
    ),
    pytest.param(
        """
HOOKS = {"«incoming_chat_thread→incoming_chat»": {"only_my_chats": True}, "incoming_event": {"author_type": "agent"}}


def register(url):
    for action, filters in HOOKS.items():
        requests.post(URL + "register_webhook", json={"action": action, "url": url, "filters": filters})
""",
        id="a table of filters by name",
    ),
    pytest.param(
        """
HOOKS = [dict(action="«incoming_chat_thread→incoming_chat»", description="x"), {"action": "«thread_closed→chat_deactivated»"}]


def register(url):
    for hook in HOOKS:
        requests.post(URL + "register_webhook", json={**hook, "url": url, "secret_key": "k"})
""",
        id="a list of bodies that are completed in the loop",
    ),
    pytest.param(
        """
URLS = {"bots": URL + "«get_bot_agents→list_bots»", "hook": URL + "register_webhook"}
requests.post(URLS["bots"], json={})
requests.post(URLS["hook"], json={"action": "«incoming_chat_thread→incoming_chat»", "url": "u"})
requests.post(URLS.get("hook"), json={"action": "«thread_closed→chat_deactivated»", "url": "u"})
""",
        id="a table of URLs",
    ),
    pytest.param(
        """
BODY = {
    "webhooks": {
        "url": "thread_closed",
        "actions": [
            {
                "name": "«thread_closed→chat_deactivated»",
                "filters": {"chat_properties": {"status": {"thread_closed": {"values": ["access_set"]}}}},
            }
        ],
    }
}
requests.post(URL + "«create_bot_agent→create_bot»", json=BODY)
""",
        id="the same names as a URL, a property and a value, which stay",
    ),
]


@pytest.mark.parametrize("rest", NAMES)
def test_names_are_found_wherever_the_body_comes_from(rest: str) -> None:
    transformed(CREATE + rest)


READ = [
    pytest.param(
        """

class Bot:
    def __init__(self, status):
        self.body = {"name": "x", "status": status}  #@ create-bot-status

    def create(self):
        requests.post(URL + "create_bot_agent", json=self.body)

    def online(self):
        return self.body["status"] != "offline"
""",
        id="an attribute that another method reads",
    ),
    pytest.param(
        """

def create(status):
    body = {"name": "x", "status": status}  #@ create-bot-status
    requests.post(URL + "create_bot_agent", json=body)
    return body
""",
        id="a dict that is returned",
    ),
    pytest.param(
        """

def create(status):
    body = {"name": "x", "status": status}  #@ create-bot-status
    if not status:
        del body["status"]
    requests.post(URL + "create_bot_agent", json=body)
""",
        id="a dict whose key is deleted",
    ),
    pytest.param(
        """

def create(status):
    body = {"name": "x", "status": status}  #@ create-bot-status

    def again():
        return body["status"]

    requests.post(URL + "create_bot_agent", json=body)
    return again
""",
        id="a dict that a closure reads",
    ),
    pytest.param(
        """

def body(status):
    return {"name": "x", "status": status}  #@ create-bot-status


requests.post(URL + "create_bot_agent", json=body("offline"))
requests.post("https://own.example/bots", json=body("offline"))
""",
        id="a function whose result also goes elsewhere",
    ),
]


@pytest.mark.parametrize("rest", READ)
def test_a_key_that_something_else_may_read_is_for_a_person(rest: str) -> None:
    story = CREATE.replace("«v3.1→v3.2»", "v3.1") + rest
    manual(story, select=("create-bot-status",))


def test_a_key_that_a_test_of_another_module_reads_is_for_a_person() -> None:
    tree(
        {
            "bodies.py": """
                def bot_body(status):
                    return {"name": "x", "status": status}  #@ create-bot-status
                """,
            "bots.py": """
                import bodies
                import requests

                URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"
                requests.post(URL + "«create_bot_agent→create_bot»", json=bodies.bot_body("offline"))
                """,
            "test_bodies.py": """
                from bodies import bot_body


                def test_status():
                    assert bot_body("offline")["status"] == "offline"
                """,
        }
    )


def test_a_property_that_is_called_like_the_key_stays() -> None:
    transformed(
        """
        import requests


        def call(method, **body):
            return requests.post("https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/" + method, json=body)


        call("«update_bot_agent→update_bot»", id=1)
        call("«create_properties→register_properties»", status={"type": "int"}, thread_closed={"type": "bool"})
        """
    )


PAIRS = [
    pytest.param(
        """
BODIES = {
    "«update_bot_agent→update_bot»": {"id": "1", "name": "Desk"},
    "«create_properties→register_properties»": {"status": {"type": "string"}},
}
for method, body in BODIES.items():
    requests.post(URL + method, json=body)
""",
        id="the items of a dict",
    ),
    pytest.param(
        """

def call(method, body):
    return requests.post(URL + method, json=body)


for m, b in (("«update_bot_agent→update_bot»", {"id": 1}), ("«create_properties→register_properties»", {"status": {"type": "int"}})):
    call(m, b)
""",
        id="pairs of a tuple, through a wrapper",
    ),
]


@pytest.mark.parametrize("rest", PAIRS)
def test_a_method_and_a_body_that_are_looped_over_together_belong_together(rest: str) -> None:
    transformed(CREATE + rest)
