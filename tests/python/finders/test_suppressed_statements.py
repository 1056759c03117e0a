"""A suppression covers the whole statement that it is on, ends or precedes, however many lines that has."""

from __future__ import annotations

import pytest

from verbs import migrated

BASE = 'import requests\n\nBASE = "https://api.livechatinc.com/v3.1/configuration/action"\n'
SIGN = "# migrator: ignore[method-get-bot-agents] kept"

COVERED = {
    "behind the bracket of a value": 'a = (\n    "https://api.livechatinc.com/v3.1/configuration/action"\n'
    '    "/get_bot_agents"\n)  SIGN\npost(a)\n',
    "at the end of a call": 'a = post(\n    f"{BASE}/get_bot_agents",\n    json={},\n)  SIGN\n',
    "above a call": 'SIGN\na = post(\n    f"{BASE}/get_bot_agents",\n    json={},\n)\n',
    "above, with another comment between": 'SIGN\n# and more\na = post(\n    "x",\n    f"{BASE}/get_bot_agents",\n)\n',
    "on the first line": 'a = post(  SIGN\n    f"{BASE}/get_bot_agents",\n)\n',
    "on another line of the call": 'a = post(\n    f"{BASE}/get_bot_agents",\n    timeout=3,  SIGN\n)\n',
    "on a line of its own in the call": 'a = post(\n    f"{BASE}/get_bot_agents",\n    SIGN\n    timeout=3,\n)\n',
    "at the end of a condition": 'if (\n    post(f"{BASE}/get_bot_agents")\n    and True\n):  SIGN\n    pass\n',
    "above a decorated function": 'SIGN\n@on(\n    f"{BASE}/get_bot_agents"\n)\ndef f():\n    pass\n',
    "after a backslash": 'a = \\\n    post(f"{BASE}/get_bot_agents", \\\n    1)  SIGN\n',
    "in a function": 'def f():\n    return post(\n        f"{BASE}/get_bot_agents",\n    )  SIGN\n',
    "on an entry of several lines": 'A = {\n    "b": 1,\n    "a": post(\n  f"{BASE}/get_bot_agents"\n    ),  SIGN\n}\n',
    "at the end of a table": 'A = {\n    "a": post(f"{BASE}/get_bot_agents"),\n    "b": 1,\n}  SIGN\n',
}
NOT_COVERED = {
    "another entry of a table": 'A = {\n    "a": post(f"{BASE}/get_bot_agents"),\n    "b": 1,  SIGN\n}\n',
    "the body of a function": 'SIGN\ndef f():\n    return post(f"{BASE}/get_bot_agents")\n',
    "the body of a loop": 'for a in b:  SIGN\n    post(f"{BASE}/get_bot_agents")\n',
    "the next statement": 'x = f(\n    1,\n)  SIGN\npost(f"{BASE}/get_bot_agents")\n',
    "the statement above": 'post(f"{BASE}/get_bot_agents")\nSIGN\nx = f(\n    1,\n)\n',
    "another branch": 'if a:\n    post(f"{BASE}/get_bot_agents")\nelse:  SIGN\n    pass\n',
    "another case": 'match a:\n    case 1:\n        post(f"{BASE}/get_bot_agents")\n    case 2:  SIGN\n        pass\n',
    "a text": 'e = """\n# migrator: ignore\n""" + post(f"{BASE}/get_bot_agents")\n',
}


@pytest.mark.parametrize("code", COVERED.values(), ids=COVERED)
def test_a_suppression_covers_its_statement(code):
    result = migrated(BASE + code.replace("SIGN", SIGN))
    assert "get_bot_agents" in result.after.decode()
    assert [finding.rule for finding in result.suppressed] == ["method-get-bot-agents"]
    assert result.stale == ()


@pytest.mark.parametrize("code", NOT_COVERED.values(), ids=NOT_COVERED)
def test_a_suppression_covers_nothing_but_its_statement(code):
    result = migrated(BASE + code.replace("SIGN", SIGN))
    assert "get_bot_agents" not in result.after.decode().replace("method-get-bot-agents", "")
    assert result.suppressed == ()
