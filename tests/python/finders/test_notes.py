"""What only a person can judge: behaviour, scopes, and what an earlier migration left to do."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, migrated, noop, transformed

BASE = "https://api.livechatinc.com/v3.2/configuration/action"

CREATIONS = [
    pytest.param(
        """
        import requests


        def make(name):
            url = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«create_bot_agent→create_bot»"  #@ bot-starts-offline
            return requests.post(url, json={"name": name})
        """,
        id="in a URL",
    ),
    pytest.param(
        """
        from livechat.configuration import ConfigurationApi

        client = ConfigurationApi("token")
        client.«create_bot_agent→create_bot»(name="Bot")  #@ bot-starts-offline
        """,
        id="on a client",
    ),
    pytest.param(
        """
        import requests


        def call(method, **body):
            return requests.post(f"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/{method}", json=body)


        call("«create_bot_agent→create_bot»", name="Bot")  #@ bot-starts-offline
        """,
        id="through a wrapper",
    ),
]


@pytest.mark.parametrize("source", CREATIONS)
def test_a_bot_that_is_created_is_shown_to_start_offline(source):
    transformed(source)


def test_a_bot_that_is_created_with_the_new_name_is_shown_to_start_offline():
    manual(
        f'import requests\n\nrequests.post("{BASE}/create_bot", json={{"name": "Bot"}})  #@\n',
        rule="bot-starts-offline",
    )


ANSWERED = [
    pytest.param(
        """
        import requests


        def make(name):
            answer = requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«create_bot_agent→create_bot»", json={"name": name})
            requests.post(
                "https://api.livechatinc.com/v3.2/agent/action/set_routing_status",
                json={"agent_id": answer.json()["bot_agent_id"], "status": "accepting_chats"},
            )
        """,
        id="by its URL",
    ),
    pytest.param(
        """
        from livechat.agent import AgentApi
        from livechat.configuration import ConfigurationApi


        def make(client: ConfigurationApi, agent: AgentApi, name):
            bot = client.«create_bot_agent→create_bot»(name=name).json()["bot_agent_id"]
            agent.set_routing_status(agent_id=bot, status="accepting_chats")
        """,
        id="on a client",
    ),
]


@pytest.mark.parametrize("source", ANSWERED)
def test_nothing_is_said_of_the_start_where_the_routing_status_is_set(source):
    result = transformed(source)
    assert "bot-starts-offline" not in {finding.rule for finding in result.findings}


def test_a_bot_of_another_service_is_not_shown():
    noop('from swarm import Bots\n\nBots().create_bot(name="Bot")\nBots().create_bot_agent(name="Bot")\n')


def test_a_scope_is_shown_in_a_module_that_speaks_to_the_api():
    manual(
        f'''
        import requests

        SCOPES = "agents-bot--my:rw,agents-bot--all:rw"  #@


        def update(bot, token):
            return requests.post("{BASE}/update_bot", json={{"id": bot}}, headers={{"Authorization": token}})
        ''',
        rule="update-bot-scope",
    )


@pytest.mark.parametrize("scope", ["agents-bot--my:rw", "agents-bot--all:ro"])
def test_another_scope_is_not_shown(scope):
    noop(f'import requests\n\nSCOPES = ["{scope}"]\nrequests.post("{BASE}/update_bot", json={{"id": "x"}})\n')


def test_a_scope_in_a_module_that_knows_nothing_of_the_api_is_not_shown():
    noop('SCOPES = ["agents-bot--all:rw"]\n')


@pytest.mark.parametrize("rule", ["create-bot-status", "update-bot-status"])
def test_what_an_earlier_migration_left_to_do_is_still_shown(rule):
    source = (
        f'import requests\n\nBASE = "{BASE}"\n\n\ndef update(bot):\n'
        f"    # TODO(migrator {rule}): call set_routing_status of the Agent Chat API\n"
        '    requests.post(f"{BASE}/update_bot", json={"id": bot})\n'
    )
    result = migrated(source)
    assert result.after.decode() == source
    assert (rule, 7) in {(finding.rule, finding.line) for finding in result.remaining}


def test_a_removal_is_still_shown_after_it_was_applied():
    before = (
        'from livechat.configuration import ConfigurationApi\n\nclient = ConfigurationApi("token")\n'
        'client.update_bot_agent(id="x", status="offline")\n'
    )
    after = migrated(before).after.decode()
    assert 'client.update_bot(id="x")' in after
    (left,) = [finding for finding in migrated(after).remaining if finding.rule == "update-bot-status"]
    assert left.applicability == "manual"
    assert left.line == 4


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("# TODO(anna): call set_routing_status", id="of someone else"),
        pytest.param("# TODO(migrator): rewrite", id="of no rule"),
        pytest.param("# TODO migrator create-bot-status", id="without brackets"),
        pytest.param("# TODO(migrator no-such-rule): do it", id="of an unknown rule"),
        pytest.param('TEXT = "# TODO(migrator create-bot-status): set_routing_status"', id="in a string"),
    ],
)
def test_a_todo_is_not_shown_that_is(source):
    noop(f"{source}\nx = 1\n")


HELD = [
    pytest.param('{"name": name, "status": "accepting chats"}', id="a status"),
    pytest.param('{"name": name, "status": name.upper()}', id="a status that stays"),
    pytest.param("body", id="a body that may hold one"),
]


@pytest.mark.parametrize("body", HELD)
def test_a_call_that_is_told_of_by_its_status_is_told_of_once(body: str) -> None:
    source = f"""
import requests

URL = "https://api.livechatinc.com/v3.1/configuration/action/create_bot_agent"


def make(name, body):
    return requests.post(URL, json={body})
"""
    result = migrated(source)
    told = [f.rule for f in result.findings if f.rule not in ("method-create-bot-agent", "version-3.2")]
    assert told == ["create-bot-status"]
    if result.applied and b"TODO" in result.after:
        again = [f.rule for f in migrated(result.after).findings]
        assert again == ["create-bot-status"]
