"""Webhooks that are written out as dicts, as tests have them, and what is taken over from one into another."""

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
