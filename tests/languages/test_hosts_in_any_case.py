"""Hosts have no case: each reader, the ledger and the runtime compare them alike."""

from __future__ import annotations

import pytest

from languages.lang_reading import names, tree
from migrator import Translator
from migrator.python.migrate import migrate_source
from migrator.rules.hosts import is_known_host
from migrator.rules.load import load_rules

HOSTS = ("API.LiveChatInc.com", "api.LIVECHATINC.com", "API.LIVECHAT.COM:443", "Api.Chat.IO")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.js", 'fetch("{url}/get_bot_agents");'),
        ("a.go", 'package a\nvar u = "{url}/get_bot_agents"'),
        ("a.json", '{{"url": "{url}/get_bot_agents"}}'),
        ("a.sh", "curl {url}/get_bot_agents -d '{{}}'\n"),
        ("a.md", "Call {url}/get_bot_agents now.\n"),
    ],
)
def test_every_reader_knows_the_host_in_any_case(host, path, code):
    text = code.format(url=f"https://{host}/v3.1/configuration/action")
    assert names(path, text) == ["get_bot_agents"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", ["https", "HTTPS"])
def test_python_code_is_edited_and_the_host_stays_as_it_is_written(host, scheme):
    text = f'BASE = "{scheme}://{host}/v3.1/configuration"\nsend(BASE + "/action/get_bot_agents")\n'
    after = migrate_source(text, load_rules(), "3.1", "3.2").after
    assert after == text.replace("v3.1", "v3.2").replace("get_bot_agents", "list_bots")


@pytest.mark.parametrize("host", HOSTS)
def test_the_runtime_and_the_readers_agree(host):
    translator = Translator("3.1", "3.2")
    url = f"https://{host}/v3.1/configuration/action/get_bot_agents"
    assert is_known_host(host.partition(":")[0], translator.table.api.hosts)
    assert translator.url(url).document == f"https://{host}/v3.2/configuration/action/list_bots"


@pytest.mark.parametrize("path", [".env", "settings.yaml", "settings.toml", "settings.json"])
def test_a_base_url_in_a_configuration_counts_in_any_case(path):
    text = {"settings.json": '{{"api": "{}"}}', "settings.toml": 'api = "{}"\n', "settings.yaml": "api: {}\n"}
    base = "https://API.LiveChatInc.com/v3.1"
    assert (
        tree({path: text.get(path, "API={}\n").format(base), "a.js": f"const b = '{base.lower()}';\nfetch(b);\n"})[path]
        == tree({path: text.get(path, "API={}\n").format(base.lower())})[path]
    )


@pytest.mark.parametrize("host", ["API.LiveChatInc.com.evil.example", "LiveChatInc.community", "API.Other.IO"])
def test_a_host_that_only_looks_alike_is_another_one(host):
    assert names("a.js", f'fetch("https://{host}/v3.1/configuration/action/get_bot_agents");') == []
    text = f'send("https://{host}/v3.1/configuration/action/get_bot_agents")\n'
    assert not migrate_source(text, load_rules(), "3.1", "3.2").is_changed
