"""A file of settings beside or above the code is edited together with it, or holds back what it overrides."""

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


@pytest.mark.parametrize("arguments", [("app",), ("app/bots.py",), (".", "--python-only")])
def test_a_setting_that_is_not_edited_is_named_and_nothing_is_written(here, run, arguments):
    files = {"pyproject.toml": "", "app/bots.py": APP, ".env": f"A=1\nLIVECHAT_URL={OLD}\n"}
    plant(here, files)
    result = run("codemod", "--write", *arguments)
    assert ".env:2 sets LIVECHAT_URL" in result.stdout
    assert {path: (here / path).read_text() for path in files} == files


def test_a_setting_that_git_ignores_is_named_and_nothing_is_written(here, run):
    plant(here, {"pyproject.toml": "", "bots.py": APP, ".env": f"LIVECHAT_URL={OLD}\n", ".gitignore": ".env\n"})
    assert ".env:1 sets LIVECHAT_URL" in run("codemod", "--write", ".").stdout
    assert (here / "bots.py").read_text() == APP


def test_a_setting_in_the_project_of_settings_is_left_to_be_edited_by_hand(here, run):
    settings = "[tool.migrator]\npython-only = true\n"
    plant(here, {"pyproject.toml": settings, "bots.py": APP, ".env": f"LIVECHAT_URL={OLD}\n"})
    result = run("codemod", "--write", ".")
    assert (here / ".env").read_text() == f"LIVECHAT_URL={OLD}\n"
    assert ".env:1, bots.py:3 (version-3.2)" in result.stdout.partition("Before you deploy")[2]


def test_a_setting_alone_is_not_edited_without_the_code_that_reads_it(here, run):
    files = {"pyproject.toml": "", "app/bots.py": APP, ".env": f"LIVECHAT_URL={OLD}\n"}
    plant(here, files)
    assert "it belongs to an edit of app/bots.py" in run("codemod", "--write", ".env").stdout
    assert {path: (here / path).read_text() for path in files} == files


def test_the_audit_and_explain_say_of_one_file_what_they_say_of_the_project(here, run):
    plant(here, {"pyproject.toml": "", "app/bots.py": APP, ".env": f"LIVECHAT_URL={OLD}\n"})
    for path in (".", ".env", "app/bots.py"):
        assert "0 automatic" not in run("audit", path).stdout
    assert "[safe]" in run("explain", ".env:1").stdout
    assert "[safe]" in run("explain", "app/bots.py:3").stdout


FILES = [
    ".env",
    ".env.production.local",
    "compose.prod.yaml",
    "k8s/configmap.yml",
    ".gitlab-ci.yml",
    ".github/workflows/deploy.yml",
]


@pytest.mark.parametrize("file", FILES)
def test_a_setting_of_a_stage_a_cluster_or_a_pipeline_is_edited_together_with_the_code(here, run, file):
    text = f"LIVECHAT_URL={OLD}\n" if ".env" in file else f"env:\n  LIVECHAT_URL: {OLD}\n"
    files = {"pyproject.toml": "", "app/bots.py": APP, file: text}
    plant(here, files)
    assert run("codemod", "--write", ".").exit_code == Exit.CLEAN
    assert (here / file).read_text() == text.replace("3.1", "3.2")
    assert (here / "app/bots.py").read_text() == APP.replace("3.1", "3.2").replace("get_bot_agents", "list_bots")
    assert run("codemod", "--check", ".").exit_code == Exit.CLEAN
    assert run("undo", ".").exit_code == Exit.CLEAN
    assert {path: (here / path).read_text() for path in files} == files


@pytest.mark.parametrize("file", FILES[1:])
def test_a_setting_outside_of_the_named_paths_is_named_and_nothing_is_written(here, run, file):
    text = f"LIVECHAT_URL={OLD}\n" if ".env" in file else f"env:\n  LIVECHAT_URL: {OLD}\n"
    plant(here, {"pyproject.toml": "", "app/bots.py": APP, file: text})
    line = text[: text.index(OLD)].count("\n") + 1
    assert f"{file}:{line} sets LIVECHAT_URL" in run("codemod", "--write", "app/bots.py").stdout
    assert (here / "app/bots.py").read_text() == APP
    assert (here / file).read_text() == text


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
