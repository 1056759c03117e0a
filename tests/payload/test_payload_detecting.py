"""The version of a webhook, told without a translator."""

from migrator import detect


def test_an_old_name_in_a_payload_tells_the_version_between():
    told = detect({"webhook_id": "w", "secret_key": "s", "action": "thread_closed", "payload": {}})
    assert told.version == "3.1"
    assert told.reasons


def test_a_name_that_never_changed_is_ambiguous():
    told = detect({"webhook_id": "w", "secret_key": "s", "action": "incoming_event", "payload": {}})
    assert told.version is None


def test_what_is_no_webhook_is_ambiguous():
    assert detect([1, 2]).version is None
