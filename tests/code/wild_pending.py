"""Shapes of real programs that are not reached yet. Rename to test_wild_pending.py once they are."""

import pytest
from trees import tree
from verbs import manual, noop, transformed, unsafe_only

URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/"
HEAD = f"""
import requests

URL = "{URL}"
"""

# Wrong: an edit that breaks the program, or the user's data.
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
    transformed(HEAD + rest)


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


PUSHES = [
    pytest.param(
        """
                from lcbot.pushes import HANDLERS


                def on_message(socket, frame):
                    push = json.loads(frame)
                    HANDLERS[push["action"]](push["payload"])
""",
        '''
                """Pushes of LiveChat's agent connection."""
                HANDLERS = {"incoming_chat_thread": print, "thread_closed": print, "incoming_event": print}
''',
        id="a table of another module",
    ),
    pytest.param(
        """
                from lcbot.pushes import Push


                def on_message(socket, frame):
                    push = json.loads(frame)
                    if push["action"] == Push.CHAT:
                        print(push["payload"])
""",
        '''
                """Pushes of LiveChat's agent connection."""
                from enum import Enum


                class Push(str, Enum):
                    CHAT = "incoming_chat_thread"
                    CLOSED = "thread_closed"
                    EVENT = "incoming_event"
''',
        id="an enum of another module",
    ),
]


@pytest.mark.parametrize(("reader", "names"), PUSHES)
def test_names_of_pushes_of_another_module_stay(reader: str, names: str) -> None:
    rtm = '                import json\n\n                RTM = "wss://api.livechatinc.com/v3.1/agent/rtm/ws"\n'
    tree({"lcbot/__init__.py": "", "lcbot/socket.py": "\n" + rtm + reader, "lcbot/pushes.py": names})


def test_two_common_keys_are_not_enough_for_an_edit() -> None:
    unsafe_only(
        """
        def log(request):
            key = request["secret_key"]
            if request["action"] == "«access_revoked→chat_access_revoked»":
                revoke(key)
        """
    )


def test_an_audit_in_a_tree_without_the_api_is_left_alone() -> None:
    noop(
        """
        def log(entry):
            return entry["action"] == "access_granted" and entry["payload"]["resource"] == "bucket"
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
    pytest.param(
        """
NAMES = ("«incoming_chat_thread→incoming_chat»", "incoming_event")
ACTIONS = list(map(lambda name: {"name": name}, NAMES))
requests.post(URL + "«update_bot_agent→update_bot»", json={"id": "b", "webhooks": {"actions": ACTIONS}})
""",
        id="a function that map applies",
    ),
]


@pytest.mark.parametrize("rest", PARAMETERS)
def test_a_name_that_comes_through_a_parameter_is_renamed(rest: str) -> None:
    transformed(HEAD + rest)


MANUAL = [
    pytest.param(
        """
        class Handlers:
            def incoming_chat_thread(self, payload):  #@ webhook-incoming-chat-thread
                return payload["chat"]


        handlers = Handlers()


        async def hook(request):
            body = await request.json()
            if body["secret_key"] == "k":
                return await getattr(handlers, body["action"])(body["payload"])
        """,
        id="an awaited method that is found by the bare name",
    ),
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
