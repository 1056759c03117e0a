"""A URL that is not, or not evidently, a call of a known version of this API."""

import pytest

from verbs import manual, noop, transformed, unsafe_only

UNVERSIONED = [
    pytest.param("https://api.livechatinc.com/configuration/action/get_bot_agents", id="unversioned"),
    pytest.param("https://api.livechatinc.com/v3.1/configuration/agents/get_bot_agents", id="the old agents path"),
    pytest.param("https://api.livechatinc.com/configuration/agents/create_bot_agent", id="unversioned agents path"),
    pytest.param(
        "https://api.livechatinc.com/v3.1/configuration/webhooks/get_webhooks_config", id="the old webhooks path"
    ),
    pytest.param(
        "https://api.livechatinc.com/v3.1/configuration/properties/create_properties", id="the old properties path"
    ),
    pytest.param(
        "https://api.livechatinc.com/configuration/webhooks/get_webhooks_config", id="unversioned webhooks path"
    ),
]


@pytest.mark.parametrize("url", UNVERSIONED)
def test_an_unversioned_or_old_path_is_for_a_person(url):
    manual(
        f'''
        import requests


        def call(token, body):
            url = "{url}"  #@
            return requests.post(url, json=body, headers={{"Authorization": f"Bearer {{token}}"}})
        '''
    )


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://api.livechatinc.com/v3.3/configuration/action/get_bot_agents", id="another version"),
        pytest.param(
            "https://api.livechatinc.com/v3.10/configuration/action/get_bot", id="a version that begins alike"
        ),
        pytest.param("https://api.livechatinc.com/v3.1/agent/action/get_bot_agents", id="another component"),
        pytest.param(
            "https://api.livechatinc.com.evil.test/v3.1/configuration/action/get_bot_agents", id="a longer host"
        ),
        pytest.param("https://mylivechatinc.com/v3.1/configuration/action/get_bot_agents", id="a host that ends alike"),
        pytest.param("https://api.example.com/v3.1/configuration/action/get_bot_agents", id="a foreign host"),
    ],
)
def test_a_url_of_something_else_is_not_edited(url):
    noop(
        f'''
        import requests


        def call(token, body):
            return requests.post("{url}", json=body, headers={{"Authorization": token}})
        ''',
        reported=True,
    )


def test_a_longer_name_in_a_url_raises_the_version_only():
    transformed(
        """
        import requests

        URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/get_property_configs_for_type"
        OTHER = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/my_get_bot_agents"
        """
    )


def test_a_path_behind_an_unknown_host_is_unsafe_when_the_module_speaks_of_the_service():
    unsafe_only(
        '''
        """Bots of our LiveChat account."""

        import os

        import requests


        def bots(token):
            url = os.environ["CHAT_HOST"] + "/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"
            return requests.post(url, json={}, headers={"Authorization": token})
        '''
    )


def test_a_path_behind_an_unknown_host_is_left_alone_without_any_other_evidence():
    noop(
        """
        import os

        import requests


        def bots(token):
            url = os.environ["CHAT_HOST"] + "/v3.1/configuration/action/get_bot_agents"
            return requests.post(url, json={}, headers={"Authorization": token})
        """,
        reported=True,  # judgement: the path is telling enough to be mentioned
    )
