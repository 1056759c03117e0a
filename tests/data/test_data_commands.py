"""Commands inside of data, and the names that containers, playbooks and pipelines are given beside a URL."""

from __future__ import annotations

import json

import pytest

from data_seen import BASE, seen

BOT = '{"name": "B", "status": "offline", "webhooks": {"url": "u", "actions": [{"name": "thread_closed"}]}}'
COMMANDS = {
    "a workflow": (
        "ci.yml",
        f"jobs:\n  a:\n    steps:\n      - run: |\n          curl {BASE}/create_bot_agent \\\n            -d '{BOT}'\n",
    ),
    "a pipeline": ("ci.yaml", f"script:\n  - >-\n    curl {BASE}/create_bot_agent\n    -d '{BOT}'\n"),
    "a script of a package": (
        "package.json",
        json.dumps({"scripts": {"bot": f"curl {BASE}/create_bot_agent -d '{BOT}'"}}),
    ),
    "a table of tasks": ("tasks.toml", f"[tasks]\nbot = '''\ncurl {BASE}/create_bot_agent -d '{BOT}'\n'''\n"),
}


@pytest.mark.parametrize("case", COMMANDS.values(), ids=[f"the body is found that {name} sends" for name in COMMANDS])
def test_a_command(case):
    found = {old for old, _ in seen(*case).names}
    assert found == {"create_bot_agent", "status", "thread_closed"}


def test_a_command_is_read_with_the_variables_of_its_file():
    text = f"env:\n  LC: {BASE}\nrun: |\n  curl $LC/create_bot_agent -d '{BOT}'\n"
    assert "status" in dict(seen("ci.yml", text).names)


def test_a_loop_in_a_command_that_calls_the_api_is_read():
    text = f'run: |\n  for a in thread_closed chat_user_added; do\n    curl {BASE}/register_webhook -d "$a"\n  done\n'
    assert ("thread_closed", "chat_deactivated") in seen("ci.yml", text).names


def test_a_command_that_calls_something_else_is_left_alone():
    assert seen("ci.yml", "run: curl https://example.com/get_bot_agents -d thread_closed\n").result.findings == ()


TWICE = {
    "an assignment in a list is judged by its name": (
        "docker-compose.yml",
        f"environment:\n  - LIVECHAT_URL={BASE}\n  - LIVECHAT_HOOKS=thread_closed,other\n  - FORUM=thread_closed\n",
    ),
    "what a task that calls the API is repeated for is found": (
        "main.yml",
        f"- uri:\n    url: {BASE}/register_webhook\n  loop: [thread_closed]\n- forum: {{on: [thread_closed]}}\n",
    ),
    "keys with dots stand together only below the same name": (
        "application.properties",
        f"livechat.url={BASE}\nlivechat.hooks=thread_closed\nforum.hooks=thread_closed\n",
    ),
}


@pytest.mark.parametrize(("path", "text"), TWICE.values(), ids=TWICE)
def test_of_two_names_only_the_one_that_belongs_to_the_api_is_found(path, text):
    assert seen(path, text).states("thread_closed") == ["manual", "name_only"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("main.yml", 'url: "{{ livechat_base }}/get_bot_agents"\n', id="a variable of a playbook"),
        pytest.param("a.json", '{"url": "${LIVECHAT_URL}/get_bot_agents"}', id="a variable of the environment"),
        pytest.param("pod.yaml", "url: $(LIVECHAT_URL)/get_bot_agents\n", id="a variable of a pod"),
    ],
)
def test_a_method_behind_a_variable_that_is_called_like_the_api_is_found(path, text):
    assert seen(path, text).names == [("get_bot_agents", "list_bots")]


def test_a_method_behind_any_other_variable_is_left_alone():
    assert seen("main.yml", 'url: "{{ base }}/get_bot_agents"\n').names == []


def test_a_key_that_a_schema_says_is_required_is_found_with_its_property():
    text = f"""
        openapi: 3.0.0
        servers: [{{url: "{BASE}"}}]
        paths:
          /create_bot_agent:
            post:
              requestBody:
                content:
                  application/json:
                    schema: {{type: object, required: [name, status], properties: {{status: {{type: string}}}}}}
        """
    assert seen("openapi.yaml", text).rules.count("create-bot-status") == 2
