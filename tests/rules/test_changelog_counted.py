"""The rows of the changelog, counted against a list written down from the changelog itself."""

from __future__ import annotations

from collections import Counter

import pytest

from migrator.rules.load import load_rules
from migrator.rules.rule import Kind, Origin

#: Every change that the changelog of 3.1 and 3.2 states: version, kind, old name, new name, id.
CHANGES = {
    ("3.1", "rename_key", "data", "payload", "webhook-data"),
    ("3.2", "remove_key", "status", None, "create-bot-status"),
    ("3.2", "behaviour", "create_bot_agent", None, "bot-starts-offline"),
    ("3.2", "remove_key", "status", None, "update-bot-status"),
    ("3.2", "scope", None, "agents-bot--all:rw", "update-bot-scope"),
    ("3.2", "rename_webhook", "access_set", "chat_access_set", "webhook-access-set"),
    ("3.2", "rename_webhook", "access_revoked", "chat_access_revoked", "webhook-access-revoked"),
    ("3.2", "rename_webhook", "access_granted", "chat_access_granted", "webhook-access-granted"),
    ("3.2", "remove_key", "resource", None, "access-resource"),
    ("3.2", "rename_method", "get_property_configs", "list_registered_properties", "method-get-property-configs"),
    ("3.2", "rename_method", "create_properties", "register_properties", "method-create-properties"),
    ("3.2", "rename_method", "get_webhooks_config", "list_registered_webhooks", "method-get-webhooks-config"),
    ("3.2", "rename_method", "get_bot_agent_details", "get_bot", "method-get-bot-agent-details"),
    ("3.2", "rename_method", "get_bot_agents", "list_bots", "method-get-bot-agents"),
    ("3.2", "rename_method", "update_bot_agent", "update_bot", "method-update-bot-agent"),
    ("3.2", "rename_method", "create_bot_agent", "create_bot", "method-create-bot-agent"),
    ("3.2", "rename_method", "remove_bot_agent", "delete_bot", "method-remove-bot-agent"),
    ("3.2", "rename_webhook", "chat_thread_properties_updated", "thread_properties_updated",
     "webhook-chat-thread-properties-updated"),
    ("3.2", "rename_webhook", "chat_thread_properties_deleted", "thread_properties_deleted",
     "webhook-chat-thread-properties-deleted"),
    ("3.2", "rename_webhook", "thread_closed", "chat_deactivated", "webhook-thread-closed"),
    ("3.2", "rename_webhook", "incoming_chat_thread", "incoming_chat", "webhook-incoming-chat-thread"),
    ("3.2", "rename_webhook", "chat_thread_tagged", "thread_tagged", "webhook-chat-thread-tagged"),
    ("3.2", "rename_webhook", "chat_thread_untagged", "thread_untagged", "webhook-chat-thread-untagged"),
    ("3.2", "remove_webhook", "agent_status_changed", None, "webhook-agent-status-changed"),
}  # fmt: skip

SHIPPED = load_rules()
ROWS = list(SHIPPED.all_rules())
STATUSES = {"accepting chats", "not accepting chats", "offline"}


def test_the_changelog_states_24_changes_and_the_table_has_a_row_for_each_and_no_other():
    steps = SHIPPED.table().steps
    rows = [(str(step.target), row) for step in steps for row in step.rules if row.origin is Origin.CHANGELOG]
    assert len(rows) == len(CHANGES) == 24
    assert {(version, row.kind.value, row.old, row.new, row.id) for version, row in rows} == CHANGES


def test_the_kinds_add_up_to_what_the_changelog_announces():
    kinds = Counter(row.kind for row in ROWS if row.origin is Origin.CHANGELOG)
    assert kinds == {
        Kind.RENAME_METHOD: 8,
        Kind.RENAME_WEBHOOK: 9,
        Kind.REMOVE_WEBHOOK: 1,
        Kind.REMOVE_KEY: 3,
        Kind.RENAME_KEY: 1,
        Kind.BEHAVIOUR: 1,
        Kind.SCOPE: 1,
    }


@pytest.mark.parametrize("step", SHIPPED.table().steps, ids=lambda step: f"the step to {step.target} does")
def test_every_step_raises_the_version(step):
    assert [row.kind for row in step.rules].count(Kind.RAISE_VERSION) == 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id} names its source and gives advice")
def test_every_row_has_a_source(row):
    assert row.source.document == ("changelog" if row.origin is Origin.CHANGELOG else "reference")
    assert row.source.version in map(str, SHIPPED.table().versions)
    assert row.source.item
    assert len(row.advice.split()) >= 2


def test_no_two_changes_of_the_changelog_share_an_item_except_a_bullet_with_two_changes():
    items = Counter((row.source.version, row.source.item) for row in ROWS if row.origin is Origin.CHANGELOG)
    assert {item for item, count in items.items() if count > 1} == {("3.2", "1")}


@pytest.mark.parametrize("row", [row for row in ROWS if row.follow_up], ids=lambda row: f"{row.id} maps every status")
def test_a_follow_up_maps_every_value_that_the_parameter_had(row):
    assert set(row.follow_up.values) == STATUSES
    assert row.follow_up.values == {status: status.replace(" ", "_") for status in STATUSES}
    assert set(row.follow_up.unless) <= STATUSES
    assert row.follow_up.url.endswith(f"/v3.2/agent/action/{row.follow_up.method}")
    assert set(row.follow_up.arguments) == {"agent_id", "status"}


def test_both_removed_status_parameters_have_a_follow_up_and_only_they():
    assert {row.id for row in ROWS if row.follow_up} == {"create-bot-status", "update-bot-status"}


def test_only_rows_that_are_read_from_the_reference_are_inactive():
    assert {row.id for row in ROWS if not row.active} == {
        "request-payload-wrapper",
        "webhook-routing-status-set",
        "webhook-license-id",
        "customer-fields",
        "thread-order",
        "thread-timestamp",
        "user-last-seen",
    }


def test_what_changed_beside_the_changelog_in_nested_fields_is_only_noted():
    assert {row.id for row in ROWS if row.is_note} == {
        "customer-fields",
        "thread-order",
        "thread-timestamp",
        "user-last-seen",
    }
