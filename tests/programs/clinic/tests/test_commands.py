import io

import pytest
from django.core.management import CommandError, call_command


def run(name, **options):
    out = io.StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue().splitlines()


def test_missing_bots_are_created(livechat):
    livechat.answers = {
        "get_bot_agents": {"bot_agents": [{"id": "b1", "name": "Reception"}, {"id": "b2", "name": "Old"}]},
        "get_bot_agent_details": {"bot_agent": {"id": "b1", "max_chats_count": 5}},
        "create_bot_agent": {"bot_agent_id": "b3"},
    }
    assert run("sync_bots") == ["corrected Reception", "created After hours as b3", "removed Old"]
    assert [method for method, _ in livechat.calls] == [
        "get_bot_agents",
        "get_bot_agent_details",
        "update_bot_agent",
        "create_bot_agent",
        "remove_bot_agent",
    ]


def test_properties(livechat):
    livechat.answers = {"get_property_configs": {"ns": {"other": {}}}}
    with pytest.raises(CommandError):
        run("check_properties")
    assert run("check_properties", fix=True) == ["registered insurance"]
    assert livechat.calls[-1][0] == "create_properties"


def test_webhooks_are_registered_for_all_entries(livechat):
    livechat.answers = {"get_webhooks_config": []}
    assert len(run("register_webhooks")) == 3
    assert {body["action"] for method, body in livechat.calls if method == "register_webhook"} == {
        "incoming_chat_thread",
        "thread_closed",
        "chat_thread_tagged",
    }
