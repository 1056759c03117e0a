"""The table knows the names of each version: one of another version, or a misspelt one, does not pass."""

from __future__ import annotations

import pickle
import re

import pytest

from migrator import AmbiguousVersionError, LossError, Translation, Translator, UnknownNameError, detect
from migrator.rules.known_names import find_known_names
from migrator.rules.near_names import find_near_names, index_words
from payload.documents import TABLES

UP, DOWN = Translator("3.1", "3.2"), Translator("3.2", "3.1")

#: Names that only versions after 3.2 are documented to know.
LATER = {
    "method": ["create_agent", "list_webhooks", "register_property", "batch_create_bots", "list_groups_properties"],
    "webhook": ["incoming_customer", "chat_access_updated", "thread_summary_set", "event_deleted", "bot_updated"],
}


def webhook(name: str) -> dict[str, object]:
    return {"action": name, "payload": {}}


def each_way(translator: Translator, name: str) -> list[object]:
    """What every entry point says of a webhook: a translation, a document or an error."""
    calls = [
        lambda: translator.webhook(webhook(name)),
        lambda: translator.webhook_document(webhook(name)),
        lambda: translator.webhook_bytes(b'{"action": "%s", "payload": {}}' % name.encode()),
        lambda: translator.webhook_bytes(b'\xef\xbb\xbf{"action": "%s", "payload": {}}' % name.encode()),
    ]
    said: list[object] = []
    for call in calls:
        try:
            said.append(call())
        except (UnknownNameError, LossError) as error:
            said.append(error)
    return said


@pytest.mark.parametrize("name", ["create_group", "list_license_properties", "create_agent", "batch_create_bots"])
def test_a_method_that_only_a_newer_version_knows_is_lost_on_the_way_down(name):
    url = f"/v3.2/configuration/action/{name}"
    for told in (DOWN.method(name), DOWN.request(name, {}), DOWN.response_bytes(name, b"[]"), DOWN.url(url)):
        (loss,) = told.losses
        assert told.document is None
        assert loss.rule.startswith("names-of-3.")
        assert re.fullmatch(rf"{name} has no counterpart in 3\.1, only in 3\.\d", loss.reason)


@pytest.mark.parametrize("name", ["routing_status_set", "follow_up_requested", "user_added_to_chat", *LATER["webhook"]])
def test_a_webhook_that_only_a_newer_version_knows_is_lost_on_the_way_down(name):
    for told in each_way(DOWN, name):
        if isinstance(told, Translation):
            assert told.document is None
            assert [(loss.pointer, loss.old) for loss in told.losses] == [("/action", name)]
        else:
            assert isinstance(told, LossError)


def test_such_a_webhook_is_dropped_where_it_is_an_element_and_lost_where_it_is_registered():
    listed = DOWN.response("list_registered_webhooks", [webhook("routing_status_set"), webhook("chat_deactivated")])
    assert listed.document == [webhook("thread_closed")]
    assert [(loss.pointer, loss.old) for loss in listed.losses] == [("/0", webhook("routing_status_set"))]
    written = DOWN.response_bytes("list_registered_webhooks", b'[{"action":"follow_up_requested"}, {"action":"x"}]')
    assert written.document == b'[{"action":"x"}]'
    assert DOWN.request("register_webhook", {"action": "thread_summary_set"}).document is None
    assert DOWN.request("register_webhook", {"action": "incoming_event"}).losses == ()


def test_a_webhook_that_the_newer_version_no_longer_knows_is_lost_on_every_way_up():
    for source in ("3.0", "3.1", None):
        told = Translator(source, "3.2").webhook(webhook("last_seen_timestamp_updated"))
        assert [(loss.rule, loss.pointer) for loss in told.losses] == [("names-before-3.2", "/action")]
    stays = Translator("3.0", "3.1").webhook({"action": "last_seen_timestamp_updated", "payload": {}})
    assert (stays.losses, stays.unknown_name) == ((), None)


@pytest.mark.parametrize(
    ("translator", "name", "suggestions"),
    [
        (UP, "create_bot", ("create_bot_agent",)),
        (UP, "creat_bot_agent", ("create_bot_agent",)),
        (UP, "get_webhook_config", ("get_webhooks_config",)),
        (UP, "createBotAgent", ("create_bot_agent",)),
        (UP, "list_groups", ()),
        (DOWN, "create_bot_agent", ("create_bot",)),
        (DOWN, "get_webhooks_config", ("list_registered_webhooks",)),
        (DOWN, "register_propertise", ("register_properties",)),
        (Translator("3.0", "3.1"), "create_bot", ("create_bot_agent",)),
    ],
)
def test_a_method_of_another_version_or_a_misspelt_one_is_an_error_with_a_suggestion(translator, name, suggestions):
    url = f"/v{translator.source}/configuration/action/{name}"
    for call in (
        lambda: translator.method(name),
        lambda: translator.request(name, {}),
        lambda: translator.response(name, None),
        lambda: translator.request_bytes(name, b"{}"),
        lambda: translator.url(url),
    ):
        with pytest.raises(UnknownNameError) as raised:
            call()
        assert raised.value.suggestions[: len(suggestions)] == suggestions
        assert f"{translator.source} has no method {name}" in str(raised.value)


@pytest.mark.parametrize(
    ("translator", "name", "suggestion"),
    [
        (UP, "chat_deactivated", "thread_closed"),
        (UP, "routing_status_set", "agent_status_changed"),
        (UP, "thread_close", "thread_closed"),
        (UP, "IncomingChatThread", "incoming_chat_thread"),
        (DOWN, "thread_closed", "chat_deactivated"),
        (DOWN, "chat_deactivatde", "chat_deactivated"),
        (Translator(None, "3.2"), "thread_close", "thread_closed"),
    ],
)
def test_a_webhook_of_another_version_or_a_misspelt_one_is_an_error_with_a_suggestion(translator, name, suggestion):
    for told in each_way(translator, name):
        assert isinstance(told, UnknownNameError)
        assert told.suggestions == (suggestion,)
        assert str(told).endswith(f"did you mean {suggestion}?")


@pytest.mark.parametrize("translator", [UP, DOWN, Translator("3.0", "3.2"), Translator(None, "3.1")])
def test_a_webhook_that_neither_version_knows_passes_and_is_named(translator):
    for told in each_way(translator, "parcel_lost"):
        if isinstance(told, Translation):
            assert (told.lost, told.unknown_name) == (False, "parcel_lost")
        else:
            assert told == webhook("parcel_lost")


@pytest.mark.parametrize("name", LATER["method"])
def test_a_method_of_a_later_version_passes_upwards_and_is_named(name):
    for told in (UP.method(name), UP.request(name, {}), UP.response_bytes(name, b"{}")):
        assert (told.method, told.unknown_name, told.losses) == (name, name, ())


@pytest.mark.parametrize("sort", ["method", "webhook"])
@pytest.mark.parametrize("translator", [UP, DOWN, Translator("3.0", "3.2")])
def test_what_both_versions_know_passes_in_silence(translator, sort):
    known = find_known_names(translator.table, sort)
    assert known is not None
    for name in known.get_names(translator.source) & known.get_names(translator.target):
        told = translator.method(name) if sort == "method" else translator.webhook(webhook(name))
        assert (told.unknown_name, told.losses) == (None, ())


def test_a_table_without_lists_says_nothing_of_names():
    table = TABLES[1]
    assert find_known_names(table, "method") is None
    up = Translator("1", "2", table)
    assert up.request("search_parcels", {}).unknown_name is None
    assert up.webhook({"event": "parcel_losst"}).unknown_name is None


def test_between_a_version_and_itself_its_names_are_checked_too():
    same = Translator("3.1", "3.1")
    assert same.method("create_bot_agent").document == "create_bot_agent"
    with pytest.raises(UnknownNameError, match="did you mean create_bot_agent"):
        same.method("create_bot")


def test_a_listed_name_is_evidence_of_a_version():
    assert detect(webhook("follow_up_requested")).version == "3.2"
    assert detect(webhook("last_seen_timestamp_updated")).candidates == ("3.1",)
    assert detect({"action": "thread_summary_set"}).version == "3.2"
    with pytest.raises(AmbiguousVersionError):
        Translator(None, "3.2").webhook({"action": "parcel_lost", "data": {}, "payload": {}})


def test_the_error_can_be_pickled():
    with pytest.raises(UnknownNameError) as raised:
        UP.method("create_bot")
    loaded = pickle.loads(pickle.dumps(raised.value))
    assert (str(loaded), loaded.__dict__) == (str(raised.value), raised.value.__dict__)


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("creat_bot", "create_bot", True),
        ("crate_bot", "create_bot", True),
        ("craete_bot", "create_bot", True),
        ("cretae_bots", "create_bot", True),
        ("set_bot", "get_bot", False),
        ("event_deleted", "agent_deleted", False),
        ("create_bot", "create_bot", False),
        ("bot_create", "create_bot", False),
        ("create", "create_bot", False),
        ("", "create_bot", False),
    ],
)
def test_a_misspelt_name_has_one_wrong_letter_in_a_word_and_keeps_its_short_words(name, known, near):
    assert find_near_names(name, index_words([known])) == ((known,) if near else ())
