"""``--write`` leaves files alone that git could not give back, in real repositories."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from calls import AFTER, BEFORE, BOTS, LEFT, OTHER
from migrator.cli.exit_codes import Exit
from migrator.files.uncommitted import find_uncommitted
from planted import plant
from writing import migrator, tree

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
MORE = BEFORE + "x = 1\n"


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular and with no settings but its own."""
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ["-c", "user.name=a", "-c", "user.email=a@b.test", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *names, *arguments], cwd=folder, env={**os.environ, **who}, check=True, capture_output=True)


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A folder whose files are committed."""
    plant(folder, files)
    git(folder, "init")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "all")
    return folder


@pytest.fixture
def repo(tmp_path) -> Path:
    return repository(tmp_path / "repo", {"a.py": BEFORE, "deep/b c[1].py": BEFORE, "other.py": OTHER})


def test_committed_files_are_written(repo):
    assert migrator("codemod", "--write", repo).exit_code == Exit.CLEAN
    assert tree(repo) == {"a.py": AFTER.encode(), "deep/b c[1].py": AFTER.encode(), "other.py": OTHER.encode()}


def test_what_is_kept_is_ignored_by_git(repo):
    migrator("codemod", "--write", repo)
    git(repo, "add", "-A")
    git(repo, "commit", "-m", "migrated")
    listed = subprocess.run(["git", "ls-files"], cwd=repo, check=True, capture_output=True, text=True).stdout
    assert ".migrator" not in listed


def modified(repo: Path) -> None:
    plant(repo, {"deep/b c[1].py": MORE})


def staged(repo: Path) -> None:
    modified(repo)
    git(repo, "add", "-A")


def untracked(repo: Path) -> None:
    plant(repo, {"new/n.py": BEFORE})


@pytest.mark.parametrize(
    ("change", "file"), [(modified, "deep/b c[1].py"), (staged, "deep/b c[1].py"), (untracked, "new/n.py")]
)
def test_nothing_at_all_is_written_where_one_file_is_uncommitted(repo, change, file):
    change(repo)
    before = tree(repo)
    result = migrator("codemod", "--write", repo)
    assert (result.exit_code, tree(repo), result.stdout) == (Exit.USAGE, before, "")
    assert "git could not restore" in result.stderr
    assert f"  {repo}/{file} ({change.__name__})\n" in result.stderr
    assert "--allow-dirty" in result.stderr
    assert "a.py (" not in result.stderr
    assert not (repo / ".migrator").exists()


@pytest.mark.parametrize("change", [modified, staged, untracked])
def test_allow_dirty_writes_and_undo_brings_the_uncommitted_state_back(repo, change):
    change(repo)
    before = tree(repo)
    assert migrator("codemod", "--write", "--allow-dirty", repo).exit_code == Exit.CLEAN
    assert tree(repo)["a.py"] == AFTER.encode()
    assert BOTS.encode() not in b"".join(tree(repo).values())
    assert migrator("undo", repo).exit_code == Exit.CLEAN
    assert tree(repo) == before


def test_only_files_that_would_be_touched_count(repo):
    plant(repo, {"other.py": "y = 2\n", "new.py": OTHER, "left.py": LEFT})
    assert migrator("codemod", "--write", repo).exit_code == Exit.CLEAN
    assert tree(repo)["a.py"] == AFTER.encode()


def test_a_dry_run_and_a_check_ask_nothing_of_git(repo):
    modified(repo)
    assert [migrator("codemod", repo).exit_code, migrator("codemod", "--check", repo).exit_code] == [0, 1]


def test_an_ignored_file_that_is_named_is_written(repo):
    plant(repo, {".gitignore": "gen.py\n", "gen.py": BEFORE})
    assert migrator("codemod", "--write", repo / "gen.py").exit_code == Exit.CLEAN
    assert (repo / "gen.py").read_text() == AFTER


def test_a_file_without_any_commit_yet_is_refused(tmp_path):
    plant(tmp_path, {"a.py": BEFORE})
    git(tmp_path, "init")
    git(tmp_path, "add", "-A")
    result = migrator("codemod", "--write", tmp_path)
    assert (result.exit_code, "a.py (staged)" in result.stderr) == (Exit.USAGE, True)


def test_each_file_is_asked_of_its_own_repository(tmp_path):
    outer = repository(tmp_path / "outer", {"a.py": BEFORE, ".gitignore": "inner\n"})
    inner = repository(outer / "inner", {"b.py": BEFORE, "c.py": BEFORE})
    plant(inner, {"b.py": MORE})
    found = find_uncommitted([str(outer / "a.py"), str(inner / "b.py"), str(inner / "c.py")])
    assert found.states == {str(inner / "b.py"): "modified"}


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_counts_as_the_file_that_it_leads_to(repo):
    plant(repo, {"deep/tool": BEFORE})
    (repo / "z.py").symlink_to("deep/tool")
    assert find_uncommitted([str(repo / "z.py"), str(repo / "a.py")]).states == {str(repo / "z.py"): "untracked"}


def test_a_conflict_is_told(repo):
    git(repo, "checkout", "-b", "side")
    plant(repo, {"a.py": BEFORE + "side = 1\n"})
    git(repo, "commit", "-am", "side")
    git(repo, "checkout", "main")
    plant(repo, {"a.py": BEFORE + "main = 1\n"})
    git(repo, "commit", "-am", "main")
    with pytest.raises(subprocess.CalledProcessError):
        git(repo, "merge", "side")
    assert find_uncommitted([str(repo / "a.py")]).states == {str(repo / "a.py"): "unmerged"}


@pytest.mark.skipif(os.name == "nt", reason="a stand-in for git is a shell script")
@pytest.mark.parametrize("number", [1, 40, 900])
def test_git_is_asked_once_for_each_repository_however_many_files_there_are(tmp_path, monkeypatch, number):
    names = [f"{'long' * 10}/{index}.py" for index in range(number)]
    repo = repository(tmp_path / "repo", dict.fromkeys(names, BEFORE))
    plant(repo, {names[0]: MORE, "aside.py": MORE})
    real = shutil.which("git")
    stand_in = plant(tmp_path, {"bin/git": f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\nexec {real} "$@"\n'}) / "bin/git"
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    found = find_uncommitted(str(repo / name) for name in names)
    assert found.states == {str(repo / names[0]): "modified"}
    (asked,) = (tmp_path / "asked").read_text().splitlines()
    assert len(asked) < 30_000


def test_variables_that_lead_git_elsewhere_are_not_obeyed(repo, tmp_path, monkeypatch):
    other = repository(tmp_path / "other", {"a.py": BEFORE})
    modified(repo)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert list(find_uncommitted([str(repo / "deep/b c[1].py")]).states.values()) == ["modified"]


def test_outside_a_repository_nothing_is_refused_and_nothing_said(tmp_path):
    plant(tmp_path, {"a.py": BEFORE})
    result = migrator("codemod", "--write", tmp_path)
    assert (result.exit_code, result.stderr, (tmp_path / "a.py").read_text()) == (Exit.CLEAN, "", AFTER)


def test_without_git_nothing_is_refused_and_that_is_said_once(repo, tmp_path, monkeypatch):
    modified(repo)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = migrator("codemod", "--write", repo)
    assert (result.exit_code, (repo / "a.py").read_text()) == (Exit.CLEAN, AFTER)
    assert result.stderr == "note: git cannot be run, so uncommitted changes were not checked\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a stand-in for git is a shell script")
def test_where_git_fails_nothing_is_written_and_its_reason_is_given(repo, tmp_path, monkeypatch):
    before = tree(repo)
    stand_in = (
        plant(tmp_path, {"bin/git": "#!/bin/sh\necho 'fatal: detected dubious ownership' >&2\nexit 128\n"}) / "bin/git"
    )
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    result = migrator("codemod", "--write", repo)
    assert (result.exit_code, tree(repo)) == (Exit.USAGE, before)
    assert "nothing was written" in result.stderr
    assert "dubious ownership\nUse --allow-dirty to write anyway." in result.stderr
