import fixtures
import pytest

from lcconfig import Webhook
from lcconfig.events import Dispatcher


@pytest.fixture
def seen():
    return []


@pytest.fixture
def dispatcher(seen):
    dispatcher = Dispatcher("s")
    dispatcher.on(Webhook.THREAD_CLOSED, seen.append)
    dispatcher.on(Webhook.CHAT_THREAD_TAGGED, seen.append)
    return dispatcher


def test_listeners_are_called(dispatcher, seen):
    assert dispatcher.feed(fixtures.CLOSED) == 1
    assert dispatcher.feed(fixtures.TAGGED) == 1
    assert dispatcher.feed(fixtures.ADDED) == 0
    assert [payload.get("tag") for payload in seen] == [None, "bug_report"]


def test_an_unknown_action(dispatcher):
    with pytest.raises(ValueError):
        dispatcher.feed({**fixtures.CLOSED, "action": "no_such_thing"})
