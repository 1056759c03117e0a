"""`--reverse` and `--rename-wrappers` on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from migrator.cli import main

NEW = 'import requests\n\nrequests.post("https://api.livechatinc.com/v3.2/configuration/action/list_bots", json={})\n'
OWN = (
    "import requests\n\n\ndef get_bot_agents():\n"
    '    return requests.post("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents", json={})\n'
    "\n\nget_bot_agents()\n"
)


def test_reverse_takes_the_steps_down(tmp_path: Path):
    file = tmp_path / "bots.py"
    file.write_text(NEW)
    told = CliRunner().invoke(main, ["codemod", "--from", "3.1", "--reverse", "--write", str(file)])
    assert told.exit_code == 0, told.output
    assert file.read_text() == NEW.replace("v3.2", "v3.1").replace("list_bots", "get_bot_agents")


@pytest.mark.parametrize("versions", [("--from", "3.2", "--to", "3.1"), ("--from", "3.1", "--to", "3.2")])
def test_reverse_takes_the_versions_in_either_order_and_advises_on_the_way_back(tmp_path: Path, versions):
    file = tmp_path / "bots.py"
    file.write_text(NEW)
    told = CliRunner().invoke(main, ["audit", "--reverse", *versions, str(file)])
    assert "method `list_bots` was renamed to `get_bot_agents` in 3.1" in told.stdout
    assert "Use `get_bot_agents` again." in told.stdout
    assert "Call `list_bots`" not in told.stdout


def test_rename_wrappers_renames_the_users_own_function(tmp_path: Path):
    file = tmp_path / "bots.py"
    file.write_text(OWN)
    told = CliRunner().invoke(main, ["codemod", "--from", "3.1", "--rename-wrappers", "--write", str(file)])
    assert told.exit_code == 0, told.output
    assert file.read_text() == OWN.replace("v3.1", "v3.2").replace("get_bot_agents", "list_bots")
