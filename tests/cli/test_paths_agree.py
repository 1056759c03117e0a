"""PATH decides what is reported and edited, never what is known: each file alone is judged as in its project."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from migrator.cli.options import CommandOptions
from migrator.cli.run import find_changes
from migrator.cli.run_settings import load_settings
from planted import plant

SAMPLES = Path(__file__).parents[2] / "samples"
URL = 'BASE = "https://api.livechatinc.com/v3.1/configuration/action"\n'
CALL = 'import requests\nfrom base import BASE\n\nrequests.post(f"{BASE}/get_bot_agents", json={})\n'
PROJECT = {"pyproject.toml": "", "base.py": URL, "bots.py": CALL, "src/deep/other.py": CALL.replace("base", "bots")}


def find(*paths: str, everything: bool):
    """The findings and edits in some paths, by file; paths are relative to the current folder."""
    asked = CommandOptions(paths, None, None, None, (), (), (), (), False, False, False, 1)
    run = find_changes(load_settings(asked), lambda _: None, everything=everything)
    found = defaultdict(list)
    for result in run.results:
        found[result.path] += [(each.rule, each.line, each.column, each.applicability) for each in result.findings]
        found[result.path].append(result.after)
    return found, run.searched


@pytest.mark.parametrize("everything", [True, False], ids=["audit", "codemod"])
def test_every_file_of_the_samples_alone_is_judged_as_in_the_project(here, everything):
    shutil.copytree(SAMPLES / "support_bot", here / "support_bot")
    plant(here, {"pyproject.toml": "", **PROJECT})
    whole, _ = find(".", everything=everything)
    assert len(whole) > 3
    for path, findings in whole.items():
        alone, searched = find(path, everything=everything)
        assert (alone[path], set(alone), searched) == (findings, {path}, 1), path


def test_a_folder_is_judged_as_in_the_project(here):
    plant(here, PROJECT)
    whole, _ = find(".", everything=True)
    folder, searched = find("src", everything=True)
    assert searched == 1
    assert folder == {path: found for path, found in whole.items() if path.startswith("src/")}


@pytest.mark.parametrize("name", ["bots.py", "./bots.py", "../app/bots.py", "{here}/app/bots.py", "."])
def test_paths_are_shown_as_they_are_typed_from_wherever(here, run, monkeypatch, name):
    plant(here, {"pyproject.toml": "", "base.py": "", **{f"app/{path}": text for path, text in PROJECT.items()}})
    (here / "app/pyproject.toml").unlink()
    monkeypatch.chdir(here / "app")
    typed = name.format(here=here)
    told = json.loads(run("audit", typed, "--format", "json").stdout)
    shown = {"./bots.py": "bots.py", ".": "bots.py"}.get(typed, typed)
    assert shown in {finding["path"] for finding in told["findings"]}
    assert os.path.exists(shown)  # noqa: PTH110


def test_a_named_file_is_edited_and_its_evidence_is_not(here, run):
    plant(here, PROJECT)
    assert run("codemod", "bots.py", "--from", "3.1", "--write").exit_code == 0
    assert (here / "base.py").read_text() == URL


def test_explain_says_of_a_line_what_the_audit_of_its_file_says(here, run):
    plant(here, PROJECT)
    assert "[safe]" in run("explain", "bots.py:4").stdout
    assert "get_bot_agents" in run("audit", "bots.py").stdout
