from lcconfig import BotDraft, BotStatus


def test_create(client):
    assert client.bots.create(BotDraft("Ada", max_chats_count=3)) == "bot-1"
    assert client.transport.sent == [
        ("create_bot_agent", {"name": "Ada", "status": "offline", "max_chats_count": 3, "groups": []}),
    ]


def test_update_sends_what_is_given(client):
    client.bots.update("bot-1", name="Eve")
    assert client.transport.sent == [("update_bot_agent", {"id": "bot-1", "name": "Eve"})]


def test_get(client):
    bot_id = client.bots.create(BotDraft("Ada"))
    assert client.bots.get(bot_id).status is BotStatus.OFFLINE
    assert client.transport.sent[-1][0] == "get_bot_agent_details"


def test_remove(client):
    client.bots.remove("bot-1")
    assert client.transport.sent == [("remove_bot_agent", {"bot_agent_id": "bot-1"})]
