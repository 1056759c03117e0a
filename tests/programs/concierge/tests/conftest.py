import json

import httpx
import pytest

from concierge.client import LiveChatClient
from concierge.config import Settings

#: What LiveChat answers, by the method that is called.
ANSWERS = {
    "get_bot_agents": {"bot_agents": [{"id": "b0", "name": "Someone else", "status": "offline"}]},
    "create_bot_agent": {"bot_agent_id": "b1"},
    "get_bot_agent_details": {"bot_agent": {"id": "b1", "name": "Night porter", "status": "offline"}},
    "create_properties": None,
    "get_property_configs": {"f23a": {"room": {}, "status": {}}},
    "get_webhooks_config": [],
    "register_webhook": {"webhook_id": "w1"},
}


@pytest.fixture
def settings():
    return Settings(_env_file=None, livechat_token="dal:test", hook_secret="hush")


@pytest.fixture
def calls():
    return []


@pytest.fixture
def client(settings, calls):
    def answer(request: httpx.Request) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]
        calls.append((method, json.loads(request.content)))
        answer = ANSWERS[method]
        return httpx.Response(200) if answer is None else httpx.Response(200, json=answer)

    with LiveChatClient(settings, transport=httpx.MockTransport(answer)) as client:
        yield client
