"""A `status` that cannot be removed, or that is none of this API's."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import migrated, noop, told, transformed

URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"

MANUAL = [
    pytest.param(
        f'''
        import requests


        def make(names):
            body = {{"name": names[0], "status": "accepting chats"}}  #@ create-bot-status
            requests.post("{URL}/«create_bot_agent→create_bot»", json=body)
            body["name"] = names[1]
            requests.post("{URL}/«create_bot_agent→create_bot»", json=body)
        ''',
        id="a dict that feeds two calls",
    ),
    pytest.param(
        f'''
        import requests


        def make(name):
            body = {{"name": name, "status": "accepting chats"}}  #@ create-bot-status
            requests.post("https://shop.example.com/bots", json=body)
            return requests.post("{URL}/«create_bot_agent→create_bot»", json=body)
        ''',
        id="a dict that also goes elsewhere",
    ),
    pytest.param(
        f'''
        import requests


        def make(name, log):
            body = {{"name": name, "status": "accepting chats"}}  #@ create-bot-status
            answer = requests.post("{URL}/«create_bot_agent→create_bot»", json=body)
            log.info("made %s", body["status"])
            return answer
        ''',
        id="a dict whose status is read again",
    ),
    pytest.param(
        f'''
        import requests

        DEFAULTS = {{"status": "accepting chats", "groups": []}}  #@ create-bot-status


        def make(name):
            return requests.post("{URL}/«create_bot_agent→create_bot»", json={{**DEFAULTS, "name": name}})


        def show():
            return DEFAULTS
        ''',
        id="a dict of defaults that is handed out",
    ),
    pytest.param(
        f'''
        import requests


        def make(name, pick):
            return requests.post(
                "{URL}/«create_bot_agent→create_bot»",
                json={{
                    "name": name,
                    "status": pick(name),  #@ create-bot-status
                }},
            )
        ''',
        id="a value with an effect",
    ),
    pytest.param(
        f'''
        import requests


        def make(body):
            requests.post("{URL}/«create_bot_agent→create_bot»", json=body)  #@ create-bot-status
        ''',
        id="a body that cannot be seen",  # judgement: never silence
    ),
    pytest.param(
        f'''
        import requests


        def make(name, **options):
            return requests.post(
                "{URL}/«create_bot_agent→create_bot»",
                json={{"name": name, **options}},  #@ create-bot-status
            )
        ''',
        id="a spread that cannot be seen",
    ),
    pytest.param(
        f'''
        import requests


        def make(name, key):
            return requests.post(
                "{URL}/«create_bot_agent→create_bot»",
                json={{"name": name, key: "accepting chats"}},  #@ create-bot-status
            )
        ''',
        id="a key that cannot be seen",  # judgement: never silence
    ),
]


@pytest.mark.parametrize("source", MANUAL)
def test_a_status_that_cannot_be_removed_evidently_is_for_a_person(source):
    transformed(source)


STAYS = [
    pytest.param(
        f'''
        import requests


        def awake():
            answer = requests.post("{URL}/«get_bot_agents→list_bots»", json={{"all": True}}).json()
            return [bot["id"] for bot in answer["bot_agents"] if bot["status"] == "accepting chats"]


        def status_of(bot):
            url = "{URL}/«get_bot_agent_details→get_bot»"
            return requests.post(url, json={{"bot_agent_id": bot}}).json()["bot_agent"]["status"]
        ''',
        id="read from a response",
    ),
    pytest.param(
        f'''
        import requests


        def make(name):
            answer = requests.post("{URL}/«create_bot_agent→create_bot»", json={{"name": name}})
            return {{"status": answer.status_code, "bot": answer.json()["bot_agent_id"]}}
        ''',
        id="of the user's own answer",
    ),
    pytest.param(
        f'''
        import requests


        def make(name):
            body = {{"name": name, "webhooks": {{"url": "u", "secret_key": "s", "actions": []}}, "meta": {{"status": 1}}}}
            return requests.post("{URL}/«create_bot_agent→create_bot»", json=body, params={{"status": "x"}}, headers={{"status": "y"}})
        ''',
        id="deeper in the body, in the query and in the headers",
    ),
    pytest.param(
        f'''
        import requests


        def register():
            body = {{"status": {{"type": "string", "locations": {{"chat": {{"access": {{"agent": {{"read": True, "write": True}}}}}}}}}}}}
            return requests.post("{URL}/«create_properties→register_properties»", json=body)
        ''',
        id="as the name of a property",
    ),
    pytest.param(
        f'''
        import requests


        def wake(bot):
            requests.post("{URL}/«update_bot_agent→update_bot»", json={{"id": bot, "name": "Bot"}})
            requests.post(
                "https://api.livechatinc.com/v3.2/agent/action/set_routing_status",
                json={{"agent_id": bot, "status": "accepting_chats"}},
            )
        ''',
        id="of the call that replaces it",
    ),
]


@pytest.mark.parametrize("source", STAYS)
def test_another_status_stays(source):
    transformed(source)


def test_a_status_sent_elsewhere_is_left_alone():
    noop(
        """
        import requests


        def create_bot_agent(name):
            return requests.post("https://bots.example.com/create_bot_agent", json={"name": name, "status": "offline"})
        """
    )


def test_a_status_that_is_set_under_a_condition_is_never_lost_silently():
    source = told(
        """
        import requests


        def make(name, online):
            body = {"name": name}
            if online:
                body["status"] = "accepting chats"
            return requests.post("https://api.livechatinc.com/v3.1/configuration/action/create_bot_agent", json=body)
        """
    ).before
    result = migrated(source)
    findings = [finding for finding in result.findings if finding.rule == "create-bot-status"]
    assert findings
    gone = b'body["status"]' not in result.after
    # judgement: removed (with a body left for the `if`) or for a person, and never half of it
    assert gone == (b"TODO(migrator create-bot-status)" in result.after)
    assert gone == any(finding in result.applied for finding in findings)
