"""Values of configuration that can mean nothing else are edited; every other byte, and every other value, stays."""

from __future__ import annotations

import re

import pytest

from data_seen import BASE, OPTIONS
from migrator.data.edits.verify_values import ValueEdit, find_unexpected_change
from migrator.data.formats.dispatch import DataFormat
from migrator.program.configuration.config_files import list_config_files
from migrator.program.configuration.config_groups import edit_file
from migrator.program.read_files import read_all

NEW = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"
LIST = f"{NEW}/«get_bot_agents→list_bots»"
_CHANGE = re.compile("«(.*?)→(.*?)»")


def edited(path: str, raw: bytes) -> bytes:
    """The bytes of a file with every edit that its own text allows."""
    files = list_config_files(read_all({path: raw}, OPTIONS))
    return edit_file(files[0], {}) if files else raw


EDITED = {
    "plain": (".env", f"URL={NEW}\n"),
    "no final newline": (".env.production", f"URL={NEW}"),
    "quoted, exported, with a comment": (".env", f"export URL='{NEW}' # {BASE}\n"),
    "carriage returns": (".env", f"A=1\r\nURL={NEW}\r\n\r\n# end\r\n"),
    "byte order mark": ("a.env", f"\ufeffURL={NEW}\nB=ä\n"),
    "a method": (".env", f"URL={LIST}\nOTHER=ü\n"),
    "a variable of the file": (".env", f"BASE={NEW}\nURL=${{BASE}}/«get_bot_agents→list_bots»\n"),
    "a name without a rule": (".env", f"URL={NEW}/register_webhook\n"),
    "a slash at its end": (".env", f"URL={NEW}/\n"),
    "a query": (".env", f"URL={LIST}?license_id=1\n"),
    "properties": ("a.properties", f"! here\nlivechat.url: {NEW}\nother = 3.1\n"),
    "ini": ("settings.ini", f"; c\n[api]\nurl = {NEW}  ; {BASE}\nurl2 = x\n[other]\nversion = 3.1\n"),
    "interpolation": ("a.cfg", f"[x]\napi = {NEW}\nlist = %(api)s/«get_bot_agents→list_bots»\n"),
    "two sections with one key": ("a.ini", f"[dev]\nurl={NEW}\n[prod]\nurl={NEW}\n"),
    "toml": ("a.toml", f'# {BASE}\n[api]\nurl = "{NEW}" # 3.1\nversion = "3.1"\n'),
    "toml literal": ("a.toml", f"[[api]]\nurl = '{NEW}'\n[[api]]\nurl = '{LIST}'\n"),
    "inline table": ("a.toml", f'a = {{ url = "{NEW}", n = 3.1 }}\nwhen = 1979-05-27 07:32:00\n'),
    "yaml": ("a.yaml", f"# {BASE}\na:\n  url: {NEW}   # 3.1\n  n: 3.1\n"),
    "yaml quoted": ("a.yml", f"a: \"{NEW}\"\nb: '{LIST}'\n"),
    "yaml flow": ("a.yml", f"a: {{url: '{NEW}', b: [1, 2]}}\n"),
    "yaml documents": ("a.yml", f"---\nurl: {NEW}\n...\n---\nurl: {NEW}\n"),
    "yaml block": ("a.yml", f"url: >-\n  {NEW}\nb: |\n  text\n  3.1\n"),
    "yaml merged": ("a.yml", f"x: &env\n  URL: {NEW}\na:\n  <<: *env\n  B: ü\n"),
    "yaml tags": ("a.yml", f"a: !Sub x\nb: !!binary aGk=\nurl: {NEW}\n"),
    "compose map": ("compose.yaml", f"services:\n  a:\n    environment:\n      URL: {NEW}\n      T: ${{T:?}}\n"),
    "compose list": ("compose.yaml", f"services:\n  a:\n    environment:\n      - URL={NEW}\n      - B=3.1\n"),
    "compose default": ("compose.yaml", f"services:\n  a:\n    environment:\n      URL: ${{URL:-{NEW}}}\n"),
    "kubernetes": ("k8s/deploy.yaml", f"env:\n  - name: URL\n    value: {NEW}\n  - name: V\n    value: '3.1'\n"),
    "config map": ("k8s/cm.yaml", f'kind: ConfigMap\ndata:\n  URL: "{NEW}"\n'),
    "workflow": (".github/workflows/ci.yml", f"env:\n  URL: {NEW}\njobs: {{}}\n"),
    "json": ("a.json", f'{{"a": {{"url": "{NEW}"}}, "n": 1.10, "b": "\\u00e4", "c": 1e400}}'),
    "json with tabs": ("a.json", f'{{\n\t"url" : "{LIST}" ,\n\t"urls": ["{NEW}"]\n}}\n'),
    "json with comments": ("a.jsonc", f'// {BASE}\n{{"url": "{NEW}", /* 3.1 */ }}\n'),
    "equal keys of others": ("a.json", f'{{"n": 1, "n": 2, "url": "{NEW}"}}'),
    "http": ("a.http", f"@base = {NEW}\n\nPOST {{{{base}}}}/«get_bot_agents→list_bots»\n\n{{}}\n###\n"),
    "http whole": ("a.rest", f"POST {LIST}\nX: 3.1\n\n{{}}\n"),
    "curl": ("a.sh", f"#!/bin/sh\n# {BASE}\ncurl -s {LIST} \\\n  -d '{{\"all\": true}}' | jq .\n"),
    "curl quoted": ("a.bash", f'curl -X POST "{LIST}" -H "Authorization: $T"\n'),
    "registrations": (
        "hooks.json",
        '{"url": "https://x.example", "register": [{"action": "«incoming_chat_thread→incoming_chat»"},'
        ' {"action": "incoming_event"}, {"action": "«thread_closed→chat_deactivated»", "note": "thread_closed"}]}',
    ),
    "one registration": (
        "hook.yaml",
        "action: «thread_closed→chat_deactivated»\nsecret_key: s\nurl: https://x.example\ndescription: thread_closed\n",
    ),
    "webhooks of a bot": (
        "bot.json",
        '{"webhooks": {"url": "u", "secret_key": "s", "actions": [{"name": "«thread_closed→chat_deactivated»"}]}}',
    ),
    "postman": (
        "a.postman_collection.json",
        f'{{"info": {{}}, "item": [{{"request": {{"url": {{"raw": "{LIST}", "host": ["api", "livechatinc", "com"],'
        ' "path": ["v«3.1→3.2»", "configuration", "action", "«get_bot_agents→list_bots»"]}}}]}',
    ),
    "postman variable": (
        "a.postman_collection.json",
        f'{{"info": {{}}, "item": [{{"request": {{"url": "{{{{base}}}}/«get_bot_agents→list_bots»"}}}}],'
        f' "variable": [{{"key": "base", "value": "{NEW}"}}]}}',
    ),
    "postman body": (
        "a.postman_collection.json",
        f'{{"info": {{}}, "item": [{{"request": {{"url": "{LIST}", "body": {{"raw": "{{}}"}}}}}}]}}',
    ),
}


@pytest.mark.parametrize("case", EDITED)
def test_a_value_that_means_nothing_else_is_edited_and_nothing_beside_it(case):
    path, text = EDITED[case]
    before, after = (_CHANGE.sub(rf"\{number}", text).encode() for number in (1, 2))
    assert edited(path, before) == after
    assert edited(path, after) == after


BOT = "https://api.livechatinc.com/v3.1"
KEPT = {
    "another host": (".env", "URL=https://api.example.com/v3.1/configuration/action\n"),
    "no host": ("a.yaml", "livechat: /v3.1/configuration/action/get_bot_agents\n"),
    "a base of several APIs": (".env", f"URL={BOT}\n"),
    "another API": (".env", f"URL={BOT}/agent/action\n"),
    "no version": (".env", "URL=https://api.livechatinc.com/configuration/action/get_bot_agents\n"),
    "an older path": (".env", f"URL={BOT}/configuration/agents/get_bot_agents\n"),
    "a later version": (".env", f"URL={BASE.replace('3.1', '3.3')}/get_bot_agents\n"),
    "words around the URL": (".env", f"NOTE=see {BASE}/get_bot_agents\n"),
    "a URL inside a URL": (".env", f"URL=https://proxy.example/?to={BASE}/get_bot_agents\n"),
    "two URLs": (".env", f"URLS={BASE},{BASE}/get_bot_agents\n"),
    "set twice": (".env", f"URL={BASE}\nURL=https://other.example\n"),
    "set twice in JSON": ("a.json", f'{{"url": "{BASE}", "url": "{BASE}"}}'),
    "set twice in a list": ("compose.yaml", f"environment:\n  - URL={BASE}\n  - URL=http://localhost\n"),
    "a variable of two values": (
        "a.yaml",
        f"a:\n  api: {BASE}\nb:\n  api: http://x.example\nlist: ${{api}}/get_bot_agents\n",
    ),
    "an unknown variable": (".env", "URL=${BASE}/get_bot_agents\n"),
    "escapes": ("a.json", '{"url": "https:\\/\\/api.livechatinc.com\\/v3\\u002e1\\/configuration\\/action"}'),
    "an anchor on the value": ("a.yaml", f"a: &url {BASE}\nb: *url\n"),
    "a key": ("a.yaml", f"{BASE}/get_bot_agents: 1\n"),
    "a comment": ("a.yaml", f"# url: {BASE}\nb: 1\n"),
    "a command in YAML": (".gitlab-ci.yml", f"script:\n  - curl {BASE}/get_bot_agents\n"),
    "a file inside of YAML": ("cm.yaml", f"data:\n  app.env: |\n    URL={BASE}\n    B=1\n"),
    "a method below the base that stays": ("a.yaml", f"api: {BASE}\nrun: curl $api/get_bot_agents\n"),
    "a list of methods": ("a.yaml", f"livechat:\n  api: {BASE}\n  methods: [get_bot_agents]\n"),
    "broken JSON": ("a.json", f'{{"url": "{BASE}"'),
    "broken YAML": ("a.yaml", f"a: {BASE}\n b: [\n"),
    "a template": ("values.yaml", f"a: {{{{ .Values.x }}}}: y\nurl: {BASE}\n"),
    "an OpenAPI document": ("api.yaml", f"openapi: 3.0.0\nservers:\n  - url: {BASE}\n"),
    "recorded traffic": ("a.har", f'{{"log": {{"entries": [{{"request": {{"url": "{BASE}/get_bot_agents"}}}}]}}}}'),
    "a cassette": ("a.yaml", f"interactions:\n- request:\n    uri: {BASE}/get_bot_agents\n"),
    "an exchange": ("a.json", f'{{"url": "{BASE}/get_bot_agents", "response": {{"bot_agents": []}}}}'),
    "recorded webhooks": (
        "a.json",
        '{"action": "thread_closed", "webhook_id": "w", "secret_key": "s", "payload": {}}',
    ),
    "an archive": ("a.jsonl", f'{{"url": "{BASE}"}}\n'),
    "prose": ("a.md", f"Call {BASE}/get_bot_agents\n"),
    "text": ("a.txt", f"{BASE}/get_bot_agents\n"),
    "a lock file": ("package-lock.json", f'{{"lockfileVersion": 2, "url": "{BASE}"}}'),
    "a recorded fixture": ("tests/fixtures/a.json", f'{{"url": "{BASE}"}}'),
    "a generated file": ("a.yaml", f"# @generated by x\nurl: {BASE}\n"),
    "a suppressed line": (".env", f"URL={BASE} # migrator: ignore\n"),
    "a variable in shell": ("a.sh", f"BASE={BASE}\ncurl $BASE/get_bot_agents\n"),
    "an expansion in shell": ("a.sh", f'curl "{BASE}/$METHOD"\n'),
    "another command": ("a.sh", f"echo {BASE}/get_bot_agents\n"),
    "a heredoc": ("a.sh", f"cat <<X\ncurl {BASE}/get_bot_agents\nX\n"),
    "a body that must change": ("a.sh", f"""curl {BASE}/create_bot_agent -d '{{"status": "offline"}}'\n"""),
    "common names": (
        "a.json",
        '{"url": "u", "list": [{"action": "access_set"}, {"action": "thread_closed"}, {"action": "agent_deleted"}]}',
    ),
    "names of several": (
        "a.json",
        '{"url": "u", "l": [{"action": "thread_closed"}, {"action": "incoming_chat_thread"}, {"action": "paid"}]}',
    ),
    "a removed webhook": ("a.yaml", "action: agent_status_changed\nsecret_key: s\nurl: u\n"),
    "names beside a word": ("a.yaml", "livechat:\n  events: [incoming_chat_thread, thread_closed, access_set]\n"),
    "parts that disagree": (
        "a.postman_collection.json",
        f'{{"info": {{}}, "item": [{{"request": {{"url": {{"raw": "{BASE}/get_bot_agents", "path": ["x"]}}}}}}]}}',
    ),
    "a saved response": (
        "a.postman_collection.json",
        f'{{"info": {{}}, "item": [{{"response": [{{"originalRequest": {{"url": "{BASE}/get_bot_agents"}}}}]}}]}}',
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_a_value_that_may_mean_something_else_stays(case):
    path, text = KEPT[case]
    assert edited(path, text.encode()) == text.encode()


def test_a_file_that_is_not_utf8_stays():
    raw = f"A=é\nURL={BASE}\n".encode("latin-1")
    assert edited(".env", raw) == raw


WRONG = {
    "a value beside it": (DataFormat.JSON, '{"a": "3.1", "b": "3.1"}', ValueEdit(7, 21, '3.2", "b": "3.2')),
    "a key": (DataFormat.JSON, '{"3.1": "x"}', ValueEdit(2, 5, "3.2")),
    "the end of a string": (DataFormat.JSON, '{"a": "3.1"}', ValueEdit(7, 11, "3.2")),
    "another value in YAML": (DataFormat.YAML, "a: 3.1\nb: 1\n", ValueEdit(3, 6, "x\nc: 2")),
    "a new comment in YAML": (DataFormat.YAML, "a: x3.1\n", ValueEdit(3, 7, "3 # 2")),
    "a comment": (DataFormat.LINES, "a=1 # 3.1\n", ValueEdit(6, 9, "3.2")),
    "a new line": (DataFormat.LINES, "a=3.1\n", ValueEdit(2, 5, "3.2\nb=1")),
    "no TOML": (DataFormat.TOML, 'a = "3.1"\n', ValueEdit(5, 9, "3.2")),
    "a number": (DataFormat.TOML, "a = 3.1\nb = 1\n", ValueEdit(4, 7, "3.2.1")),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_edit_that_changes_anything_but_its_value_is_taken_back(case):
    form, text, edit = WRONG[case]
    assert find_unexpected_change(form, text, [edit])
    assert find_unexpected_change(form, text, [ValueEdit(0, 0, "")]) is None


def test_edits_that_overlap_are_taken_back():
    assert find_unexpected_change(DataFormat.LINES, "a=3.1\n", [ValueEdit(2, 5, "1"), ValueEdit(3, 4, "2")])
