"""Collections of requests, descriptions of APIs and recorded traffic."""

from __future__ import annotations

import json

import pytest

from data_seen import BASE, seen

SECRET = "S3CRET-value-1"
HEADER = [{"key": "Authorization", "value": f"Bearer {SECRET}"}]


def collection(*items, variables=(("base_url", BASE),)):
    """A Postman collection, indented so that each name has a line."""
    return json.dumps(
        {
            "info": {"name": "Bots", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
            "item": [{"name": "Folder", "item": [{"name": f"call {n}", **item} for n, item in enumerate(items)]}],
            "variable": [{"key": key, "value": value} for key, value in variables],
        },
        indent=2,
    )


def body(value):
    """The body of a request of a collection."""
    return {"mode": "raw", "raw": value if isinstance(value, str) else json.dumps(value)}


URLS = {
    "a string": "{{base_url}}/create_bot_agent",
    "an object": {"raw": "{{base_url}}/create_bot_agent", "host": ["{{base_url}}"], "path": ["create_bot_agent"]},
    "parts alone": {
        "protocol": "https",
        "host": ["api", "livechatinc", "com"],
        "path": ["v3.1", "configuration", "action", "create_bot_agent"],
    },
}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_a_request_of_a_collection_is_found_with_its_body_when_its_url_is(url):
    source = collection({"request": {"method": "POST", "header": HEADER, "url": url, "body": body({"status": "x"})}})
    found = seen("bots.postman_collection.json", source)
    assert ("create_bot_agent", "create_bot") in found.names
    assert {"create-bot-status", "bot-starts-offline"} <= set(found.rules)


def test_the_parts_of_a_url_beside_the_whole_are_accounted_for():
    found = seen("a.json", collection({"request": {"url": URLS["an object"]}}))
    assert found.states("create_bot_agent") == ["manual", "manual"]
    assert found.rules.count("method-create-bot-agent") == 1


def test_the_names_of_webhooks_in_the_body_of_a_request_are_found():
    hooks = {"webhooks": {"url": "x", "secret_key": SECRET, "actions": [{"name": "thread_closed"}]}}
    source = collection({"request": {"url": URLS["a string"], "body": body(hooks)}})
    finding = seen("a.json", source).only("webhook-thread-closed")
    assert any("/webhooks/actions/0/name" in line for line in finding.evidence)


def test_a_body_with_variables_that_are_not_quoted_is_read():
    text = '{"max_chats_count": {{count}}, "status": "offline"}'
    assert (
        "update-bot-status"
        in seen("a.json", collection({"request": {"url": "{{base_url}}/update_bot_agent", "body": body(text)}})).rules
    )


def test_a_body_that_says_what_happens_anyway_asks_for_no_further_call():
    source = collection({"request": {"url": URLS["a string"], "body": body({"status": "offline"})}})
    assert "bot-starts-offline" not in seen("a.json", source).rules


def test_a_body_for_a_version_beyond_the_one_that_is_reached_is_left_alone():
    url = "https://api.livechatinc.com/v3.5/configuration/action/create_bot"
    text = collection({"request": {"url": url, "body": body({"status": "offline"})}}, variables=())
    assert seen("a.json", text).rules == []


def test_a_saved_answer_of_a_collection_is_read():
    item = {
        "request": {"url": "{{base_url}}/get_webhooks_config"},
        "response": [{"name": "ok", "body": json.dumps([{"action": "agent_status_changed", "url": "https://x"}])}],
    }
    assert seen("a.json", collection(item)).only("webhook-agent-status-changed").new is None


def test_what_users_write_into_a_body_is_proven_to_be_something_else():
    item = {
        "request": {"url": "{{base_url}}/create_properties", "body": body({"status": {"description": "access_set"}})}
    }
    found = seen("a.json", collection(item))
    assert found.states("access_set") == ["proven_other"]
    assert found.rules.count("create-bot-status") == 0


def test_a_variable_that_is_not_in_the_file_needs_the_path_and_a_hint():
    url = "{{somewhere}}/v3.1/configuration/action/get_bot_agents"
    assert seen("a.json", collection({"request": {"url": url}}, variables=())).rules == []
    assert (
        "method-get-bot-agents"
        in seen("a.json", collection({"description": "LiveChat", "request": {"url": url}}, variables=())).rules
    )


def test_recorded_traffic_is_read_request_and_answer():
    entry = {
        "request": {"url": f"{BASE}/create_bot_agent?license_id=1", "postData": {"text": '{"status": "offline"}'}},
        "response": {"status": 200, "content": {"text": "{}"}},
    }
    details = {
        "request": {"url": f"{BASE}/get_bot_agent_details"},
        "response": {
            "content": {"text": json.dumps({"bot_agent": {"webhooks": {"actions": [{"name": "thread_closed"}]}}})}
        },
    }
    found = seen("a.har", json.dumps({"log": {"entries": [entry, details]}}, indent=1))
    assert {"create-bot-status", "method-create-bot-agent", "webhook-thread-closed"} <= set(found.rules)


def test_a_description_of_an_api_is_read_through_its_servers_and_references():
    found = seen(
        "openapi.yaml",
        """
        openapi: 3.0.0
        servers: [{url: "https://api.livechatinc.com/{version}", variables: {version: {default: v3.1}}}]
        paths:
          /configuration/action/create_bot_agent:
            post:
              operationId: create_bot_agent
              requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Bot"}}}}
        components:
          schemas:
            Bot:
              properties:
                status: {type: string}
                webhooks: {properties: {actions: {items: {properties: {name: {enum: [thread_closed]}}}}}}
        """,
    )
    assert {"version-3.2", "method-create-bot-agent", "create-bot-status", "webhook-thread-closed"} <= set(found.rules)
    assert found.states("create_bot_agent") == ["manual", "proven_other"]


def test_a_description_of_version_two_is_read_through_its_host_and_base_path():
    source = {
        "swagger": "2.0",
        "host": "api.livechatinc.com",
        "basePath": "/v3.1/configuration",
        "paths": {"/action/remove_bot_agent": {"post": {}}},
    }
    assert "method-remove-bot-agent" in seen("swagger.json", json.dumps(source, indent=1)).rules


def test_a_schema_of_a_webhook_is_known_by_its_keys():
    source = {
        "properties": {
            "secret_key": {},
            "action": {"enum": ["access_set"]},
            "payload": {"properties": {"resource": {}}},
        }
    }
    assert set(seen("hook.schema.json", json.dumps(source, indent=1)).rules) == {
        "webhook-access-set",
        "access-resource",
    }


def test_a_reference_that_leads_to_itself_comes_to_an_end():
    source = '{"properties": {"secret_key": 1, "action": {"$ref": "#/properties/action", "enum": ["thread_closed"]}}}'
    assert seen("a.json", source).rules == ["webhook-thread-closed"]


@pytest.mark.parametrize("path", ["a.json", "a.har"])
def test_no_secret_is_told(path):
    item = {
        "request": {
            "header": HEADER,
            "url": f"https://{SECRET}@api.livechatinc.com/v3.1/configuration/action/get_bot_agents?token={SECRET}",
        }
    }
    found = seen(path, collection(item, {"request": {"url": URLS["a string"], "body": body({"secret_key": SECRET})}}))
    assert found.result.findings
    assert SECRET not in repr([(f.evidence, f.message, f.old) for f in found.result.findings])


REQUESTS = f"""@base = {BASE}

### the list
# @name get_bot_agents
POST {{{{base}}}}/get_bot_agents HTTP/1.1
Content-Type: application/json

{{"all": true}}

### a bot
POST {BASE}/create_bot_agent

{{
  "status": "accepting chats",
  "webhooks": {{"actions": [{{"name": "thread_closed"}}]}}
}}

> {{% client.test("thread_closed") %}}

### a webhook, and what is none
POST http://localhost/hook

{{"webhook_id": "w", "secret_key": "s", "action": "incoming_chat_thread", "payload": {{}}}}

###
POST http://forum/hook

{{"state": "thread_closed"}}
"""


def test_requests_that_an_editor_sends_are_read_with_their_bodies():
    found = seen("api.http", REQUESTS)
    assert [old for old, _ in found.names] == [
        "get_bot_agents",
        "create_bot_agent",
        "create_bot_agent",
        "status",
        "thread_closed",
        "incoming_chat_thread",
    ]
    assert found.states("get_bot_agents") == ["comment_or_docstring", "manual"]
    assert found.states("thread_closed") == ["manual", "name_only", "name_only"]
