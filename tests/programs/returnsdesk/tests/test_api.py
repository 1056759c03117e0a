import unittest

from returnsdesk.livechat import LiveChatAPI, bots, properties, webhooks
from returnsdesk.config import Config

from .helpers import Session


def api(**answers):
    return LiveChatAPI("https://api.livechatinc.com", "3.1", "dal:x", session=Session(**answers))


class BotTest(unittest.TestCase):
    def test_create(self):
        lc = api(create_bot_agent={"bot_agent_id": "b1"})
        self.assertEqual(bots.create_bot(lc, "Returns"), "b1")
        url, body = lc.session.sent[0]
        self.assertEqual(url, "https://api.livechatinc.com/v3.1/configuration/action/create_bot_agent")
        self.assertEqual(body, {"name": "Returns", "status": "accepting chats"})

    def test_list(self):
        lc = api(get_bot_agents={"bot_agents": []})
        self.assertEqual(bots.list_bots(lc), [])


class PropertyTest(unittest.TestCase):
    def test_install_twice(self):
        lc = api(get_property_configs={"ns": {"return_number": {}}})
        self.assertFalse(properties.install(lc))


class WebhookTest(unittest.TestCase):
    def test_register(self):
        lc = api(get_webhooks_config=[{"action": "thread_closed", "url": "u"}])
        added = webhooks.register(lc, Config.WEBHOOKS_FILE, "u", "s")
        self.assertEqual(added, ["incoming_chat_thread", "chat_thread_untagged", "agent_status_changed"])
