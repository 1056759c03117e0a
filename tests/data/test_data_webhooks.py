"""Recorded webhooks and registrations in JSON, JSON Lines and Markdown."""

from __future__ import annotations

import json

import pytest

from data_seen import BASE, seen

HOOK = {
    "webhook_id": "w1",
    "secret_key": "S3CRET",
    "action": "access_set",
    "payload": {"resource": "chat", "id": "1", "text": "thread_closed"},
}


def test_a_recorded_webhook_is_found_by_its_keys_and_can_be_translated():
    found = seen("hook.json", json.dumps(HOOK))
    assert found.rules == ["webhook-access-set", "access-resource"]
    assert all("migrator translate" in finding.message for finding in found.result.findings)
    assert found.states("thread_closed") == ["proven_other"]


def test_a_webhook_inside_of_other_data_has_to_be_taken_out_first():
    found = seen("log.json", json.dumps({"event": {"body": HOOK}}))
    assert "once it stands alone" in found.only("webhook-access-set").message


def test_a_webhook_in_a_string_is_found_at_its_place():
    found = seen("log.json", json.dumps({"body": json.dumps(HOOK)}))
    assert found.at(found.only("webhook-access-set")) == "access_set"


def test_a_webhook_of_version_3_0_has_a_key_that_was_renamed():
    found = seen("hook.json", json.dumps({"webhook_id": "1", "action": "incoming_event", "data": {}}))
    assert [finding.old for finding in found.result.findings] == ["data"]


def test_a_webhook_of_the_target_version_is_no_finding():
    assert seen("hook.json", json.dumps({**HOOK, "action": "chat_deactivated", "license_id": 1})).rules == []


def test_frames_of_a_neighbouring_api_are_no_webhooks():
    frame = {"request_id": "1", "action": "thread_closed", "type": "push", "payload": {}}
    assert seen("rtm.json", json.dumps({"livechat": [frame]})).rules == []


def test_a_body_that_registers_webhooks_is_known_by_where_the_names_stand():
    source = {"webhooks": {"url": "https://x", "secret_key": "S", "actions": [{"name": "thread_closed"}]}}
    assert seen("bot.json", json.dumps(source)).rules == ["webhook-thread-closed"]


def test_each_line_of_json_lines_is_a_document():
    lines = [HOOK, {**HOOK, "action": "thread_closed"}, {"other": "thread_closed"}, {"request": "x"}]
    found = seen("hooks.jsonl", "\n".join(map(json.dumps, lines)))
    assert [(f.line, f.rule) for f in found.result.findings] == [
        (1, "webhook-access-set"),
        (1, "access-resource"),
        (2, "webhook-thread-closed"),
    ]


def test_requests_and_answers_in_json_lines_are_read():
    lines = [
        {"url": f"{BASE}/update_bot_agent", "body": {"id": "1", "status": "offline"}},
        {"request": {"url": f"{BASE}/get_webhooks_config"}, "response": {"body": [{"action": "thread_closed"}]}},
    ]
    found = seen("traffic.ndjson", "\n".join(map(json.dumps, lines)))
    assert {"update-bot-status", "method-update-bot-agent", "webhook-thread-closed"} <= set(found.rules)


def test_a_line_that_is_not_json_is_named_and_the_others_are_read():
    found = seen("hooks.jsonl", json.dumps(HOOK) + "\n{broken thread_closed\n" + json.dumps(HOOK) + "\n")
    assert found.rules.count("webhook-access-set") == 2
    assert str(found.result.error) == "line 2: this line is not JSON"
    assert found.states("thread_closed") == ["proven_other", "unread", "proven_other"]


def test_of_many_alike_lines_the_first_are_reported_and_all_are_accounted_for():
    found = seen("hooks.jsonl", "\n".join([json.dumps(HOOK)] * 1_000))
    assert found.rules.count("webhook-access-set") == 100
    assert found.states("access_set") == ["manual"] * 1_000
    assert found.states("thread_closed") == ["proven_other"] * 1_000


def test_of_many_alike_places_in_one_document_the_first_are_reported_and_all_are_accounted_for():
    found = seen("hooks.json", json.dumps([HOOK] * 1_000))
    assert found.rules.count("webhook-access-set") == 200
    assert found.states("access_set") == ["manual"] * 1_000


def test_fenced_code_is_read_by_its_language_and_prose_for_urls():
    found = seen(
        "README.md",
        f"""
        Call `{BASE}/get_bot_agents` or get_bot_agents.

        ```json
        {json.dumps(HOOK)}
        ```

        - in a list:
          ~~~yaml
          url: {BASE}/remove_bot_agent # thread_closed
          ~~~

        ```
        thread_closed
        ```
        """,
    )
    assert {"webhook-access-set", "method-get-bot-agents", "method-remove-bot-agent"} <= set(found.rules)
    assert found.states("get_bot_agents") == ["manual", "comment_or_docstring"]
    assert "once it stands alone" in found.only("webhook-access-set").message


def test_a_comment_of_markdown_suppresses_what_follows_it():
    found = seen("a.md", f"<!-- migrator: ignore -->\nSee {BASE}/get_bot_agents\n")
    assert found.result.findings == ()
    assert found.states("get_bot_agents") == ["suppressed"]


FENCES = {
    "sh": f'curl {BASE}/create_bot_agent -d \'{{"status": "offline"}}\'',
    "bash": f"curl -X POST \\\n  {BASE}/create_bot_agent",
    "js": f'fetch("{BASE}/create_bot_agent")',
    "typescript": f'const url: string = "{BASE}/create_bot_agent"',
    "php": f'$client->post("{BASE}/create_bot_agent");',
    "go": f'http.Post("{BASE}/create_bot_agent", "", nil)',
    "ruby": f'post "{BASE}/create_bot_agent"',
    "python": f'requests.post("{BASE}/create_bot_agent")',
    "": f"POST {BASE}/create_bot_agent",
}


@pytest.mark.parametrize("language", FENCES)
def test_code_in_a_fence_is_read_in_its_language(language):
    found = seen("README.md", f"Ünicode before, and a paragraph.\n\n```{language}\n{FENCES[language]}\n```\n")
    finding = found.only("method-create-bot-agent")
    assert finding.line == 4 + FENCES[language][: FENCES[language].index("create_bot_agent")].count("\n")
