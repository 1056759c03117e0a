"""The row's shape carries what later versions of the API change too, without a second format."""

from __future__ import annotations

import pytest

from migrator.rules.load import load_rules
from migrator.rules.rule import Kind, RulePlace
from migrator.rules.table import Chain

HEAD = 'api = "livechat-configuration"\nfrom = "3.2"\nto = "3.3"\n'

ROW = """
[[rule]]
id = "{id}"
{row}
advice = "See the reference page of 3.3."
source = {{ document = "changelog", version = "3.3", item = "1" }}
"""

ROWS = {
    "a key of two requests has another name": """
        kind = "rename_key"
        old = "bot_agent_id"
        new = "id"
        where = [
          { document = "request", name = "get_bot", path = "$.bot_agent_id" },
          { document = "request", name = "delete_bot", path = "$.bot_agent_id" },
        ]""",
    "an object is unnested": """
        kind = "unnest"
        old = "bot_agent"
        where = [{ document = "response", name = "get_bot", path = "$.bot_agent" }]""",
    "a key inside it is gone for good": """
        kind = "remove_key"
        old = "webhooks"
        where = [{ document = "response", name = "get_bot", path = "$.bot_agent.webhooks" }]
        back = "impossible" """,
    "a list is unnested": """
        kind = "unnest"
        old = "bot_agents"
        where = [{ document = "response", name = "list_bots", path = "$.bot_agents" }]""",
    "a key is required that only the user can tell": """
        kind = "add_key"
        new = "owner_client_id"
        where = [{ document = "request", name = "create_bot", path = "$.owner_client_id" }]
        value = { context = "owner_client_id" }""",
    "one call becomes several": """
        kind = "manual"
        old = "webhooks"
        where = [{ document = "request", name = "create_bot", path = "$.webhooks" }]
        answered_by = ["register_webhook"]""",
    "a value has another shape": """
        kind = "manual"
        old = "chat_member_ids"
        new = "chat_presence"
        where = [{ document = "request", name = "register_webhook", path = "$.filters.chat_member_ids" }]""",
    "a method does less": """
        kind = "behaviour"
        old = "list_agents"
        where = [{ document = "request", name = "list_agents", path = "$" }]
        answered_by = ["list_bots"]""",
    "a method is gone": """
        kind = "remove_method"
        old = "register_properties" """,
    "a webhook has another name": """
        kind = "rename_webhook"
        old = "customer_created"
        new = "incoming_customer"
        where = [{ document = "webhook", path = "$.action" }]""",
    "a scope has another name": """
        kind = "scope"
        old = "webhooks--my:rw"
        new = "webhooks.configuration:rw"
        where = [{ document = "request", name = "register_webhook", path = "$" }]""",
    "a header is no longer read": """
        kind = "manual"
        old = "X-Author-Id" """,
    "the version is raised": """
        kind = "raise_version" """,
}


@pytest.fixture
def step(write) -> Chain:
    rows = (ROW.format(id=name.replace(" ", "-"), row=row.strip()) for name, row in ROWS.items())
    return load_rules(write({"3.2-3.3.toml": HEAD + "".join(rows)})).table().chain("3.2")


def test_every_sort_of_later_change_is_a_row(step):
    assert [rule.id.replace("-", " ") for rule in step.rules()] == list(ROWS)
    assert {rule.kind for rule in step.rules()} == set(Kind) - {Kind.RENAME_METHOD, Kind.REMOVE_WEBHOOK}


def test_what_a_later_row_says_arrives_at_the_engines(step):
    rules = {rule.id.replace("-", " "): rule for rule in step.rules()}
    assert rules["a key of two requests has another name"].where == (
        RulePlace("request", "$.bot_agent_id", "get_bot"),
        RulePlace("request", "$.bot_agent_id", "delete_bot"),
    )
    assert rules["a key inside it is gone for good"].back == "impossible"
    assert rules["a key is required that only the user can tell"].context == "owner_client_id"
    assert rules["one call becomes several"].answered_by == ("register_webhook",)
    assert rules["a header is no longer read"].where == ()
