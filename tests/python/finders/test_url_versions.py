"""The version, in URLs and for clients."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, noop, transformed

RAISED = [
    pytest.param(
        """
        import requests

        BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"


        def register(body):
            return requests.post(BASE + "/register_webhook", json=body)
        """,
        id="where no renamed method is called",
    ),
    pytest.param(
        """
        import requests

        HOST = "https://api.livechatinc.com/v«3.1→3.2»"


        def bots():
            return requests.post(HOST + "/configuration/action/«get_bot_agents→list_bots»", json={})


        def unregister(webhook):
            return requests.post(f"{HOST}/configuration/action/unregister_webhook", json={"webhook_id": webhook})
        """,
        id="in a base that serves this API alone",  # judgement: every use is in sight
    ),
    pytest.param(
        """
        import requests

        CONFIGURATION = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"
        AGENT = "https://api.livechatinc.com/v3.1/agent/action"


        def chats():
            return requests.post(AGENT + "/get_chats_summary", json={})


        def bots():
            return requests.post(CONFIGURATION + "/«get_bot_agents→list_bots»", json={})
        """,
        id="beside another API with a base of its own",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        api = ConfigurationApi.get_client("Bearer x", version="«3.1→3.2»")
        api.register_webhook(payload={"url": "https://bot.example.com/hook", "action": "incoming_event", "secret_key": "k"})
        """,
        id="given to a known client by keyword",
    ),
    pytest.param(
        """
        from livechat.configuration.base import ConfigurationApi

        VERSION = '«3.1→3.2»'


        def connect(token):
            return ConfigurationApi.get_client(token=token, version=VERSION, http2=True)
        """,
        id="given to a known client through a constant",
    ),
    pytest.param(
        """
        from livechat.agent import AgentApi
        from livechat.configuration import ConfigurationApi

        chats = AgentApi.get_client("Bearer x", version="3.1")
        bots = ConfigurationApi.get_client("Bearer x", version="«3.1→3.2»")
        """,
        id="given to this API's client and not to another's",
    ),
]


@pytest.mark.parametrize("source", RAISED)
def test_the_version_is_raised(source):
    transformed(source)


SHARED = [
    pytest.param(
        """
        import requests

        BASE = "https://api.livechatinc.com/v3.1"  #@ version-3.2


        def bots(token):
            return requests.post(BASE + "/configuration/action/get_bot_agents", json={}, headers={"Authorization": token})  #@ method-get-bot-agents


        def chats(token):
            return requests.post(BASE + "/agent/action/get_chats_summary", json={}, headers={"Authorization": token})
        """,
        id="by the Agent Chat API",
    ),
    pytest.param(
        """
        import httpx

        http = httpx.Client(base_url="https://api.livechatinc.com/v3.1")  #@ version-3.2


        def bots():
            return http.post("/configuration/action/get_bot_agents", json={}).json()  #@ method-get-bot-agents


        def send(chat, text):
            event = {"type": "message", "text": text}
            return http.post("/customer/action/send_event", json={"chat_id": chat, "event": event}).json()
        """,
        id="by the Customer Chat API, in an httpx client",
    ),
    pytest.param(
        """
        import requests

        VERSION = "3.1"  #@ version-3.2


        def bots():
            url = f"https://api.livechatinc.com/v{VERSION}/configuration/action/get_bot_agents"  #@ method-get-bot-agents
            return requests.post(url, json={})


        def chats():
            return requests.post(f"https://api.livechatinc.com/v{VERSION}/agent/action/get_chats_summary", json={})
        """,
        id="as a constant of the version alone",
    ),
    pytest.param(
        """
        import requests


        class Api:
            ROOT = "https://api.livechatinc.com/v3.1"  #@ version-3.2

            def configuration(self, method, **body):
                return requests.post(f"{self.ROOT}/configuration/action/{method}", json=body)

            def agent(self, method, **body):
                return requests.post(f"{self.ROOT}/agent/action/{method}", json=body)

            def bots(self):
                return self.configuration("get_bot_agents")  #@ method-get-bot-agents

            def chats(self):
                return self.agent("get_chats_summary")
        """,
        id="as a class attribute behind two wrappers",
    ),
]


@pytest.mark.parametrize("source", SHARED)
def test_a_version_that_is_shared_is_manual_and_so_are_the_names_behind_it(source):
    manual(source, rule=("version-3.2", "method-get-bot-agents"))


def test_a_shared_version_is_for_a_person_also_where_no_name_changed():
    manual(
        """
        import requests

        BASE = "https://api.livechatinc.com/v3.1"  #@


        def register(body):
            return requests.post(f"{BASE}/configuration/action/register_webhook", json=body)


        def chats():
            return requests.post(f"{BASE}/agent/action/get_chats_summary", json={})
        """,
        rule="version-3.2",
    )


NOT_RAISED = [
    pytest.param('URL = "https://api.livechatinc.com/v3.1/agent/action/send_event"', id="of the Agent Chat API"),
    pytest.param('URL = "https://api.livechatinc.com/v3.1/customer/action/send_event"', id="of the Customer Chat API"),
    pytest.param('URL = "wss://api.livechatinc.com/v3.1/agent/rtm/ws"', id="of the RTM API"),
    pytest.param('URL = "https://conf.example.com/restapi/v3.1/configuration-checkpoints/"', id="of another vendor"),
    pytest.param(
        'URL = "https://ucs.example.com/api/v3.1/configuration/action/get_devices"', id="of a vendor with the same path"
    ),
    pytest.param('VERSION = "3.1"\nprint(f"my tool {VERSION}")', id="of the user's own program"),
    pytest.param('import client\n\napi = client.connect(version="3.1")', id="of an unknown client"),
    pytest.param(
        'URL = "https://developers.livechat.com/docs/v3.1/configuration-api/"', id="of a page of documentation"
    ),
]


@pytest.mark.parametrize("source", NOT_RAISED)
def test_a_version_of_something_else_stays(source):
    noop(f"{source}\n")


def test_a_version_in_a_url_of_3_0_goes_up_through_the_chain():
    transformed(
        """
        import requests


        def bots():
            return requests.post("https://api.livechatinc.com/v«3.0→3.2»/configuration/action/«get_bot_agents→list_bots»", json={})
        """,
        source="3.0",
    )


def test_a_version_in_a_url_of_3_0_goes_up_one_step_when_asked():
    transformed(
        """
        import requests


        def bots():
            return requests.post("https://api.livechatinc.com/v«3.0→3.1»/configuration/action/get_bot_agents", json={})
        """,
        source="3.0",
        target="3.1",
    )


def test_a_body_that_is_sent_to_a_later_version_is_not_the_business_of_these_steps():
    noop(
        """
        import requests


        def create(session, url="https://api.livechatinc.com/v3.5/configuration/action/create_agent", **body):
            return session.post(url, json=dict(body))
        """
    )
