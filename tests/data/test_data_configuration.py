"""YAML, TOML, JSON, .env and their kin: what is found by the URLs in them, and what is not."""

from __future__ import annotations

import pytest

from data_seen import BASE, seen

METHOD = [("get_bot_agents", "list_bots")]

URL_FILES = {
    "a.json": f'{{"url": "{BASE}/get_bot_agents"}}',
    "b.json": f'{{"url": "{BASE.replace("/", chr(92) + "/")}\\/get_bot_agents"}}',
    "c.jsonc": f'// settings\n{{"url": "{BASE}/get_bot_agents", /* last */ }}',
    "d.yaml": f"url: {BASE}/get_bot_agents\n",
    "e.yml": f"urls:\n  - '{BASE}/get_bot_agents'\n  - other\n",
    "f.yaml": f"run: |\n  curl {BASE}/get_bot_agents -d @x\n",
    "g.yaml": f'? [a, b]\n: {{url: "{BASE}/get_bot_agents"}}\n--- \nmore: 1\n',
    "h.toml": f'[api]\nurl = "{BASE}/get_bot_agents"\n',
    "i.toml": f'x = [{{ url = \'{BASE}/get_bot_agents\' }}, """\nlong"""]\n',
    ".env": f"URL={BASE}/get_bot_agents\n",
    ".env.local": f'export URL="{BASE}/get_bot_agents" # here\n',
    "j.properties": f"api.url: {BASE}/get_bot_agents\n",
    "k.ini": f"[api]\nurl = {BASE}/get_bot_agents\n",
    "notes.txt": f"call {BASE}/get_bot_agents, please\n",
    "page.md": f"Call `{BASE}/get_bot_agents` now.\n",
}


@pytest.mark.parametrize("path", URL_FILES)
def test_a_method_in_a_url_of_the_api_is_found_in_each_format(path):
    found = seen(path, URL_FILES[path])
    assert found.names == METHOD
    assert "method-get-bot-agents" in found.rules
    assert "URL https://api.livechatinc.com" in found.only("method-get-bot-agents").evidence[0]


@pytest.mark.parametrize("path", URL_FILES)
def test_the_version_in_a_url_is_found_beside_the_method(path):
    found = seen(path, URL_FILES[path])
    assert found.only("version-3.2").old == "3.1"


NAMES_ALONE = {
    "a.json": '{"events": ["thread_closed", "get_bot_agents"], "action": "thread_closed"}',
    "b.yaml": "on: thread_closed\nget_bot_agents: true\n",
    "c.toml": 'x = "thread_closed"\n[get_bot_agents]\n',
    ".env": "EVENT=thread_closed\nCALL=get_bot_agents\n",
    "d.md": "The webhook `thread_closed`, and get_bot_agents.\n",
    "e.json": '{"url": "https://example.com/v3.1/configuration/action/get_bot_agents"}',
    "f.json": '{"action": "thread_closed", "payload": {}, "vendor": "other", "topic": "x"}',
    "g.jsonl": '{"action": "thread_closed", "payload": {}}\n',
    "h.yaml": "webhooks: {actions: [{name: thread_closed}]}\n",
    "i.json": '{"path": "/v3.1/configuration/action/get_bot_agents"}',
}


@pytest.mark.parametrize("path", NAMES_ALONE)
def test_a_name_without_a_sign_of_the_api_is_no_finding(path):
    assert seen(path, NAMES_ALONE[path]).result.findings == ()


def test_a_path_without_a_host_counts_where_the_file_hints_at_the_api():
    found = seen("a.json", '{"livechat": {"path": "/v3.1/configuration/action/get_bot_agents"}}')
    assert found.names == METHOD


def test_a_variable_is_filled_in_from_the_same_file():
    assert seen(".env", f"API={BASE}\nLIST=${{API}}/get_bot_agents\n").names == METHOD
    assert seen("a.ini", f"[x]\napi = {BASE}\nlist = %(api)s/get_bot_agents\n").names == METHOD
    assert seen("a.yaml", f"API: {BASE}\nlist: $API/get_bot_agents\n").names == METHOD


def test_a_default_of_a_variable_counts_where_it_has_no_value():
    assert seen("a.yaml", f"list: ${{API:-{BASE}}}/get_bot_agents\n").names == METHOD


def test_variables_that_name_each_other_are_filled_in_only_so_often():
    found = seen("a.yaml", f"a: '{{{{b}}}}{{{{b}}}}/x'\nb: '{{{{a}}}}{{{{a}}}}/x'\nc: {BASE}/get_bot_agents\n")
    assert found.names == METHOD


def test_names_beside_a_base_url_are_found_and_those_elsewhere_are_not():
    found = seen(
        "a.yaml",
        f"""
        bots:
          url: {BASE}
          list: get_bot_agents
          events: thread_closed, chat_thread_tagged
        other:
          events: [thread_closed]
        """,
    )
    assert [old for old, _ in found.names] == ["get_bot_agents", "thread_closed", "chat_thread_tagged"]
    assert found.states("thread_closed") == ["manual", "name_only"]


def test_names_below_a_key_that_names_the_api_are_found_where_the_file_has_its_url():
    with_url = f"url: [{BASE}]\nlivechat: {{hooks: [thread_closed]}}\n"
    assert seen("a.yaml", with_url).names == [("thread_closed", "chat_deactivated")]
    assert seen("a.yaml", "livechat: {hooks: [thread_closed]}\n").names == []


def test_a_host_with_a_version_alone_is_left_for_a_person_to_judge():
    found = seen(".env", "API=https://api.livechatinc.com/v3.1\n")
    assert "are not written here" in found.only("version-3.2").message
    assert seen(".env", "API=https://api.livechatinc.com/v3.1/agent\nX=get_bot_agents\n").rules == []


def test_a_scope_whose_reach_changed_is_found():
    found = seen("a.yaml", "livechat:\n  scopes: agents-bot--my:ro agents-bot--all:rw\n")
    assert found.rules == ["update-bot-scope"]
    assert found.at(found.result.findings[0]) == "agents-bot--all:rw"


def test_a_url_of_the_target_version_is_no_finding():
    assert seen("a.yaml", f"url: {BASE.replace('3.1', '3.2')}/list_bots\n# get_bot_agents\n").rules == []


def test_a_longer_name_and_a_comment_are_accounted_for():
    found = seen("a.yaml", f"url: {BASE} # get_bot_agents\nmy_get_bot_agents: thread_closed_x\n")
    assert found.states("get_bot_agents") == ["comment_or_docstring", "longer_name"]
    assert found.states("thread_closed") == ["longer_name"]


@pytest.mark.parametrize(
    ("path", "line"),
    [("a.yaml", "url: {} # migrator: ignore\n"), ("a.toml", 'url = "{}" # migrator: ignore\n')],
)
def test_a_comment_suppresses_the_findings_on_its_line(path, line):
    found = seen(path, line.format(f"{BASE}/get_bot_agents"))
    assert found.result.findings == ()
    assert found.states("get_bot_agents") == ["suppressed"]


def test_a_suppression_of_nothing_is_stale():
    assert [stale.line for stale in seen("a.yaml", "x: 1\ny: 2 # migrator: ignore\n").result.stale] == [2]


def test_a_sign_in_a_string_is_no_comment():
    found = seen("a.yaml", f'text: "get_bot_agents # migrator: ignore"\nurl: {BASE}/get_bot_agents\n')
    assert found.names == METHOD
    assert found.result.stale == ()


def test_columns_count_characters_behind_a_byte_order_mark_and_line_endings_of_windows():
    raw = f"\ufeffé: ünï\r\nurl: 'é {BASE}/get_bot_agents'\r\n".encode()
    finding = seen("a.yaml", raw).only("method-get-bot-agents")
    assert (finding.line, finding.column) == (2, len(f"url: 'é {BASE}/") + 1)
