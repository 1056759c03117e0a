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


@pytest.mark.parametrize(
    "added",
    [
        'body |= {"status": "offline"}',
        'body.update({"status": "offline", "name": "x"})',
        'body.update(status="offline", name="x")',
        'body.update(status="offline")',
        'body["status"] = "offline"',
    ],
)
@pytest.mark.parametrize("copied", ["dict(bot)", "{**bot}", '{"id": i} | bot'])
def test_an_entry_that_is_merged_into_a_copy_is_manual(copied: str, added: str) -> None:
    transformed(f"{_HEAD}    body = {copied}\n    {added}  #@ update-bot-status\n    requests.post(URL, json=body)\n")


@pytest.mark.parametrize(
    "added",
    [
        'body["status"] = "offline"',
        'body.setdefault("status", "offline")',
        'body.update(status="offline")',
        'body.update(status="offline", name="x")',
        'body.update({"status": "offline", "name": "x"})',
    ],
)
@pytest.mark.parametrize("copied", ["bot.copy()", "copy.deepcopy(bot)", "bot"])
def test_an_entry_that_is_added_to_a_body_of_unknown_origin_is_manual(copied: str, added: str) -> None:
    transformed(f"{_HEAD}    body = {copied}\n    {added}  #@ update-bot-status\n    requests.post(URL, json=body)\n")


def test_a_key_that_is_added_to_another_dict_of_unknown_origin_is_not_reported() -> None:
    result = transformed(f"""{_HEAD}    job = bot.copy()
    job["status"] = "done"
    requests.post("https://jobs.example.org/jobs", json=job)
    requests.post(URL, json={{"id": i}})
""")
    assert [found.rule for found in result.findings if found.rule == "update-bot-status"] == []


def test_a_dict_that_is_returned_after_it_has_grown_is_manual() -> None:
    transformed(f"""{_HEAD}    body = {{"id": i, "status": "accepting chats"}}  #@ update-bot-status
    body |= {{"name": "x"}}
    requests.post(URL, json=body)
    return body
""")
