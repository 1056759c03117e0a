"""An entry stays while the dict that it overrides keeps the key: its value would be sent instead."""

from __future__ import annotations

import pytest

from verbs import transformed

_HEAD = """
import requests
URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«update_bot_agent→update_bot»"


def find(i):
    return requests.get(f"https://bots.example.org/{i}").json()


def park(i):
    bot = find(i)
"""


@pytest.mark.parametrize(
    "body",
    [
        'bot | {"id": i, "status": "offline"}',
        '{"id": i} | bot | {"status": "offline"}',
        '{**bot, "status": "offline"}',
        '{**bot, **{"status": "offline"}}',
        'dict(bot, status="offline")',
        'dict(**bot, status="offline")',
        '{**find(i), "status": "offline"}',
        '{"id": i, **bot, "status": "offline"}',
    ],
)
def test_an_entry_that_overrides_an_unknown_dict_is_manual(body: str) -> None:
    result = transformed(f"{_HEAD}    requests.post(URL, json={body})  #@ update-bot-status\n")
    assert any("would be sent instead" in finding.message for finding in result.findings)


def test_an_entry_that_a_statement_adds_to_a_copy_is_manual() -> None:
    transformed(f"""{_HEAD}    body = {{**bot}}
    body["status"] = "offline"  #@ update-bot-status
    requests.post(URL, json=body)
""")


@pytest.mark.parametrize("body", ['{"id": i, "status": "offline", **bot}', '{"status": "offline"} | bot'])
def test_an_entry_that_an_unknown_dict_overrides_is_removed(body: str) -> None:
    result = transformed(f"{_HEAD}    requests.post(URL, json={body})\n", _removed(body))
    assert not any("would be sent instead" in finding.message for finding in result.findings)


def _removed(body: str) -> str:
    head = _HEAD.replace("«3.1→3.2»", "3.2").replace("«update_bot_agent→update_bot»", "update_bot")
    without = body.replace('"status": "offline", ', "").replace('{"status": "offline"}', "{}")
    return f"{head}    # TODO(migrator update-bot-status): ...\n    requests.post(URL, json={without})\n"
