"""The closing list of a run: what is left to do before the program is deployed."""

import json

import pytest
from click.testing import CliRunner

from migrator.cli import main

SETTINGS = 'import os\nBASE = os.environ.get("LIVECHAT_URL", "https://api.livechatinc.com/v3.1")\n'
CLIENT = """import requests
from settings import BASE

def create():
    body = {"name": "x", "status": "accepting chats"}
    return requests.post(f"{BASE}/configuration/action/create_bot_agent", json=body)
"""


@pytest.fixture
def bot(tmp_path, monkeypatch):
    """A client whose URL may be set by the environment, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "settings.py").write_text(SETTINGS)
    (tmp_path / "client.py").write_text(CLIENT)
    return tmp_path


def run_command(*arguments):
    return CliRunner().invoke(main, [*arguments, "."])


def read_tasks(command="audit"):
    return json.loads(run_command(command, "--format", "json").stdout)["before_deploy"]


def variables():
    return [task for task in read_tasks() if task["kind"] == "environment"]


@pytest.mark.usefixtures("bot")
def test_a_variable_that_no_file_sets_is_named_first_with_its_value_and_line():
    task = read_tasks()[0]
    assert task["kind"] == "environment"
    assert "LIVECHAT_URL" in task["action"]
    assert "https://api.livechatinc.com/v3.2 " in task["action"]
    assert task["places"] == [{"path": "settings.py", "line": 2}]


def test_a_variable_that_a_file_sets_to_the_new_version_is_not_named(bot):
    (bot / ".env").write_text("LIVECHAT_URL=https://api.livechatinc.com/v3.2\n")
    assert variables() == []


def test_an_example_sets_no_variable(bot):
    (bot / ".env.example").write_text("LIVECHAT_URL=https://api.livechatinc.com/v3.2\n")
    assert len(variables()) == 1


def test_a_default_of_another_name_and_a_field_of_settings_are_defaults_too(bot):
    (bot / "settings.py").write_text(
        'import os\nDEFAULT = "https://api.livechatinc.com/v3.1"\nBASE = os.getenv("LIVECHAT_URL") or DEFAULT\n'
    )
    assert "LIVECHAT_URL" in variables()[0]["action"]
    (bot / "settings.py").write_text(
        "from pydantic_settings import BaseSettings\n\nclass Settings(BaseSettings):\n"
        '    livechat_url: str = "https://api.livechatinc.com/v3.1"\n\nBASE = Settings().livechat_url\n'
    )
    assert "LIVECHAT_URL" in variables()[0]["action"]


def test_a_default_that_is_not_the_api_names_no_variable(bot):
    (bot / "settings.py").write_text(
        'import os\nCACHE = os.getenv("CACHE", "redis://x")\nBASE = "https://api.livechatinc.com/v3.1"\n'
    )
    assert variables() == []


@pytest.mark.usefixtures("bot")
def test_the_followup_of_an_edit_is_open_until_someone_has_seen_to_it():
    follow_ups = [task for task in read_tasks("codemod") if task["kind"] == "follow_up"]
    assert [task["rule"] for task in follow_ups] == ["create-bot-status"]
    assert follow_ups[0]["until"] == "nothing does what `status` did"


def test_alike_manual_findings_are_one_task_with_all_their_lines(bot):
    (bot / "calls.js").write_text('fetch("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents")\n' * 7)
    tasks = [t for t in read_tasks() if t["kind"] == "manual" and t["until"].startswith("3.2 has no method")]
    assert [place["line"] for place in tasks[0]["places"]] == [1, 2, 3, 4, 5, 6, 7]
    assert ", and 2 alike" in run_command("audit").stdout


def test_every_finding_that_is_not_edited_is_in_the_list(bot):
    (bot / "calls.js").write_text('fetch("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents")\n')
    report = json.loads(run_command("audit", "--format", "json").stdout)
    left = {(f["path"], f["line"]) for f in report["findings"] if f["applicability"] != "safe"}
    listed = {(p["path"], p["line"]) for t in report["before_deploy"] for p in t["places"]}
    assert left <= listed


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_each_report_for_people_has_the_list(form):
    shown = run_command("audit", "--format", form).stdout
    assert "Before you deploy" in shown
    assert "LIVECHAT" in shown


def test_nothing_open_leaves_no_list(bot):
    (bot / "settings.py").write_text("")
    (bot / "client.py").write_text("import requests\n")
    assert read_tasks() == []
    assert "Before you deploy" not in run_command("audit").stdout


@pytest.mark.usefixtures("bot")
def test_a_check_fails_while_something_is_open():
    assert variables()
    assert run_command("codemod", "--check").exit_code == 1
