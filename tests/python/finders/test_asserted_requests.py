"""What a test expects in a request that is edited is manual: the test would fail, and nobody would know why."""

from __future__ import annotations

import pytest

from trees import tree

_API = """
import requests
BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/"

def hire(name):
    return requests.post(BASE + "«create_bot_agent→create_bot»", json={"name": name«, "status": "offline"→»})

def bots():
    return requests.post(BASE + "«get_bot_agents→list_bots»", json={}).json()
"""


@pytest.mark.parametrize(
    "expected",
    [
        'assert requests_mock.last_request.json()["status"] == "offline"',
        'assert requests_mock.last_request.json().get("status") == "offline"',
        'assert "status" in requests_mock.request_history[0].json()',
        'assert requests_mock.last_request.json() == {"name": "x", "status": "offline"}',
        'assert {"name": "x", "status": "offline"} == json.loads(responses.calls[0].request.body)',
        'assert json.loads(route.calls.last.request.content)["status"] == "offline"',
        'assert json.loads(httpx_mock.get_request().content)["status"] == "offline"',
        'assert post.call_args.kwargs["json"]["status"] == "offline"',
        'assert post.call_args[1]["json"]["status"] == "offline"',
        'post.assert_called_once_with(ANY, json={"name": "x", "status": "offline"})',
        'call.assert_called_with("x", status="offline")',
    ],
)
def test_a_removed_key_that_a_mock_has_recorded_is_manual(expected: str) -> None:
    tree(
        {
            "api.py": _API,
            "test_api.py": f"from api import hire\n\ndef test_hire():\n    hire('x')\n    {expected}  #@\n",
        }
    )


def test_a_removed_key_is_followed_through_names_and_lists() -> None:
    tree(
        {
            "api.py": _API,
            "test_api.py": """
import json
import api

class Fake:
    def __init__(self):
        self.kept = []

    def post(self, url, json):
        self.kept.append((url, json))

def test_names(requests_mock):
    api.hire("x")
    body = requests_mock.last_request.json()
    assert body["status"] == "offline"  #@ create-bot-status

def test_lists(monkeypatch):
    sent = []
    monkeypatch.setattr("requests.post", lambda url, json: sent.append((url, json)))
    api.hire("x")
    assert sent[0][1]["status"] == "offline"  #@ create-bot-status

def test_fakes(monkeypatch):
    fake = Fake()
    monkeypatch.setattr("requests.post", fake.post)
    api.hire("x")
    assert fake.kept[0][1]["status"] == "offline"  #@ create-bot-status

def test_transports():
    def handler(request):
        assert json.loads(request.content)["status"] == "offline"  #@ create-bot-status
""",
        }
    )


@pytest.mark.parametrize(
    "expected",
    [
        'assert b"create_bot_agent" in str(post.call_args).encode()',
        'assert post.call_args[0][0].endswith("/create_bot_agent")',
        'assert b"/create_bot_agent" != sent',
    ],
)
def test_an_old_name_that_a_test_expects_in_text_is_manual(expected: str) -> None:
    tree(
        {
            "api.py": _API,
            "test_api.py": f"from api import hire\n\ndef test_hire():\n    hire('x')\n    {expected}  #@\n",
        }
    )


def test_a_string_that_is_an_old_name_is_renamed_in_a_test_of_the_code_that_is() -> None:
    expected = 'assert "«create_bot_agent→create_bot»" in url'
    tree(
        {
            "api.py": _API,
            "test_api.py": f"from api import hire\n\ndef test_hire():\n    hire('x')\n    {expected}\n",
        }
    )


@pytest.mark.parametrize(
    "expected",
    [
        'assert bots()["bot_agents"][0]["status"] == "offline"',
        'assert hire("x").json()["status"] == "offline"',
        'assert job["status"] == "offline"',
        'assert store.status == "offline"',
        'assert post.call_args.kwargs["json"]["name"] == "x"',
    ],
)
def test_what_responses_and_other_objects_contain_is_not_reported(expected: str) -> None:
    tests = f"from api import bots, hire\n\ndef test_bots():\n    {expected}\n"
    assert [found.rule for found in tree({"api.py": _API, "test_api.py": tests}) if found.path == "test_api.py"] == []


def test_a_test_of_other_code_is_not_reported() -> None:
    tests = """
import jobs

def test_job(requests_mock):
    jobs.run()
    assert requests_mock.last_request.json()["status"] == "offline"
    assert b"create_bot_agent" in requests_mock.last_request.body
"""
    found = tree({"api.py": _API, "jobs.py": "def run(): ...\n", "test_jobs.py": tests})
    assert [each.rule for each in found if each.path == "test_jobs.py"] == []
