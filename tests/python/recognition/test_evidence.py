"""What makes a place this API's, and what does not."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from migrator.findings.finding import Applicability
from verbs import migrated, noop, told, transformed, unsafe_only

STRONG = [
    pytest.param(
        """
        import requests

        requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»", json={})
        """,
        id="a host and a path",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        ConfigurationApi("token").«get_bot_agents→list_bots»()
        """,
        id="a known client",
    ),
    pytest.param(
        """
        import requests


        def call(name):
            return requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/" + name, json={})


        call("«get_bot_agents→list_bots»")
        """,
        id="a wrapper",
    ),
    pytest.param(
        """
        def receive(hook):
            return hook["secret_key"], hook["action"] == "«thread_closed→chat_deactivated»"
        """,
        id="an envelope",
    ),
    pytest.param(
        """
        import requests

        URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/register_webhook"
        requests.post(URL, json={"action": "«thread_closed→chat_deactivated»", "url": "u", "secret_key": "s"})
        """,
        id="a body that registers",
    ),
]


@pytest.mark.parametrize("source", STRONG)
def test_strong_evidence_makes_an_edit_safe_and_says_why(source):
    result = transformed(source)
    assert result.applied
    for finding in result.applied:
        assert finding.applicability is Applicability.SAFE
        assert finding.evidence
        assert all(step.strip() for step in finding.evidence)


def test_the_evidence_of_a_wrapper_names_the_wrapper_and_the_address():
    result = migrated(
        "import requests\n\n\ndef ask_api(name):\n"
        '    return requests.post("https://api.livechatinc.com/v3.1/configuration/action/" + name, json={})\n\n\n'
        'ask_api("get_bot_agents")\n'
    )
    (finding,) = [finding for finding in result.findings if finding.rule == "method-get-bot-agents"]
    chain = "\n".join(finding.evidence)
    assert "ask_api" in chain
    assert "livechatinc.com" in chain


NONE = [
    pytest.param('name = "get_bot_agents"\n', id="a name in a string"),
    pytest.param('import requests\n\nrequests.post("https://example.com/" + "get_bot_agents")\n', id="another host"),
    pytest.param(
        'import requests\n\nrequests.post("https://ucs.example.com/v3.1/configuration/action/get_bot_agents")\n',
        id="another vendor with the same path",
    ),
    pytest.param(
        'URL = "https://x.example.com/restapi/v3.1/configuration-checkpoints/"\n', id="a path that begins alike"
    ),
    pytest.param(
        'def call(name):\n    return name.upper()\n\n\ncall("remove_bot_agent")\n', id="a function of the user"
    ),
    pytest.param(
        'import requests\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/")\ndef hook():\n'
        '    payload = request.get_json()\n    requests.post("https://example.com", json=payload)\n'
        '    return "thread_closed" if payload.get("closed") else "access_granted"\n',
        id="Flask plus requests plus a payload",
    ),
    pytest.param('def f(payload):\n    return payload["type"] == "access_revoked"\n', id="a variable called payload"),
    pytest.param(
        'if event["action"] == "thread_closed":\n    print(event["user"])\n', id="an action of another service"
    ),
    pytest.param(
        'CREDENTIALS = {"access_key": "a", "secret_key": "b"}\naction = "access_granted"\nprint(CREDENTIALS["secret_key"])\n',
        id="a secret key of another service",
    ),
    pytest.param(
        'def f(s3, event):\n    key = s3["secret_key"]\n    return key, event["kind"] == "access_granted"\n',
        id="a secret key and a name on two objects",
    ),
]


@pytest.mark.parametrize("source", NONE)
def test_what_is_no_evidence_leads_to_nothing(source):
    noop(source)


def test_action_and_secret_key_of_two_objects_are_not_an_envelope():
    noop(
        """
        def receive(event, config):
            if config["secret_key"] and event["action"] == "thread_closed":
                lock(event["thread"])
        """
    )


WEAK = [
    pytest.param(
        """
        from integrations.livechat import bus


        @bus.subscribe
        def receive(event):
            if event["action"] == "«thread_closed→chat_deactivated»":
                print(event)
        """,
        id="an import",
    ),
    pytest.param(
        '''
        """What LiveChat tells us."""


        def receive(event):
            return event.get("action") == "«incoming_chat_thread→incoming_chat»"
        ''',
        id="a docstring",
    ),
    pytest.param(
        """
        def on_livechat_event(event):
            if event["action"] == "«access_granted→chat_access_granted»":
                print(event)
        """,
        id="the name of a function",
    ),
    pytest.param(
        """
        def awake(bots):
            return [bot for bot in bots if bot["status"] == "accepting chats"]


        def receive(event):
            if event["action"] == "«thread_closed→chat_deactivated»":
                print(event)
        """,
        id="an old value of status",
    ),
    pytest.param(
        """
        def receive(event):
            if event["action"] == "«thread_closed→chat_deactivated»":
                print(event["bot_agent_id"])
        """,
        id="bot_agent_id",
    ),
]


@pytest.mark.parametrize("source", WEAK)
def test_a_hint_makes_an_edit_unsafe_and_never_safe(source):
    unsafe_only(source)


def test_a_hint_in_a_comment_is_none():
    noop(
        """
        # like LiveChat does
        def receive(event):
            if event["action"] == "thread_closed":
                print(event)
        """,
        reported=True,
    )


def test_a_hint_does_not_reach_names_that_stand_for_something_else():
    noop(
        '''
        """LiveChat, seen from the forum."""

        import logging


        def thread_closed(thread):
            logging.info("thread_closed %s", thread)
            open("thread_closed.log")
        ''',
        reported=True,
    )


def test_ignored_and_selected_rules_take_part_as_asked():
    source = told(
        """
        import requests

        requests.post("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents", json={})
        requests.post("https://api.livechatinc.com/v3.1/configuration/action/remove_bot_agent", json={})
        """
    ).before
    only = migrated(source, select=("method-get-bot-agents",)).after.decode()
    assert only == source.replace("get_bot_agents", "list_bots")
    without = migrated(source, ignore=("method-*",)).after.decode()
    assert without == source.replace("v3.1", "v3.2")
    neither = migrated(source, select=("method-*",), ignore=("method-remove-*",)).after.decode()
    assert neither == only
