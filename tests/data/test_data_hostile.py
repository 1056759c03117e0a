"""Files that are broken, or made to break a reader: each comes to an end, and none is passed over in silence."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cpu_time import at_most
from data_seen import BASE, seen

DEEP = 100_000
NAME = f'"{BASE}/get_bot_agents"'
HOSTILE = {
    "arrays.json": "[" * DEEP + NAME + "]" * DEEP,
    "objects.json": '{"a":' * DEEP + NAME + "}" * DEEP,
    "number.json": f'{{"n": {"9" * 2_000_000}, "url": {NAME}}}',
    "twice.json": "{" + '"action": "thread_closed", ' * 20_000 + f'"secret_key": 1, "url": {NAME}}}',
    "schemas.json": '{"properties":' * 20_000 + NAME + "}" * 20_000,
    "requests.json": f'{{"url": "{BASE}/create_bot_agent", "body":' * 2_000 + f'{{"url": {NAME}}}' + "}" * 2_000,
    "variables.json": "{" + '"a": "${' + "{{" * 50_000 + f'/", "url": {NAME}}}',
    "laughs.yaml": f"a: &a [{NAME}]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghi")),
    "lists.toml": f"a = {'[' * DEEP}{NAME}{']' * DEEP}\n",
    "fences.md": "```json\n" * 20_000 + NAME,
    "comments.md": "<!-- " * 50_000 + NAME,
    "long.env": f"A={'${A' * 50_000} {NAME}\n",
}


@pytest.mark.parametrize("path", HOSTILE)
def test_a_crafted_file_is_read_in_a_moment(path):
    with at_most(seconds=15):
        found = seen(path, HOSTILE[path])
    assert ("get_bot_agents", "list_bots") in found.names


BROKEN = {
    "cut.json": f'{{"url": {NAME}',
    "template.yaml": f"{{{{- if .Values.x }}}}\nurl: {NAME}\n  bad: [\n",
    "deep.yaml": "[" * DEEP + NAME,
    "bad.toml": f"url = {NAME}\n= nothing\n",
    "cut.toml": f'url = {NAME}\nx = """',
    "control.yaml": f"url: {NAME}\nx: \x01\n",
}


@pytest.mark.parametrize("path", BROKEN)
def test_a_file_that_is_not_of_its_format_is_read_for_urls_and_named(path):
    found = seen(path, BROKEN[path] + "\nthread_closed\n")
    assert ("get_bot_agents", "list_bots") in found.names
    assert "only line by line for URLs" in str(found.result.error)
    assert found.states("thread_closed") == ["unread"]


@pytest.mark.parametrize("path", ["a.json", "a.yaml", "a.toml"])
def test_a_broken_file_without_a_sign_of_the_api_is_no_error(path):
    assert seen(path, "livechat: {{ [ }\n= x").result.error is None


def test_bytes_that_are_no_text_are_named_and_not_read():
    found = seen("a.yaml", b"url: " + NAME.encode() + b"\nx: \xff\xfe\n")
    assert "utf-8" in str(found.result.error)
    assert found.states("get_bot_agents") == ["unread"]


def test_an_escape_in_the_middle_of_a_name_does_not_hide_it():
    found = seen("a.json", f'{{"url": "{BASE}/get\\u005fbot_agents"}}')
    assert found.names == [("get_bot_agents", "list_bots")]
    assert found.at(found.only("method-get-bot-agents")) == "get\\u005fbot_agents"


def test_a_large_file_of_json_lines_is_read_in_seconds():
    line = (
        '{"webhook_id": "1", "secret_key": "s", "action": "%s", "payload": {"chat_id": "x", "text": "' + "lorem " * 60
    )
    lines = [line % ("thread_closed" if n % 3 else "incoming_event") + '"}}' for n in range(10_000)]
    raw = "\n".join(lines).encode()
    assert len(raw) > 4_000_000
    found = seen("big.jsonl", raw)
    assert len(found.states("thread_closed")) == raw.count(b"thread_closed")


def test_variables_that_grow_without_end_are_filled_in_only_so_far():
    source = "{" + '"v": "{{v}}/{{v}}", ' * 20_000 + f'"url": {NAME}}}'
    assert seen("a.json", source).names == [("get_bot_agents", "list_bots")]
