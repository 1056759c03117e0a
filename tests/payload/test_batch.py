"""One function translates many documents: bytes or objects, each with its translation or its error, in order."""

from __future__ import annotations

import pytest

from migrator import LossError, NotJsonError, Translation, Translator, UnknownNameError, translate_batch

UP = Translator("3.1", "3.2")
LINES = [b'{"action":"thread_closed"}\n', b'{"action" : "incoming_event"}\n', b"{", b'{"action":"thread_close"}']


def test_lines_are_translated_in_order_and_each_error_is_that_of_its_line():
    changed, same, broken, misspelt = translate_batch(UP, LINES)
    assert changed.document == b'{"action":"chat_deactivated"}\n'
    assert same.document is LINES[1]
    assert isinstance(broken, NotJsonError)
    assert isinstance(misspelt, UnknownNameError)


def test_objects_and_bytes_may_stand_side_by_side():
    given = [{"action": "thread_closed"}, b'{"action":"thread_closed"}']
    assert [each.document for each in translate_batch(UP, given)] == [
        {"action": "chat_deactivated"},
        b'{"action":"chat_deactivated"}',
    ]


@pytest.mark.parametrize("kind", ["request", "response"])
def test_requests_and_responses_are_those_of_a_method(kind):
    given = [b'{"id": "b"}', {"id": "b"}]
    for each, document in zip(translate_batch(UP, given, kind=kind, method="update_bot_agent"), given, strict=True):
        assert isinstance(each, Translation)
        assert (each.document, each.method) == (document, "update_bot")


def test_a_loss_that_is_to_be_raised_is_the_result_of_its_document():
    strict = Translator("3.1", "3.2", on_loss="raise")
    lost, kept = translate_batch(strict, [{"action": "agent_status_changed"}, {"action": "thread_closed"}])
    assert isinstance(lost, LossError)
    assert kept.document == {"action": "chat_deactivated"}


@pytest.mark.parametrize(("kind", "method"), [("request", None), ("response", None), ("webhook", "get_bot_agents")])
def test_a_method_is_given_just_where_there_is_one(kind, method):
    with pytest.raises(ValueError, match="have a method"):
        translate_batch(UP, [], kind=kind, method=method)


def test_documents_are_read_one_by_one():
    def endless():
        while True:
            yield {"action": "thread_closed"}

    results = translate_batch(UP, endless())
    assert [next(results).document["action"] for _ in range(3)] == ["chat_deactivated"] * 3
