"""The hooks for pre-commit: its own validator takes them, and a commit with an old call does not pass.

pre-commit would build an environment for each hook from the package index; here the hooks that it is given say the
same, but run the migrator of this environment.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from calls import AFTER, BEFORE, LEFT, OTHER
from planted import plant

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}
MIGRATOR = shlex.join([sys.executable, "-m", "migrator"])

URL = 'BASE = "https://api.livechatinc.com/v3.1/configuration/action"\n'
CALL = 'import requests\nfrom base import BASE\n\nrequests.post(f"{BASE}/get_bot_agents", json={})\n'


def local(hook, **changes):
    """A hook of the manifest as one of the user's own, which needs no environment."""
    name, _, rest = hook["entry"].partition(" ")
    assert (name, hook["language"]) == ("migrator", "python")
    return {**hook, "language": "system", "entry": f"{MIGRATOR} {rest}".strip(), **changes}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """An empty repository whose commits go through the hooks: a function that plants files and commits them."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "PRE_COMMIT", "SKIP"):
        monkeypatch.delenv(name, raising=False)
    settings = {
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "PIP_NO_INDEX": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "x@y.z" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    for name, text in settings.items():
        monkeypatch.setenv(name, text)
    folder = tmp_path / "project"
    folder.mkdir()
    run(folder, "git", "init", "-q")

    def commit(hooks, files, add=("--all",)):
        config = {"repos": [{"repo": "local", "hooks": hooks}]}
        plant(folder, {".pre-commit-config.yaml": yaml.safe_dump(config), **files})
        assert not run(folder, sys.executable, "-m", "pre_commit", "install").returncode
        run(folder, "git", "add", *add)
        return run(folder, "git", "commit", "-q", "-m", "change")

    return commit


def run(folder, *command):
    """Run a command in a folder."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_pre_commit_takes_the_manifest():
    checked = run(ROOT, sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST))
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize("hook", HOOKS.values(), ids=lambda hook: f"{hook['id']} asks for what there is")
def test_a_hook(hook):
    command = [*shlex.split(hook["entry"]), *hook.get("args", ()), "--help"]
    asked = run(ROOT, sys.executable, "-m", *command)
    assert asked.returncode == 0, asked.stderr


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize("before", [BEFORE, LEFT], ids=["that can be edited", "that is left for a person"])
def test_a_commit_with_an_old_call_fails(repository, name, before):
    committed = repository([local(HOOKS[name])], {"bots.py": before})
    assert committed.returncode == 1, committed.stderr
    assert "get_bot_agents" in committed.stderr


@pytest.mark.parametrize("name", HOOKS)
def test_a_commit_of_migrated_code_passes(repository, name):
    committed = repository([local(HOOKS[name])], {"bots.py": AFTER, "other.py": OTHER})
    assert committed.returncode == 0, committed.stderr
    assert "Passed" in committed.stderr


def test_the_audit_speaks_of_the_files_of_the_commit_with_the_evidence_of_the_project(repository):
    hooks = [local(HOOKS["migrator-audit"])]
    everything = {"base.py": URL, "bots.py": CALL, "old.py": BEFORE, "new.py": OTHER}
    assert repository(hooks, everything, ["new.py", ".pre-commit-config.yaml"]).returncode == 0
    refused = repository(hooks, {}, ["bots.py", "base.py"]).stderr
    assert "bots.py:4" in refused
    assert "old.py" not in refused


def test_the_audit_passes_over_what_the_baseline_holds(repository, tmp_path):
    plant(tmp_path / "project", {"bots.py": BEFORE})
    written = run(tmp_path / "project", *shlex.split(MIGRATOR), "audit", "--write-baseline")
    assert written.returncode == 0, written.stderr
    committed = repository([local(HOOKS["migrator-audit"])], {"bots.py": f"import os\n{BEFORE}"})
    assert committed.returncode == 0, committed.stderr


def test_the_codemod_edits_where_its_hook_is_told_to(repository, tmp_path):
    hooks = [local(HOOKS["migrator-codemod"], args=["--write", "--allow-dirty"])]
    refused = repository(hooks, {"bots.py": BEFORE})
    assert refused.returncode == 1
    assert "files were modified by this hook" in refused.stderr
    assert (tmp_path / "project/bots.py").read_text("utf-8") == AFTER
    assert repository(hooks, {}).returncode == 0


def test_the_audit_looks_at_every_text_and_the_codemod_at_python(repository):
    hooks = [local(HOOKS[name]) for name in HOOKS]
    committed = repository(hooks, {"notes.txt": "x\n"})
    assert committed.returncode == 0
    assert committed.stderr.count("Passed") == 1
    assert committed.stderr.count("Skipped") == 1
