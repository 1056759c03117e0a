"""Which version a webhook speaks, how sure that is, and translating webhooks of which nobody says the version."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

import migrator
from migrator import Translator
from migrator.payload.detection.version_detector import create_detector
from migrator.payload.translation_errors import AmbiguousVersionError, DocumentError, LossError, TranslationError
from payload.documents import JSON, TABLES

ENVELOPES = {
    "an old key holds the body": ({"action": "incoming_event", "data": {}}, "3.0", "certain"),
    "an old key and an old name": ({"action": "thread_closed", "data": {}}, "3.0", "certain"),
    "a name that was renamed": ({"action": "thread_closed", "payload": {}}, "3.1", "certain"),
    "a name that was removed": ({"action": "agent_status_changed", "payload": {}}, "3.1", "certain"),
    "a new name": ({"action": "chat_deactivated", "payload": {}}, "3.2", "certain"),
    "a new name without a body": ({"action": "chat_deactivated"}, "3.2", "certain"),
    "access of a chat": ({"action": "access_set", "payload": {"resource": "chat"}}, "3.1", "certain"),
    "a name of the reference pages": ({"action": "routing_status_set", "payload": {}}, "3.2", "likely"),
    "a key of the reference pages": ({"action": "incoming_event", "payload": {}, "license_id": 1}, "3.2", "likely"),
}
AMBIGUOUS = {
    "nothing tells": ({"action": "incoming_event"}, ("3.0", "3.1", "3.2")),
    "only the oldest is excluded": ({"action": "incoming_event", "payload": {}}, ("3.1", "3.2")),
    "an old name without a body": ({"action": "thread_closed"}, ("3.0", "3.1")),
    "both keys": ({"action": "incoming_event", "payload": {}, "data": {}}, ()),
    "an old key and a new name": ({"action": "chat_deactivated", "data": {}}, ()),
}


@pytest.fixture(scope="module")
def translator():
    return Translator(None, "3.1")


@pytest.mark.parametrize(("envelope", "version", "confidence"), ENVELOPES.values(), ids=ENVELOPES)
def test_a_version_is_detected_by(translator, envelope, version, confidence):
    found = translator.detect(envelope)
    assert (found.version, found.confidence.value, found.candidates) == (version, confidence, (version,))
    assert found.reasons


@pytest.mark.parametrize(("envelope", "candidates"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_version_is_ambiguous_rather_than_guessed_when(translator, envelope, candidates):
    found = translator.detect(envelope)
    assert (found.version, found.confidence.value, found.candidates) == (None, "ambiguous", candidates)


def test_the_reasons_name_the_places_and_the_versions(translator):
    found = translator.detect({"action": "chat_deactivated", "payload": {}, "license_id": 1})
    assert found.reasons == (
        "/payload is a key of 3.1, not of 3.0",
        "3.2 knows the webhook chat_deactivated, 3.1 does not",
        "/license_id is a key of 3.2, not of 3.1",
    )


@pytest.mark.parametrize("key", ["data", "license_id", "resource"])
def test_data_of_the_user_tells_nothing(translator, key):
    envelope = {"action": "chat_user_added", "payload": {key: 1, "text": "thread_closed", "properties": {"data": 1}}}
    assert translator.detect(envelope).candidates == ("3.1", "3.2")


@pytest.mark.parametrize("table", TABLES, ids=[table.api.id for table in TABLES])
@settings(deadline=None)
@given(document=JSON)
def test_detecting_never_raises(table, document):
    found = create_detector(table).detect_version(document)
    assert (found.version is None) == (found.confidence.value == "ambiguous")


def test_a_webhook_of_any_version_is_carried_to_the_one_that_is_wanted(translator):
    wanted = {"action": "access_set", "payload": {"resource": "chat", "id": "PJ0"}}
    for version in ("3.0", "3.2"):
        given = Translator("3.1", version).webhook(wanted).document
        assert translator.webhook(given).document == wanted
    assert translator.webhook(wanted).document is wanted


def test_versions_that_make_no_difference_need_not_be_told_apart(translator):
    given = {"action": "incoming_event", "payload": {}}
    assert translator.webhook(given).document is given
    written = b'{"action": "incoming_event", "payload": {}}'
    assert translator.webhook_bytes(written).document == written


BODIES = {
    "without a body": {},
    "an old body": {"data": {"text": "hi"}},
    "a body": {"payload": {"text": "hi"}},
    "a body about chats": {"payload": {"resource": "chat"}},
    "a body about groups": {"payload": {"resource": "group"}},
    "a license": {"payload": {"text": "hi"}, "license_id": 7},
    "two bodies": {"payload": {}, "data": {}},
    "a body of text": {"payload": "resource"},
}


def find_outcome(translate, given):
    """Return the translation, or the kind of error."""
    try:
        found = translate(given)
    except TranslationError as error:
        return type(error)
    return found.document, found.losses, found.missing, found.applied


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("target", ["3.0", "3.1", "3.2"])
def test_detecting_quickly_finds_what_comparing_all_translations_finds(target, body):
    translator = Translator(None, target)
    names = sorted(translator._detector.names)
    assert len(names) > 20
    for name in (*names, "incoming_event"):
        envelope = {"action": name, "secret_key": "s", **body}
        text = json.dumps(envelope).encode()
        complete = find_outcome(translator._translate_completely, envelope)
        assert find_outcome(translator.webhook, envelope) == complete
        assert find_outcome(translator.webhook_bytes, text) == find_outcome(translator._translate_text, text)


def test_versions_that_make_a_difference_are_an_error():
    neutral = {"event": "sender_told"}
    with pytest.raises(AmbiguousVersionError, match="it fits 1 and 2 and 3") as raised:
        Translator(None, "3", TABLES[1]).webhook(neutral)
    assert raised.value.candidates == ("1", "2", "3")


def test_a_declared_value_is_no_difference_that_has_to_be_told_apart():
    given = {"action": "incoming_event", "payload": {}}
    asked = Translator(None, "3.2", context={"license_id": 7})
    assert asked.webhook(given).document == {**given, "license_id": 7}
    assert asked.webhook({**given, "license_id": 3}).document == {**given, "license_id": 3}


def test_a_webhook_that_contradicts_itself_is_an_error(translator):
    with pytest.raises(AmbiguousVersionError, match="it contradicts itself"):
        translator.webhook({"action": "chat_deactivated", "data": {}})


@pytest.mark.parametrize("given", [[], {}, {"action": 5}, None])
def test_what_is_no_webhook_is_an_error_and_not_ambiguous(translator, given):
    with pytest.raises(DocumentError):
        translator.webhook(given)


def test_a_loss_is_judged_when_the_version_is_detected_too():
    with pytest.raises(LossError):
        Translator(None, "3.2", on_loss="raise").webhook({"action": "agent_status_changed", "payload": {}})


@pytest.mark.parametrize(
    "ask",
    [
        lambda translator: translator.request("create_bot", {}),
        lambda translator: translator.response("create_bot", {}),
        lambda translator: translator.method("create_bot"),
        lambda translator: translator.url("https://api.livechatinc.com/v3.1/configuration/action/create_bot"),
        lambda translator: translator.back(),
    ],
    ids=["request", "response", "method", "url", "back"],
)
def test_only_the_version_of_a_webhook_is_detected(translator, ask):
    with pytest.raises(ValueError, match="pass the source version"):
        ask(translator)


def test_the_public_function_detects_the_version_of_an_old_name():
    told = migrator.detect({"webhook_id": "w", "secret_key": "s", "action": "thread_closed", "payload": {}})
    assert told.version == "3.1"
    assert told.reasons


def test_the_public_function_says_that_an_unchanged_name_is_ambiguous():
    told = migrator.detect({"webhook_id": "w", "secret_key": "s", "action": "incoming_event", "payload": {}})
    assert told.version is None


def test_the_public_function_says_that_anything_but_a_webhook_is_ambiguous():
    assert migrator.detect([1, 2]).version is None
