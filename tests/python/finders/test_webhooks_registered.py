"""A webhook's name in the body of a request that registers it."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import transformed

BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

BODIES = [
    pytest.param(
        f'''
        import requests


        def register(token, url, secret):
            requests.post(
                "{BASE}/register_webhook",
                json={{
                    "action": "«incoming_chat_thread→incoming_chat»",
                    "url": url,
                    "secret_key": secret,
                    "description": "thread_closed is next",
                }},
                headers={{"Authorization": f"Bearer {{token}}"}},
            ).raise_for_status()
        ''',
        id="given inline",
    ),
    pytest.param(
        f'''
        import json

        import requests

        URL = "{BASE}/register_webhook"


        def register(url, secret):
            body = {{"url": url, "secret_key": secret}}
            body["action"] = "«thread_closed→chat_deactivated»"
            requests.post(URL, data=json.dumps(body))
        ''',
        id="built up in a variable and dumped",
    ),
    pytest.param(
        f'''
        import requests


        def call(method, **body):
            return requests.post(f"{BASE}/{{method}}", json=body)


        def register(url):
            for name in ("«incoming_chat_thread→incoming_chat»", "incoming_event", "«thread_closed→chat_deactivated»"):
                call("register_webhook", action=name, url=url, secret_key="s")
        ''',
        id="a tuple that is looped over, through a wrapper",
    ),
    pytest.param(
        f'''
        import requests

        WEBHOOKS = [
            "«incoming_chat_thread→incoming_chat»",
            "«chat_thread_tagged→thread_tagged»",
            "incoming_event",
        ]


        def register(name, url):
            return requests.post("{BASE}/register_webhook", json={{"action": name, "url": url, "secret_key": "s"}})


        def main(url):
            for name in WEBHOOKS:
                register(name, url)
        ''',
        id="a list that is looped over, through a function of the user",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        client = ConfigurationApi("token")
        client.register_webhook(action="«thread_closed→chat_deactivated»", url="https://bot.example.com/hook", secret_key="s")
        client.register_webhook(payload={"action": "«access_revoked→chat_access_revoked»", "url": "u", "secret_key": "s"})
        """,
        id="given to a known client",
    ),
    pytest.param(
        f'''
        import requests


        def create(name, url, secret):
            return requests.post(
                "{BASE}/«create_bot_agent→create_bot»",
                json={{
                    "name": name,
                    "webhooks": {{
                        "url": url,
                        "secret_key": secret,
                        "actions": [
                            {{"name": "«incoming_chat_thread→incoming_chat»", "additional_data": ["chat_properties"]}},
                            {{"name": "incoming_event", "filters": {{"author_type": "customer"}}}},
                            {{"name": "«thread_closed→chat_deactivated»"}},
                        ],
                    }},
                }},
            )
        ''',
        id="a bot's webhooks given inline",
    ),
    pytest.param(
        f'''
        import requests

        ACTIONS = ["«incoming_chat_thread→incoming_chat»", "incoming_event"]


        def update(bot, url):
            webhooks = {{"url": url, "secret_key": "s", "actions": [{{"name": name}} for name in ACTIONS]}}
            body = {{"id": bot, "name": "access_granted"}}
            body["webhooks"] = webhooks
            requests.post("{BASE}/«update_bot_agent→update_bot»", json=body)
        ''',
        id="a bot's webhooks built from a list",
    ),
    pytest.param(
        f'''
        import requests


        def has_closed(session: requests.Session):
            hooks = session.post("{BASE}/«get_webhooks_config→list_registered_webhooks»", json={{}}).json()
            return any(hook["action"] == "«thread_closed→chat_deactivated»" for hook in hooks)
        ''',
        id="compared with what is registered",
    ),
    pytest.param(
        f'''
        import requests


        def listens(bot):
            answer = requests.post("{BASE}/«get_bot_agent_details→get_bot»", json={{"bot_agent_id": bot}}).json()
            names = [action["name"] for action in answer["bot_agent"]["webhooks"]["actions"]]
            return "«incoming_chat_thread→incoming_chat»" in names
        ''',
        id="compared with what a bot listens to",
    ),
    pytest.param(
        f'''
        import requests

        DEFAULTS = {{"url": "https://bot.example.com/hook", "secret_key": "s"}}


        def register():
            requests.post("{BASE}/register_webhook", json={{**DEFAULTS, "action": "«thread_closed→chat_deactivated»"}})
            requests.post("{BASE}/register_webhook", json=dict(DEFAULTS, action="«access_set→chat_access_set»"))
            requests.post("{BASE}/register_webhook", json=DEFAULTS | {{"action": "«access_granted→chat_access_granted»"}})
        ''',
        id="merged from defaults",
    ),
]


@pytest.mark.parametrize("source", BODIES)
def test_a_webhook_is_renamed_where_it_is_registered(source):
    transformed(source)
