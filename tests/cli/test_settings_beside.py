"""A file of settings beside or above the code holds back what it overrides, whatever is named on the command line."""

import pytest

from migrator.cli.exit_codes import Exit
from planted import plant

OLD = "https://api.livechatinc.com/v3.1/configuration/action"
APP = f"""\
import os
import requests
BASE = os.environ.get("LIVECHAT_URL", "{OLD}")
requests.post(f"{{BASE}}/get_bot_agents", json={{}})
"""


@pytest.mark.parametrize("path", [".", "app", "app/bots.py"])
def test_a_setting_above_the_code_is_named_and_nothing_is_written(here, run, path):
    plant(here, {"pyproject.toml": "", "app/bots.py": APP, ".env": f"A=1\nLIVECHAT_URL={OLD}\n"})
    result = run("codemod", "--write", path)
    assert ".env:2 sets LIVECHAT_URL" in result.stdout
    assert (here / "app/bots.py").read_text() == APP


def test_a_setting_of_another_project_is_not_read(here, run):
    plant(here, {"one/pyproject.toml": "", "one/bots.py": APP, ".env": f"LIVECHAT_URL={OLD}\n"})
    result = run("codemod", "--write", "one")
    assert result.exit_code == Exit.CLEAN
    assert "/v3.2/" in (here / "one/bots.py").read_text()
