"""Files that configure a run: links to devices, pipes, and files without end are refused at once, with a message."""

import os
import sys

import pytest

from calls import BEFORE
from migrator.cli.exit_codes import Exit
from migrator.files.gitignore import parse_patterns
from planted import plant
from writing import migrator, tree

BASELINE = ".migrator-baseline.json"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of POSIX")


def pipe(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def zeros(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("/dev/zero")


def giant(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(100 << 30)


SPECIAL = pytest.mark.parametrize(
    ("make", "says"), [(pipe, "is not a regular file"), (zeros, "is "), (giant, "is larger than ")]
)


@SPECIAL
@pytest.mark.parametrize("command", ["audit", "codemod"])
@pytest.mark.parametrize("where", [".gitignore", "deep/.gitignore"])
def test_a_gitignore_is_named_and_the_files_are_searched(tmp_path, make, says, command, where):
    plant(tmp_path, {"deep/a.py": BEFORE})
    make(tmp_path / where)
    result = migrator(command, tmp_path)
    assert (result.exit_code, "get_bot_agents" in result.stdout) == (Exit.UNREAD, True)
    assert f"{tmp_path}/{where}: cannot be read: {says}" in result.output


@SPECIAL
@pytest.mark.parametrize("where", [".gitignore", ".git/info/exclude"])
def test_a_gitignore_above_the_searched_folder_is_named(tmp_path, make, says, where):
    plant(tmp_path, {"deep/a.py": BEFORE, ".git/HEAD": ""})
    make(tmp_path / where)
    result = migrator("audit", tmp_path / "deep")
    assert (result.exit_code, f"cannot be read: {says}" in result.output) == (Exit.UNREAD, True)


@SPECIAL
def test_a_pyproject_is_named(tmp_path, make, says):
    plant(tmp_path, {"deep/a.py": BEFORE})
    make(tmp_path / "pyproject.toml")
    result = migrator("audit", tmp_path / "deep")
    assert (result.exit_code, f"pyproject.toml: cannot be read: {says}" in result.stderr) == (Exit.USAGE, True)


@SPECIAL
@pytest.mark.parametrize("name", ["ruff.toml", ".ruff.toml"])
def test_settings_of_ruff_are_left_out(tmp_path, make, says, name):
    plant(tmp_path, {"a.py": BEFORE})
    make(tmp_path / name)
    result = migrator("codemod", tmp_path)
    assert (result.exit_code, says in result.stderr) == (Exit.CLEAN, False)


@SPECIAL
def test_a_table_is_named(tmp_path, make, says):
    plant(tmp_path, {"a.py": BEFORE, "pyproject.toml": '[tool.migrator]\nrules = ["rules"]\n'})
    make(tmp_path / "rules/1-2.toml")
    result = migrator("audit", tmp_path)
    assert (result.exit_code, f"rules/1-2.toml: cannot be read: {says}" in result.stderr) == (Exit.USAGE, True)


@SPECIAL
@pytest.mark.parametrize("write", [(), ("--write-baseline",)])
def test_a_baseline_is_named(tmp_path, make, says, write):
    plant(tmp_path, {"a.py": BEFORE})
    make(tmp_path / BASELINE)
    result = migrator("audit", *write, tmp_path)
    assert (result.exit_code, f"{BASELINE}: cannot be read: {says}" in result.stderr) == (Exit.USAGE, True)


def test_a_pyproject_and_a_gitignore_that_link_to_regular_files_are_read(tmp_path):
    plant(tmp_path, {"p/a.py": BEFORE, "p/b.py": BEFORE, "shared/ignore": "a.py\n", "shared/py.toml": ""})
    (tmp_path / "p/.gitignore").symlink_to("../shared/ignore")
    (tmp_path / "p/pyproject.toml").symlink_to("../shared/py.toml")
    result = migrator("audit", tmp_path / "p")
    assert (result.exit_code, "p/a.py" in result.output, "p/b.py" in result.output) == (Exit.FINDINGS, False, True)


def test_a_folder_of_rules_that_is_the_whole_disk_is_not_listed(tmp_path):
    plant(tmp_path, {"a.py": BEFORE, "pyproject.toml": '[tool.migrator]\nrules = ["/"]\n'})
    result = migrator("audit", tmp_path)
    assert (result.exit_code, "contains more than 10,000 files and folders" in result.stderr) == (Exit.USAGE, True)


@pytest.mark.parametrize("setting", ["../known.json", "/tmp/migrator-known.json", "out/known.json", ".git/known.json"])
def test_no_setting_makes_the_audit_write_a_baseline_outside_of_the_project(tmp_path, setting):
    home = plant(tmp_path / "p", {"a.py": BEFORE, "pyproject.toml": f'[tool.migrator]\nbaseline = "{setting}"\n'})
    plant(tmp_path, {"outside/x": "", "p/.git/HEAD": ""})
    (home / "out").symlink_to("../outside")
    before = tree(tmp_path)
    result = migrator("audit", "--write-baseline", home)
    assert (result.exit_code, tree(tmp_path)) == (Exit.USAGE, before)
    assert "is outside the project" in result.stderr or "is inside .git" in result.stderr


@pytest.mark.parametrize("target", ["../outside/known.json", "../outside/missing.json", "a.py"])
def test_a_baseline_that_is_a_link_is_neither_read_nor_written(tmp_path, target):
    home = plant(tmp_path / "p", {"a.py": BEFORE, ".git/HEAD": ""})
    plant(tmp_path, {"outside/known.json": '[{"migrator-baseline": 1}\n]\n'})
    (home / BASELINE).symlink_to(target)
    before = tree(tmp_path)
    for arguments in ((), ("--write-baseline",), ("--write-baseline", "--baseline", str(home / BASELINE))):
        result = migrator("audit", *arguments, home)
        assert (result.exit_code, tree(tmp_path)) == (Exit.USAGE, before)
        assert f"{BASELINE}: cannot be read: is a symbolic link, which is not followed" in result.stderr


def test_a_baseline_outside_of_the_project_is_written_where_it_is_typed(tmp_path):
    home = plant(tmp_path / "p", {"a.py": BEFORE, ".git/HEAD": ""})
    migrator("audit", "--write-baseline", "--baseline", tmp_path / "known.json", home)
    assert (tmp_path / "known.json").is_file()


def test_a_file_with_a_second_name_is_written_and_the_other_name_is_reported(tmp_path):
    plant(tmp_path, {"p/a.py": BEFORE})
    os.link(tmp_path / "p/a.py", tmp_path / "other.py")
    result = migrator("codemod", "--write", tmp_path / "p")
    note = f"note: {tmp_path}/p/a.py had 2 names (hard links); only this one was changed"
    assert (result.exit_code, note in result.stderr) == (Exit.CLEAN, True)
    assert (tmp_path / "other.py").read_text() == BEFORE


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "b", "a" * 200),
        ("*a*" * 30 + "/b", "a" * 200 + "/c"),
        ("**/a/" * 30 + "c", "a/" * 1000 + "b"),
        ("**/*a*/" * 30 + "c", "aaaa/" * 500 + "b"),
        ("[" * 100_000, "a"),
        ("a" + " " * 200_000 + "b", "a"),
        ("[:a" * 30_000, "a"),
    ],
)
def test_no_pattern_takes_more_than_moments(pattern, path):
    patterns = parse_patterns("/p/", [pattern], ("",))
    assert patterns is None or patterns.verdict(f"/p/{path}", folder=False) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is of Linux")
def test_a_file_that_says_it_is_empty_and_is_not_is_read_up_to_the_limit():
    from migrator.files.regular_file import read_regular

    assert read_regular("/proc/self/status", 1 << 20).startswith(b"Name:")
    with pytest.raises(OSError, match="is larger than 0 KiB"):
        read_regular("/proc/self/status", 8)
