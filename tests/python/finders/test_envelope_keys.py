"""`data`, which became `payload` in the envelope of a webhook (3.0 to 3.1)."""

import pytest

from migrator.findings.finding import Applicability
from verbs import migrated, noop, told, transformed, unsafe_only

RENAMED = [
    pytest.param(
        """
        def receive(hook):
            if hook["secret_key"] == "s" and hook["action"] == "incoming_event":
                print(hook["«data→payload»"]["event"])
        """,
        id="by a subscript",
    ),
    pytest.param(
        """
        def receive(hook):
            if hook["webhook_id"] and hook["action"]:
                event = hook.get("«data→payload»", {}).get("event")
                print(event)
        """,
        id="by get",
    ),
    pytest.param(
        """
        from flask import Flask, request

        app = Flask(__name__)


        @app.post("/hook")
        def hook():
            data = request.get_json()
            if data["secret_key"] != "s":
                return "", 401
            handle(data["action"], data["«data→payload»"])
            return ""


        def handle(action, data):
            print(action, data["chat_id"])
        """,
        id="read off a local called data",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"], hook["action"]
            data = hook['«data→payload»']
            return data["thread"]["data"]
        """,
        id="kept in a local called data",
    ),
    pytest.param(
        """
        def receive(hook):
            match hook:
                case {"action": "incoming_event", "secret_key": _, "«data→payload»": {"event": event}}:
                    print(event)
        """,
        id="in a pattern",
    ),
    pytest.param(
        """
        HOOK = {
            "webhook_id": "w",
            "secret_key": "s",
            "action": "incoming_event",
            "«data→payload»": {"chat_id": "c", "data": {"data": 1}},
        }
        """,
        id="in a fixture",
    ),
    pytest.param(
        """
        HOOK = '{"webhook_id": "w", "secret_key": "s", "action": "incoming_event", "«data→payload»": {"data": "data"}}'
        """,
        id="in JSON in a string",
    ),
    pytest.param(
        """
        def receive(hook):
            assert "«data→payload»" in hook and hook["secret_key"]
            print(hook["action"], hook.pop("«data→payload»"))
        """,
        id="by in and pop",
    ),
]


@pytest.mark.parametrize("source", RENAMED)
def test_data_is_renamed_on_the_envelope(source):
    transformed(source, source="3.0", target="3.1")


def test_data_and_the_names_are_renamed_together_over_the_chain():
    transformed(
        """
        import requests


        def register(url):
            requests.post(
                "https://api.livechatinc.com/v«3.0→3.2»/configuration/action/register_webhook",
                json={"url": url, "secret_key": "s", "action": "«thread_closed→chat_deactivated»"},
            )


        def receive(hook):
            if hook["secret_key"] == "s" and hook["action"] == "«thread_closed→chat_deactivated»":
                print(hook["«data→payload»"]["chat_id"])
        """,
        source="3.0",
    )


MODELS = [
    pytest.param(
        """
        from pydantic import BaseModel


        class Hook(BaseModel):
            webhook_id: str
            secret_key: str
            action: str
            data: dict


        def receive(hook: Hook):
            return hook.data["chat_id"]
        """,
        id="a pydantic model",
    ),
    pytest.param(
        """
        from dataclasses import dataclass


        @dataclass
        class Hook:
            webhook_id: str
            secret_key: str
            action: str
            data: dict


        def receive(body):
            return Hook(**body).data["chat_id"]
        """,
        id="a dataclass",
    ),
]


@pytest.mark.parametrize("source", MODELS)
def test_the_field_of_a_model_is_shown_or_renamed_with_its_readers(source):
    before = told(source).before
    result = migrated(before, source="3.0", target="3.1")
    assert "webhook-data" in {finding.rule for finding in result.findings}
    # judgement: for a person, or all of it
    renamed = before.replace("    data: dict", "    payload: dict").replace(".data[", ".payload[")
    assert result.after.decode() in (before, renamed)


KEPT = [
    pytest.param(
        "def send(session, data):\n    return session.post('https://example.com', data=data)['data']\n", id="a request"
    ),
    pytest.param(
        "def receive(event):\n    return event['type'], event['data'], event['action']\n", id="another envelope"
    ),
    pytest.param("def pages(answer):\n    yield from answer['data']\n", id="a page of another API"),
]


@pytest.mark.parametrize("source", KEPT)
def test_data_of_something_else_stays(source):
    noop(source, source="3.0", target="3.1", reported=True)


def test_action_and_data_in_a_module_without_other_evidence_are_at_most_unsafe():
    source = told(
        """
        def receive(hook):
            if hook["action"] == "incoming_event":
                print(hook["data"]["event"])
        """
    ).before
    result = migrated(source, source="3.0", target="3.1")
    assert result.after.decode() == source
    assert Applicability.SAFE not in {finding.applicability for finding in result.findings}


def test_action_and_data_are_only_a_guess_in_a_module_that_speaks_of_livechat():
    unsafe_only(
        '''
        """LiveChat webhooks."""


        def receive(hook):
            if hook["action"] == "incoming_event":
                print(hook["«data→payload»"]["event"])
        ''',
        source="3.0",
        target="3.1",
    )


def test_data_stays_when_only_the_later_step_is_taken():
    noop(
        """
        def receive(hook):
            if hook["secret_key"] == "s" and hook["action"] == "incoming_event":
                print(hook["data"]["event"])
        """,
        source="3.1",
        reported=True,
    )


def test_both_keys_on_purpose_are_not_made_one():
    noop(
        """
        def receive(hook):
            if hook["secret_key"] == "s" and hook["action"]:
                print(hook.get("payload") or hook.get("data"))
        """,
        source="3.0",
        target="3.1",
        reported=True,
    )
