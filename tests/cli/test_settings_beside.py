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


@pytest.mark.parametrize(
    "file",
    [
        ".env.production.local",
        "compose.prod.yaml",
        "k8s/configmap.yml",
        ".gitlab-ci.yml",
        ".github/workflows/deploy.yml",
    ],
)
@pytest.mark.parametrize("path", [".", "app/bots.py"])
def test_a_setting_of_a_stage_a_cluster_or_a_pipeline_is_named_and_nothing_is_written(here, run, path, file):
    plant(here, {"pyproject.toml": "", "app/bots.py": APP, file: f"env:\n  LIVECHAT_URL: {OLD}\n"})
    result = run("codemod", "--write", path)
    assert f"{file}:2 sets LIVECHAT_URL" in result.stdout
    assert (here / "app/bots.py").read_text() == APP


def test_a_pipeline_of_a_repository_around_another_project_is_not_read(here, run):
    plant(
        here,
        {"one/pyproject.toml": "", "one/bots.py": APP, ".github/workflows/ci.yml": f"env:\n  LIVECHAT_URL: {OLD}\n"},
    )
    assert run("codemod", "--write", "one").exit_code == Exit.CLEAN
    assert "/v3.2/" in (here / "one/bots.py").read_text()


def test_a_setting_of_another_project_is_not_read(here, run):
    plant(here, {"one/pyproject.toml": "", "one/bots.py": APP, ".env": f"LIVECHAT_URL={OLD}\n"})
    result = run("codemod", "--write", "one")
    assert result.exit_code == Exit.CLEAN
    assert "/v3.2/" in (here / "one/bots.py").read_text()
