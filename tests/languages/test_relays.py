"""The exact path of the API at an unknown host is a question where a word hints at the API, and never an answer."""

# ruff: noqa: E501  # programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import result, states
from migrator.findings.finding import Applicability
from migrator.python.migrate import migrate_source
from migrator.rules.load import load_rules

RULES = load_rules()
PYTHON = {
    "a base and a path": 'S = "https://p.example.com/livechat"\npost(S + "/v3.1/configuration/action/PATH", {})\n',
    "a word in a docstring's neighbour": 'livechat_proxy = "https://p.example.com/x"\n'
    'post(f"{livechat_proxy}/configuration/agents/PATH", {})\n',
    "an old value of the API": 'post("https://p.example.com/configuration/action/PATH", {"status": "accepting chats"})\n',
    "a wrapper": 'def call(name):\n    return post("https://livechat.corp/v3.1/configuration/action/" + name)\n\n'
    'call("PATH")\n',
}
OTHERS = {
    "a.js": "const s = 'https://p.example.com/lc3';\naxios.post(s + '/configuration/agents/PATH', {status: 'accepting chats'});\n",
    "a.html": "<script>\n// livechat\nfetch('https://p.example.com/v3.1/configuration/action/PATH', {method: 'POST'})\n</script>\n",
    "a.go": 'package livechat\nvar u = "https://p.example.com/api" + "/configuration/webhooks/PATH"\n',
    "a.php": "<?php $livechat = 'https://p.example.com/v3.1/configuration/action';\npost(\"$livechat/PATH\");\n",
}


@pytest.mark.parametrize("source", PYTHON.values(), ids=PYTHON)
def test_a_relay_in_python_is_manual(source):
    found = migrate_source(source.replace("PATH", "create_bot_agent"), RULES, "3.1", "3.2", unsafe=True)
    assert not found.is_changed
    (finding,) = [each for each in found.findings if each.rule == "method-create-bot-agent"]
    assert finding.applicability is Applicability.MANUAL
    assert "host is unknown" in finding.message


@pytest.mark.parametrize("path", OTHERS)
def test_a_relay_in_another_language_is_manual(path):
    found = result(path, OTHERS[path].replace("PATH", "create_bot_agent"))
    (finding,) = [each for each in found.findings if each.rule == "method-create-bot-agent"]
    assert "host is unknown" in finding.message


@pytest.mark.parametrize("name", ["restart", "create_bot_agents", "list_bots"])
def test_another_method_at_an_unknown_host_is_none_of_ours(name):
    for source in PYTHON.values():
        assert migrate_source(source.replace("PATH", name), RULES, "3.1", "3.2").findings == ()
    for path, source in OTHERS.items():
        assert result(path, source.replace("PATH", name)).findings == ()


def test_a_method_that_is_read_is_no_call_of_the_api():
    source = 'livechat.get("https://p.example.com/v3.1/configuration/action/get_bot_agents")\n'
    assert migrate_source(source, RULES, "3.1", "3.2").findings == ()
    assert result("a.js", source).findings == ()


def test_without_a_hint_the_path_is_listed_as_a_name_and_not_as_something_else():
    found = result("a.js", 'send("https://p.example.com/v3.1/configuration/action/get_bot_agents")\n')
    assert found.findings == ()
    assert states(found) == {"name_only": 1}


def test_a_host_of_the_api_elsewhere_in_the_file_is_no_hint():
    source = (
        'post("https://api.livechatinc.com/v3.2/configuration/action/list_bots")\n'
        'post("https://p.example.com/v3.1/configuration/action/get_bot_agents")\n'
    )
    assert migrate_source(source, RULES, "3.1", "3.2").findings == ()
