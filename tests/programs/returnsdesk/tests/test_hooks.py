import unittest
from unittest import mock

from returnsdesk.app import create_app
from returnsdesk.config import TestConfig


class HookTest(unittest.TestCase):
    def setUp(self):
        self.client = create_app(TestConfig).test_client()

    def post(self, action, **payload):
        hook = {"webhook_id": "w", "secret_key": "test", "action": action, "payload": payload}
        return self.client.post("/livechat", json=hook).status_code

    def test_a_chat(self):
        with mock.patch("returnsdesk.tasks.greet") as greet:
            self.assertEqual(self.post("incoming_chat_thread", chat={"id": "C1"}), 200)
        greet.delay.assert_called_once_with("C1")
        self.assertEqual(self.client.get("/board").json["open"], ["C1"])
        self.post("thread_closed", chat_id="C1", thread_id="T1")
        self.assertEqual(self.client.get("/board").json["open"], [])

    def test_agents(self):
        self.post("agent_status_changed", agent_id="a@shop.example", status="offline")
        self.assertEqual(self.client.get("/board").json["agents"], {"a@shop.example": "offline"})

    def test_withdrawn(self):
        self.post("chat_thread_untagged", chat_id="C1", thread_id="T1", tag="return")
        self.assertEqual(self.client.get("/board").json["withdrawn"], ["C1"])

    def test_a_stranger(self):
        hook = {"webhook_id": "w", "secret_key": "guess", "action": "thread_closed", "payload": {}}
        self.assertEqual(self.client.post("/livechat", json=hook).status_code, 401)
