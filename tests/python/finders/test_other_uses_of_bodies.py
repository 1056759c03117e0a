"""A key is removed from a dict that is only sent; another use of it is named by its line, and a log is none."""

from __future__ import annotations

import pytest

from verbs import migrated

CODE = """import requests
from {module} import {name}

URL = "https://api.livechatinc.com/v3.1/configuration/action/"


def hire(name):
    data = {{"name": name, "status": "accepting chats"}}
    {use}
    return requests.post(URL + "create_bot_agent", json=data)
"""
SHOWN = (
    "print(data)",
    'print("hiring", data)',
    'print(f"hiring {data} now")',
    'logger.info("hiring %s", data)',
    'logging.debug("x", extra=data)',
    'log.warning(f"{data!r}")',
    "self._logger.exception(data)",
)
USES = (
    "save(data)",
    "print(save(data))",
    "print(data.pop('status'))",
    "math.log(data)",
    "dialog.error(data)",
    "return data",
    "printer.print(data)",
)


def _status(use):
    result = migrated(CODE.format(module="tools", name="logger", use=use))
    return result, [each for each in result.findings if each.rule == "create-bot-status"]


@pytest.mark.parametrize("use", SHOWN)
def test_a_dict_that_is_also_printed_or_logged_loses_its_key(use):
    result, (finding,) = _status(use)
    assert '"status": "accepting chats"' not in result.after.decode()
    assert finding.applicability == "safe"


@pytest.mark.parametrize("use", USES)
def test_another_use_keeps_the_key_and_is_named_by_its_line(use):
    result, (finding,) = _status(use)
    assert '"status": "accepting chats"' in result.after.decode()
    assert "the dict is also used at line 9" in finding.message
