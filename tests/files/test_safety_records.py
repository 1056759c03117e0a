"""Records of runs: a tree that somebody else wrote cannot make ``migrator undo`` write what its author wants."""

import json
import os
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from calls import AFTER, BEFORE
from migrator.cli.exit_codes import Exit
from migrator.files.runs.editable import refusal_reason
from migrator.files.runs.state_folder import state_folder as find_state_folder
from planted import plant
from writing import migrator, records, tree

EVIL = b'[core]\n\tfsmonitor = "touch /tmp/owned"\n'
MINE = b"[core]\n\tbare = false\n"
posix = pytest.mark.skipif(os.name == "nt", reason="mode bits and links of POSIX")


def plant_record(folder: Path, path: str, before: bytes, after: bytes, number: str = "1") -> None:
    """Write the record of a run that replaced `before` by `after` in one file."""
    place = folder / number
    place.mkdir(0o700, parents=True)
    entry = {"path": path, "before": sha256(before).hexdigest(), "after": sha256(after).hexdigest()}
    (place / "manifest.json").write_text(json.dumps({"format": 1, "began": "now", "files": [entry]}))
    with zipfile.ZipFile(place / "originals.zip", "w") as originals:
        originals.writestr(entry["before"], before)


def test_records_that_a_tree_brings_along_are_ignored_and_named_once(tmp_path):
    plant(tmp_path, {".git/config": MINE, ".git/HEAD": "", "a.py": BEFORE})
    plant_record(tmp_path / ".migrator", ".git/config", EVIL, MINE)
    for command in (("undo",), ("codemod", "--write", "--allow-dirty"), ("undo",)):
        result = migrator(*command, tmp_path)
        assert (tmp_path / ".git/config").read_bytes() == MINE
        assert result.stderr.count(f"note: {tmp_path}/.migrator is ignored: ") == 1
    assert (result.exit_code, (tmp_path / "a.py").read_text()) == (Exit.CLEAN, BEFORE)


def test_a_tree_with_nothing_but_records_has_nothing_to_undo(tmp_path):
    plant(tmp_path, {".git/config": MINE})
    plant_record(tmp_path / ".migrator", ".git/config", EVIL, MINE)
    result = migrator("undo", tmp_path)
    assert (result.exit_code, "there is nothing to undo in" in result.stderr) == (Exit.USAGE, True)


@pytest.mark.parametrize(
    "path",
    [
        *(
            ".git/config",
            ".GIT/config",
            "sub/.git/hooks/post-checkout",
            ".git/x.py",
            "a/.hg/hgrc",
            ".svn/x.py",
            ".jj/x.py",
        ),
        *(".git./config", ".git /x.py", ".git::$INDEX_ALLOCATION/x.py", "GIT~1/x.py", ".g\u200cit/x.py"),
        *(".vscode/settings.json", "Makefile", ".envrc", "conftest.cfg", "setup.sh"),
    ],
)
def test_undo_restores_no_file_that_no_run_can_have_written_whatever_the_record_says(tmp_path, path):
    plant(tmp_path, {path: MINE, "pyproject.toml": ""})
    plant_record(records(tmp_path), path, EVIL, MINE)
    result = migrator("undo", tmp_path)
    assert (result.exit_code, (tmp_path / path).read_bytes()) == (Exit.UNREAD, MINE)
    reasons = ("is inside ", "is neither Python nor configuration", "differs by more than names and versions")
    assert any(f"not restored: {reason}" in result.stderr for reason in reasons)


@posix
def test_undo_does_not_follow_a_link_into_the_repository(tmp_path):
    plant(tmp_path, {".git/config": MINE, "b.py": ""})
    plant_record(records(tmp_path), "a.py", EVIL, MINE)
    (tmp_path / "a.py").symlink_to(".git/config")
    result = migrator("undo", tmp_path)
    assert (result.exit_code, (tmp_path / ".git/config").read_bytes()) == (Exit.UNREAD, MINE)
    assert "a.py: not restored: is inside .git, where nothing is ever written" in result.stderr


@posix
def test_a_pipe_in_the_place_of_a_file_ends_the_undo_at_once(tmp_path):
    plant(tmp_path, {"a.py": BEFORE})
    migrator("codemod", "--write", tmp_path)
    (tmp_path / "a.py").unlink()
    os.mkfifo(tmp_path / "a.py")
    assert "a.py: not restored: is not a regular file" in migrator("undo", tmp_path).stderr


@pytest.mark.parametrize("path", [".git/hooks/tool.py", ".hg/tool.py", "x/.jj/tool.py"])
def test_the_codemod_writes_nothing_into_a_repository_even_if_it_is_named(tmp_path, path):
    plant(tmp_path, {path: BEFORE, "pyproject.toml": ""})
    result = migrator("codemod", "--write", "--allow-dirty", tmp_path / path)
    assert (result.exit_code, (tmp_path / path).read_text()) == (Exit.UNREAD, BEFORE)
    assert "not written: is inside ." in result.stderr
    assert not records(tmp_path).exists()


def test_a_file_of_another_name_that_is_named_is_written_and_undone(tmp_path):
    plant(tmp_path, {"tool.cgi": BEFORE})
    assert migrator("codemod", "--write", tmp_path / "tool.cgi").exit_code == Exit.CLEAN
    assert (tmp_path / "tool.cgi").read_text() == AFTER
    assert migrator("undo", tmp_path / "tool.cgi").exit_code == Exit.CLEAN
    assert (tmp_path / "tool.cgi").read_text() == BEFORE


@pytest.mark.parametrize("number", ["007", "0", "1x", "-1", "99999999999", "\u0663"])
def test_a_record_that_no_run_can_have_made_is_passed_over(tmp_path, number):
    before = tree(plant(tmp_path, {"a.py": BEFORE}))
    plant_record(records(tmp_path), "a.py", EVIL, BEFORE.encode(), number)
    assert migrator("undo", tmp_path).exit_code == Exit.USAGE
    assert tree(tmp_path) == before
    assert migrator("codemod", "--write", tmp_path).exit_code == Exit.CLEAN
    assert migrator("undo", tmp_path).exit_code == Exit.CLEAN
    assert (tree(tmp_path), (records(tmp_path) / number).is_dir()) == (before, True)


@posix
def test_a_run_that_is_a_link_is_passed_over(tmp_path, tmp_path_factory):
    before = tree(plant(tmp_path, {"a.py": BEFORE}))
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    plant_record(elsewhere, "a.py", EVIL, BEFORE.encode())
    records(tmp_path).mkdir(0o700, parents=True)
    (records(tmp_path) / "1").symlink_to(elsewhere / "1")
    assert migrator("undo", tmp_path).exit_code == Exit.USAGE
    assert (tree(tmp_path), len(list((elsewhere / "1").iterdir()))) == (before, 2)


@posix
@pytest.mark.parametrize("which", ["state", "runs", "project"])
def test_records_that_others_can_write_to_are_not_used(tmp_path, state_folder, which):
    plant(tmp_path, {"a.py": BEFORE})
    migrator("codemod", "--write", tmp_path)
    {"state": state_folder, "runs": state_folder / "runs", "project": records(tmp_path)}[which].chmod(0o777)
    for command in (("undo",), ("codemod", "--write")):
        plant(tmp_path, {"b.py": BEFORE})
        result = migrator(*command, tmp_path)
        assert "can be written to by other users" in result.stderr
        assert ((tmp_path / "a.py").read_text(), (tmp_path / "b.py").read_text()) == (AFTER, BEFORE)


@posix
def test_one_project_has_one_record_by_whatever_path_it_is_reached(tmp_path):
    plant(tmp_path, {"real/a.py": BEFORE})
    (tmp_path / "link").symlink_to("real")
    assert migrator("codemod", "--write", tmp_path / "link").exit_code == Exit.CLEAN
    assert migrator("undo", tmp_path / "real").exit_code == Exit.CLEAN
    assert (tmp_path / "real/a.py").read_text() == BEFORE


def test_a_record_that_cannot_be_found_says_how_to_name_the_folder(tmp_path, monkeypatch):
    plant(tmp_path, {"a.py": BEFORE})
    monkeypatch.setenv("MIGRATOR_STATE_DIR", "relative")
    result = migrator("codemod", "--write", tmp_path)
    assert (result.exit_code, "MIGRATOR_STATE_DIR is not an absolute path" in result.stderr) == (Exit.UNREAD, True)
    assert (tmp_path / "a.py").read_text() == BEFORE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the places of Linux")
def test_the_state_folder_is_where_the_system_keeps_state(monkeypatch):
    monkeypatch.delenv("MIGRATOR_STATE_DIR")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert find_state_folder() == "/home/me/.local/state/migrator"
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    assert find_state_folder() == "/home/me/.local/state/migrator"
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert find_state_folder() == "/state/migrator"


def test_python_files_notebooks_and_scripts_are_what_a_run_may_write():
    names = ["a.py", "deep/a.pyi", "n.ipynb", "gui.pyw"]
    assert [refusal_reason(f"/home/me/{name}", b"") for name in names] == [None] * 4
    assert refusal_reason("/p/bin/tool", b"#!/usr/bin/env python3\n") is None
    assert refusal_reason("/p/.github/scripts/a.py", b"") is None
    assert refusal_reason("/p/gitx/.gitlab/a.py", b"") is None
    assert refusal_reason("/p/bin/tool", b"#!/bin/sh\n") == "is neither Python nor configuration"
