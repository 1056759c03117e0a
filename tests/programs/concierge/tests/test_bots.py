import pytest

from concierge import bots
from concierge.errors import BotNotFound


def test_the_bot_is_created_once(client, settings, calls):
    assert bots.ensure_bot(client, settings) == "b1"
    assert [method for method, _ in calls] == ["get_bot_agents", "create_bot_agent"]
    assert calls[1][1]["name"] == "Night porter"


def test_an_existing_bot_is_found(client, settings, calls):
    settings.bot_name = "Someone else"
    assert bots.ensure_bot(client, settings) == "b0"
    assert len(calls) == 1


def test_an_unknown_bot_is_not_found(client):
    with pytest.raises(BotNotFound):
        bots.find_bot(client, "nobody")


def test_describe(client):
    assert bots.describe(client, "b1") == "Night porter is offline"
