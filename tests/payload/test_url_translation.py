"""URLs of the API are carried over; all others, and every other part of them, stay as they are."""

from __future__ import annotations

import pytest

from migrator import Translator

BASE = "https://api.livechatinc.com"


@pytest.fixture(scope="module")
def up():
    return Translator("3.1", "3.2", hosts=["127.0.0.1", "*.proxy.example"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{BASE}/v3.1/configuration/action/get_bot_agents", f"{BASE}/v3.2/configuration/action/list_bots"),
        (f"{BASE}/v3.1/configuration/action/register_webhook", f"{BASE}/v3.2/configuration/action/register_webhook"),
        (
            f"{BASE}/v3.1/configuration/action/create_bot_agent?license_id=1&x=%2Fv3.1#v3.1",
            f"{BASE}/v3.2/configuration/action/create_bot?license_id=1&x=%2Fv3.1#v3.1",
        ),
        (f"{BASE}/v3.1/configuration/action/get_bot_agents/", f"{BASE}/v3.2/configuration/action/list_bots/"),
        (
            "HTTPS://user:word@API.LiveChatInc.com:443/v3.1/configuration/action/get_bot_agents",
            "HTTPS://user:word@API.LiveChatInc.com:443/v3.2/configuration/action/list_bots",
        ),
        ("/v3.1/configuration/action/get_bot_agents", "/v3.2/configuration/action/list_bots"),
        ("//api.livechatinc.com/v3.1/configuration/action/x1", "//api.livechatinc.com/v3.2/configuration/action/x1"),
        (
            "http://127.0.0.1:8080/v3.1/configuration/action/get_bot_agents",
            "http://127.0.0.1:8080/v3.2/configuration/action/list_bots",
        ),
        (
            "https://a.Proxy.example/v3.1/configuration/action/get_bot_agents",
            "https://a.Proxy.example/v3.2/configuration/action/list_bots",
        ),
        (f"{BASE}/v3.1/configuration/agents/get_bot_agents", f"{BASE}/v3.2/configuration/action/list_bots"),
    ],
)
def test_a_url_of_the_api_is_carried_over(up, old, new):
    translation = up.url(old)
    assert translation.document == new
    assert translation.method == new.partition("?")[0].rstrip("/").rpartition("/")[2]
    assert translation.applied[-1] == "version-3.2"


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}/v3.1/agent/action/set_routing_status",
        f"{BASE}/v3.2/configuration/action/list_bots",
        f"{BASE}/v3.0/configuration/action/get_bot_agents",
        f"{BASE}/v3.10/configuration/action/get_bot_agents",
        f"{BASE}/configuration/action/get_bot_agents",
        f"{BASE}/x/v3.1/configuration/action/get_bot_agents",
        f"{BASE}/v3.1/configuration/action/get_bot_agents/more",
        f"{BASE}/v3.1/configuration/action/",
        "https://example.com/v3.1/configuration/action/get_bot_agents",
        "https://example.com/?to=https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents",
        "https://api.livechatinc.com.example.com/v3.1/configuration/action/get_bot_agents",
        "https://api.livechatinc.com@example.com/v3.1/configuration/action/get_bot_agents",
        "https://vendor.example/restapi/v3.1/configuration-checkpoints/",
        "http://[",
        "https://[::1]/v3.1/configuration/action/get_bot_agents",
        "",
        "get_bot_agents",
    ],
)
def test_any_other_url_comes_back_as_it_is(up, url):
    translation = up.url(url)
    assert translation.document == url
    assert (translation.method, translation.applied, translation.losses) == (None, (), ())


def test_a_url_says_which_method_it_calls_in_which_version(up):
    call = up.call(f"{BASE}/v3.2/configuration/action/list_bots?x=1")
    assert (call.version, call.method) == ("3.2", "list_bots")
    assert up.call(f"{BASE}/v3.2/agent/action/set_routing_status") is None


def test_the_way_back_knows_the_same_hosts(up):
    url = "http://127.0.0.1:8080/v3.1/configuration/action/get_bot_agents"
    assert up.back().url(up.url(url).document).document == url


def test_a_chain_takes_every_step_of_a_url():
    old = f"{BASE}/v3.0/configuration/webhooks/get_webhooks_config"
    there = Translator("3.0", "3.2").url(old)
    assert there.document == f"{BASE}/v3.2/configuration/action/list_registered_webhooks"
    assert there.applied == ("method-get-webhooks-config", "version-3.1", "version-3.2")


def test_an_unknown_method_stays_as_it_is(up):
    translation = up.method("unheard_of")
    assert (translation.document, translation.method, translation.applied) == ("unheard_of", "unheard_of", ())
