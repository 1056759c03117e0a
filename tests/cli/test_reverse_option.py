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


@pytest.mark.parametrize(
    ("option", "before", "after"),
    [
        pytest.param(
            "--reverse",
            NEW,
            NEW.replace("v3.2", "v3.1").replace("list_bots", "get_bot_agents"),
            id="takes the steps down",
        ),
        pytest.param(
            "--rename-wrappers",
            OWN,
            OWN.replace("v3.1", "v3.2").replace("get_bot_agents", "list_bots"),
            id="renames the user's own function",
        ),
    ],
)
def test_an_option_of_the_codemod(tmp_path: Path, option, before, after):
    file = tmp_path / "bots.py"
    file.write_text(before)
    told = CliRunner().invoke(main, ["codemod", "--from", "3.1", option, "--write", str(file)])
    assert told.exit_code == 0, told.output
    assert file.read_text() == after


@pytest.mark.parametrize("versions", [("--from", "3.2", "--to", "3.1"), ("--from", "3.1", "--to", "3.2")])
def test_reverse_takes_the_versions_in_either_order_and_advises_on_the_way_back(tmp_path: Path, versions):
    file = tmp_path / "bots.py"
    file.write_text(NEW)
    told = CliRunner().invoke(main, ["audit", "--reverse", *versions, str(file)])
    assert "method `list_bots` was renamed to `get_bot_agents` in 3.1" in told.stdout
    assert "Use `get_bot_agents` again." in told.stdout
    assert "Call `list_bots`" not in told.stdout
