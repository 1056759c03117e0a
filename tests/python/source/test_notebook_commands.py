"""Notebooks whose source is stored character by character are read, and so are their shell commands."""

from __future__ import annotations

import json

import pytest

from migrator.files.byte_search import make_finder
from migrator.matching.prefilter import collect_needles
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from migrator.python.prefilter.relevant import build_relevance_test
from notebooks import codes_of, jupyter, notebook
from verbs import migrated, shipped

URL = "https://api.livechatinc.com/v3.1/configuration/action"
CODE = f'import requests\nB = "{URL}"\nx = requests.post(f"{{B}}/get_bot_agents", json={{}})'


@pytest.mark.parametrize("indent", [None, 1, 2, 4])
def test_a_source_of_characters_is_found_and_edited(indent):
    nb = notebook("")
    nb["cells"][1]["source"] = list(CODE)
    nb["cells"][1]["outputs"] = []
    raw = json.dumps(nb, indent=indent).encode()
    options = Options(shipped().chains("3.1", "3.2"))
    assert make_finder(collect_needles(options))(raw.replace(b"get_bot_agents", b"").replace(b"v3.1", b""))
    assert build_relevance_test(options)(raw)
    (result,) = migrate_files({"a.ipynb": raw}, options)
    assert codes_of(result.after) == [CODE.replace("v3.1", "v3.2").replace("get_bot_agents", "list_bots")]


@pytest.mark.parametrize(
    "cell",
    [
        f"%%bash\ncurl {URL}/get_bot_agents -d '{{}}'\n",
        f"%%sh\ncurl -X POST '{URL}/get_bot_agents?x=1'",
        f"%%script bash\ncurl {URL}/get_bot_agents",
        f"!curl {URL}/get_bot_agents -d '{{}}'",
        f"x = 1\n!curl -d '{{}}' \\\n  {URL}/get_bot_agents\ny = x",
        f"files = !curl {URL}/get_bot_agents",
        f'%sx curl "{URL}/get_bot_agents"',
    ],
)
def test_a_shell_command_is_manual(cell):
    raw = jupyter(notebook("x = 1", cell))
    result = migrated(raw, path="a.ipynb", source="3.1", target="3.2")
    assert result.after == raw
    found = {finding.rule: finding for finding in result.findings}
    assert found.keys() == {"method-get-bot-agents", "version-3.2"}
    assert all(finding.applicability == "manual" for finding in result.findings)
    finding = found["method-get-bot-agents"]
    line = raw.decode().split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("get_bot_agents")


def test_a_method_behind_a_variable_in_a_shell_command_is_manual():
    raw = jupyter(notebook('BASE = "x"  # livechat\nlivechat = 1', "!curl {BASE}/get_bot_agents"))
    result = migrated(raw, path="a.ipynb", source="3.1", target="3.2")
    assert [finding.rule for finding in result.findings] == ["method-get-bot-agents"]


@pytest.mark.parametrize(
    "cell",
    [
        "%%bash\ncurl https://other.example/v3.1/configuration/action/get_bot_agents",
        "!echo get_bot_agents",
        f"%%html\n<a href='{URL}/get_bot_agents'>x</a>",
        "!curl {BASE}/get_bot_agents",
    ],
)
def test_other_commands_are_left_alone(cell):
    assert migrated(jupyter(notebook("x = 1", cell)), path="a.ipynb", source="3.1", target="3.2").findings == ()
