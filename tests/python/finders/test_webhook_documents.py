"""Webhooks that are written out as dicts, as tests have them, and what is taken over from one into another."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import transformed

NAMES = [
    pytest.param(
        'HOOK = {**BASE, "action": "«thread_closed→chat_deactivated»", "payload": {"chat_id": "c"}}', id="spread"
    ),
    pytest.param('HOOK = dict(BASE, action="«thread_closed→chat_deactivated»", payload={})', id="given to dict"),
    pytest.param('HOOK = dict(**BASE, action="«thread_closed→chat_deactivated»")', id="spread into dict"),
    pytest.param('HOOK = BASE | {"action": "«thread_closed→chat_deactivated»"}', id="joined"),
    pytest.param('HOOK = BASE.copy()\nHOOK["action"] = "«thread_closed→chat_deactivated»"', id="stored into a copy"),
    pytest.param(
        """from copy import deepcopy


def test():
    hook = deepcopy(BASE)
    hook["action"] = "«access_set→chat_access_set»"
""",
        id="stored into a deep copy",
    ),
]


@pytest.mark.parametrize("source", NAMES)
def test_a_name_is_renamed_in_a_document_that_takes_its_other_keys_from_another(source: str) -> None:
    base = 'BASE = {"webhook_id": "w", "secret_key": "k", "action": "incoming_event", "payload": {}}\n'
    transformed(base + source + "\n")


KEYS = [
    pytest.param('HOOK = {**BASE, "«data→payload»": {"data": 1}}', id="spread"),
    pytest.param("HOOK = dict(BASE, «data→payload»={})", id="given to dict"),
    pytest.param('HOOK = BASE | {"«data→payload»": {}}', id="joined"),
    pytest.param('HOOK = BASE.copy()\nHOOK["«data→payload»"] = {"data": 1}', id="stored into a copy"),
    pytest.param('def test(store):\n    assert store.last == BASE["«data→payload»"]["data"]', id="read again"),
]


@pytest.mark.parametrize("source", KEYS)
def test_a_key_is_renamed_in_a_document_that_takes_its_other_keys_from_another(source: str) -> None:
    base = 'BASE = {"webhook_id": "w", "secret_key": "k", "action": "incoming_event", "«data→payload»": {"data": 1}}\n'
    transformed(base + source + "\n", source="3.0", target="3.1")


MADE = [
    pytest.param(
        """
        def make(**over):
            return {**BASE, **over}


        def test(client):
            client.post(json=make(action="«thread_closed→chat_deactivated»", tag="thread_closed"))
        """,
        id="by a function that spreads its keywords",
    ),
    pytest.param(
        """
        def make(**over):
            hook = dict(BASE)
            hook.update(over)
            return hook


        def test(client):
            client.post(json=make(action="«thread_closed→chat_deactivated»"))
        """,
        id="by a function that updates with its keywords",
    ),
    pytest.param(
        """
        def test(client):
            hook = BASE.copy()
            hook.update(action="«thread_closed→chat_deactivated»")
            client.post(json=hook)
            hook.update({"action": "«access_set→chat_access_set»"})
            client.post(json=hook)
        """,
        id="by an update",
    ),
    pytest.param(
        """
        import pytest


        @pytest.mark.parametrize(
            ("action", "code"), [("«thread_closed→chat_deactivated»", 200), pytest.param("«access_set→chat_access_set»", 201, id="access_set")]
        )
        def test(client, action, code):
            assert client.post(json={**BASE, "action": action}).status_code == code
        """,
        id="for each case of a test",
    ),
    pytest.param(
        """
        import pytest


        @pytest.fixture
        def hook():
            return {**BASE, "action": "«thread_closed→chat_deactivated»"}


        def test(client, hook):
            assert client.post(json=hook).json() == hook
            assert hook["action"] == "«thread_closed→chat_deactivated»"
        """,
        id="by a fixture that a test reads again",
    ),
]


@pytest.mark.parametrize("source", MADE)
def test_a_name_is_renamed_where_a_document_is_made(source: str) -> None:
    base = '\n        BASE = {"webhook_id": "w", "secret_key": "k", "action": "incoming_event", "payload": {}}\n'
    transformed(base + source)


def test_a_key_is_renamed_where_a_caller_gives_it() -> None:
    transformed(
        """
        def make(**over):
            return {"secret_key": "k", "action": "incoming_event", "«data→payload»": {}, **over}


        def test(client):
            client.post(data=make(«data→payload»={"data": 1}))
        """,
        source="3.0",
        target="3.1",
    )
