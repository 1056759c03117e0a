"""``migrator undo``: what a run changed is put back, from originals that were kept before."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from calls import AFTER, BEFORE, LEFT, OTHER
from migrator.cli.exit_codes import Exit
from migrator.files.runs.run_archive import open_archive
from planted import plant
from writing import EMPTY, kept, records, tree

FILES = {"a.py": BEFORE, "deep/b.py": "# b\r\n" + BEFORE.replace("\n", "\r\n"), "c.py": OTHER}
posix = pytest.mark.skipif(os.name == "nt", reason="mode bits and links of POSIX")


def test_undo_puts_back_what_the_last_run_changed(here, run):
    before = tree(plant(here, FILES))
    run("codemod", "--write")
    assert (here / "a.py").read_text() == AFTER
    result = run("undo")
    assert (result.exit_code, tree(here)) == (Exit.CLEAN, before)
    assert result.stdout.splitlines()[:2] == ["  restored a.py", "  restored deep/b.py"]
    assert "2 files restored.\n" in result.stdout


def test_each_further_undo_goes_back_one_run_more(here, run):
    plant(here, {"a.py": BEFORE})
    run("codemod", "--write")
    plant(here, {"b.py": BEFORE})
    run("codemod", "--write")
    run("undo")
    assert tree(here) == {"a.py": AFTER.encode(), "b.py": BEFORE.encode()}
    run("undo")
    assert tree(here) == {"a.py": BEFORE.encode(), "b.py": BEFORE.encode()}
    assert (run("undo").exit_code, kept(here)) == (Exit.USAGE, EMPTY)


def test_where_nothing_was_written_there_is_nothing_to_undo(here, run):
    plant(here, {"a.py": LEFT, "b.py": OTHER})
    run("codemod", "--write")
    result = run("undo")
    assert (result.exit_code, result.stderr.startswith("Error: there is nothing to undo in . or above")) == (2, True)
    assert kept(here) == []


def test_a_dry_run_keeps_nothing(here, run):
    plant(here, FILES)
    run("codemod")
    run("codemod", "--check")
    assert kept(here) == []


def test_a_file_that_changed_since_the_run_is_named_and_left_and_the_others_are_restored(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    plant(here, {"a.py": AFTER + "mine = 1\n"})
    result = run("undo")
    assert result.exit_code == Exit.UNREAD
    assert "error: a.py: not restored: changed since the run wrote it\n" in result.stderr
    assert "revert later changes to them and undo again" in result.stderr
    assert tree(here) == {
        **tree(plant(here, {"deep/b.py": FILES["deep/b.py"]})),
        "a.py": (AFTER + "mine = 1\n").encode(),
    }


def test_the_original_of_a_file_that_was_left_is_kept_until_it_can_be_restored(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    plant(here, {"a.py": AFTER + "mine = 1\n"})
    assert [run("undo").exit_code, run("undo").exit_code] == [Exit.UNREAD, Exit.UNREAD]
    plant(here, {"a.py": AFTER, "deep/b.py": "of another day\n"})
    assert run("undo").exit_code == Exit.CLEAN
    assert (here / "a.py").read_text() == BEFORE
    assert (here / "deep/b.py").read_text() == "of another day\n"
    assert kept(here) == EMPTY


def test_forget_drops_the_last_run_and_changes_no_file(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    written = tree(here)
    assert run("undo", "--forget").exit_code == Exit.CLEAN
    assert (tree(here), kept(here)) == (written, EMPTY)


def test_a_file_that_is_gone_is_named_and_stays_gone(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    (here / "a.py").unlink()
    result = run("undo")
    assert (result.exit_code, "a.py: not restored: no longer exists" in result.stderr) == (Exit.UNREAD, True)
    assert not (here / "a.py").exists()


def test_a_file_that_is_as_before_anyway_is_no_failure(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    plant(here, {"a.py": BEFORE})
    result = run("undo")
    assert (result.exit_code, "1 file restored, 1 already unchanged." in result.stdout) == (Exit.CLEAN, True)


def test_a_read_only_file_is_not_restored(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    (here / "a.py").chmod(0o444)
    result = run("undo")
    assert (result.exit_code, "a.py: not restored: is read-only" in result.stderr) == (Exit.UNREAD, True)
    assert (here / "a.py").read_text() == AFTER


@posix
def test_modes_and_links_survive_a_run_and_its_undo(here, run):
    plant(here, {"bin/tool": BEFORE})
    (here / "bin/tool").chmod(0o750)
    (here / "tool.py").symlink_to("bin/tool")
    run("codemod", "--write")
    run("undo")
    assert (here / "tool.py").is_symlink()
    assert (here / "bin/tool").read_text() == BEFORE
    assert stat.S_IMODE((here / "bin/tool").stat().st_mode) == 0o750


@posix
def test_what_is_kept_is_for_its_owner_alone(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    home = records(here)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [home.parent, home, *home.rglob("*")]}
    assert modes == dict.fromkeys(("runs", home.name, "1"), 0o700) | dict.fromkeys(
        ("project", "lock", "manifest.json", "originals.zip"), 0o600
    )


def test_the_manifest_tells_each_file_before_and_after_and_the_originals_lie_beside_it(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    manifest = json.loads((records(here) / "1/manifest.json").read_bytes())
    assert [entry["path"] for entry in manifest["files"]] == ["a.py", "deep/b.py"]
    with zipfile.ZipFile(records(here) / "1/originals.zip") as originals:
        for entry in manifest["files"]:
            assert originals.read(entry["before"]) == FILES[entry["path"]].encode()
            assert entry["after"] == sha256((here / entry["path"]).read_bytes()).hexdigest()


def test_a_file_that_could_not_be_written_is_not_in_the_manifest(here, run):
    plant(here, FILES)
    (here / "a.py").chmod(0o444)
    run("codemod", "--write")
    manifest = json.loads((records(here) / "1/manifest.json").read_bytes())
    assert [entry["path"] for entry in manifest["files"]] == ["deep/b.py"]


def test_only_the_last_ten_runs_are_kept(here, run):
    for number in range(12):
        plant(here, {f"{number}.py": BEFORE})
        run("codemod", "--write")
    assert sorted(int(path.name) for path in records(here).iterdir() if path.is_dir()) == list(range(3, 13))


@pytest.mark.parametrize("mark", [".git/HEAD", "pyproject.toml"])
def test_the_runs_are_kept_in_the_project_and_undone_from_anywhere_in_it(here, run, mark, monkeypatch):
    monkeypatch.setenv("PATH", str(here))  # the repository is none to git
    plant(here, {mark: "", "src/deep/a.py": BEFORE, "other/b.py": OTHER})
    run("codemod", "--write", "src/deep/a.py")
    assert (records(here) / "1").is_dir()
    assert run("undo", "other").exit_code == Exit.CLEAN
    assert (here / "src/deep/a.py").read_text() == BEFORE


def test_outside_a_project_the_runs_are_kept_in_the_folder_that_holds_all_paths(here, run):
    plant(here, {"x/a/a.py": BEFORE, "x/b/b.py": BEFORE})
    run("codemod", "--write", "x/a", "x/b/b.py")
    assert (records(here / "x") / "1").is_dir()
    assert run("undo").exit_code == Exit.USAGE
    assert run("undo", "x").exit_code == Exit.CLEAN


@posix
def test_a_link_in_the_place_of_the_records_keeps_anything_from_being_written(here, run, tmp_path_factory):
    before = tree(plant(here, FILES))
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    records(here).parent.mkdir(0o700)
    records(here).symlink_to(elsewhere)
    result = run("codemod", "--write")
    assert (result.exit_code, tree(here), list(elsewhere.iterdir())) == (Exit.UNREAD, before, [])
    assert "cannot keep the originals here, so nothing was written: is not a folder\n" in result.stderr
    assert result.stdout.endswith("left to edit by hand.\n")


@posix
def test_a_lock_that_is_a_link_is_not_followed(here, run, tmp_path_factory):
    before = tree(plant(here, FILES))
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "file"
    records(here).mkdir(0o700, parents=True)
    (records(here) / "lock").symlink_to(elsewhere)
    result = run("codemod", "--write")
    assert (result.exit_code, tree(here), elsewhere.exists()) == (Exit.UNREAD, before, False)
    assert "nothing was written: is a symbolic link, which is not followed\n" in result.stderr


def test_one_run_at_a_time_writes_in_a_project(here, run, process):
    plant(here, FILES)
    run("codemod", "--write")
    before = tree(plant(here, {"new.py": BEFORE}))
    with open_archive(str(here)):
        written, undone = process("codemod", "--write"), process("undo")
    assert (written.returncode, b"another migrator process is running" in written.stderr) == (Exit.UNREAD, True)
    assert (undone.returncode, b"another migrator process is running" in undone.stderr) == (Exit.USAGE, True)
    assert tree(here) == before
    assert run("codemod", "--write").exit_code == Exit.CLEAN


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are text there")
def test_a_name_that_is_no_utf8_is_written_and_undone(here, run):
    name = os.fsdecode(b"caf\xe9.py")
    plant(here, {name: BEFORE})
    assert run("codemod", "--write").exit_code == Exit.CLEAN
    assert (here / name).read_text() == AFTER
    assert run("undo").exit_code == Exit.CLEAN
    assert (here / name).read_text() == BEFORE


@posix
def test_a_terminal_is_told_how_to_take_a_run_back(here, process_on_a_terminal):
    plant(here, {"src/a.py": BEFORE})
    assert "note: `migrator undo src` reverts this run." in process_on_a_terminal("codemod", "--write", "src")
    assert (here / "src/a.py").read_text() == AFTER
    assert "reverts this run" not in process_on_a_terminal("codemod", "--write", "src")


@pytest.fixture
def process_on_a_terminal(here):
    """Run ``python -m migrator`` in the folder `here`; what it tells on stderr, which is a terminal."""

    def process(*arguments):
        leader, follower = os.openpty()
        with os.fdopen(leader, "rb", buffering=0) as terminal:
            environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
            command = [sys.executable, "-m", "migrator", *arguments]
            subprocess.run(command, cwd=here, env=environment, stdout=subprocess.DEVNULL, stderr=follower, check=True)
            os.write(follower, b"\nend of text\n")
            os.close(follower)
            told = b""
            while b"end of text" not in told:
                told += terminal.read(4096)
        return told.decode()

    return process
