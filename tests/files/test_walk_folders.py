"""Which files a folder stands for."""

import os
import socket
from pathlib import Path

import pytest

from migrator.files.failure import FileFailure
from migrator.files.gitignore import EVERY
from migrator.files.python_files import PYTHON
from migrator.files.search_files import ExcludePatterns, search_files
from planted import plant
from unprivileged import unprivileged

NEEDLE = b"old_name"


def found(
    root: Path, *paths: str, exclude: tuple[ExcludePatterns, ...] = (), suffixes: tuple[str, ...] = PYTHON
) -> list[str]:
    """What is read under the given paths (default: the root), relative to the root."""
    scanned = search_files([str(root / path) for path in paths or (".",)], [NEEDLE], exclude, suffixes=suffixes)
    assert scanned.failures == ()
    return sorted(Path(path).relative_to(root).as_posix() for path in scanned.paths)


def test_a_folder_stands_for_its_python_files_stubs_notebooks_and_scripts_at_every_depth(tmp_path):
    kept = ["a.py", "b.pyi", "bin/run", "c/d/e.py", "c/d/f.ipynb", "g.pyw"]
    left_out = ["notes.txt", "f.pyc", "script", "bin/shell", "run.cgi", "g.PY", ".ipynb_checkpoints/f.ipynb"]
    plant(tmp_path, {**dict.fromkeys([*kept, *left_out], ""), "bin/shell": "#!/bin/sh\n# python\n"})
    plant(tmp_path, {"bin/run": "#!/usr/bin/env python3\n", "run.cgi": "#!/usr/bin/python\n"})
    assert found(tmp_path) == kept


def test_where_every_file_is_wanted_hidden_ones_and_those_without_a_suffix_count_too(tmp_path):
    kept = [".env", ".github/workflows/ci.yml", "Makefile", "a.py", "b/c.js", "b/notes.md"]
    plant(tmp_path, {**dict.fromkeys(kept, ""), ".gitignore": "*.log\nsecret.*\n", "x.log": "", "b/secret.js": ""})
    assert found(tmp_path, suffixes=EVERY) == sorted([*kept, ".gitignore"])


@pytest.mark.parametrize("folder", [".git", ".venv", ".migrator", ".mypy_cache", "node_modules", "dist", "vendor"])
def test_where_every_file_is_wanted_those_of_tools_and_of_other_people_are_not(tmp_path, folder):
    plant(tmp_path, {"own.js": "", f"{folder}/x.js": "", f"deep/{folder}/y.json": ""})
    assert found(tmp_path, suffixes=EVERY) == ["own.js"]


@pytest.mark.parametrize(
    "folder",
    [
        *("node_modules", "site-packages", "vendor", "_vendor", "third_party", "venv", "build", "dist"),
        *("__pycache__", "sdk.egg-info", ".hidden", ".git", ".venv"),
    ],
)
def test_a_folder_of_other_peoples_code_is_left_out(tmp_path, folder):
    plant(tmp_path, {"own.py": "", f"{folder}/x.py": "", f"deep/{folder}/deeper/x.py": ""})
    assert found(tmp_path) == ["own.py"]


def test_a_virtual_environment_is_left_out_whatever_its_name(tmp_path):
    plant(tmp_path, {"own.py": "", "py311/pyvenv.cfg": "", "py311/lib/x.py": ""})
    assert found(tmp_path) == ["own.py"]


def test_a_file_whose_name_resembles_a_vendored_folder_is_read(tmp_path):
    plant(tmp_path, {"build.py": "", "vendor.py": "", "builder/x.py": "", ".hidden.py": ""})
    assert found(tmp_path) == [".hidden.py", "build.py", "builder/x.py", "vendor.py"]


@pytest.mark.parametrize("given", ["vendor", "vendor/sdk", ".hidden", "env"])
def test_a_folder_that_would_be_left_out_is_walked_when_it_is_given(tmp_path, given):
    plant(tmp_path, {"vendor/sdk/x.py": "", ".hidden/x.py": "", "env/pyvenv.cfg": "", "env/x.py": ""})
    assert found(tmp_path, given) == [f"{given}/x.py".replace("vendor/x", "vendor/sdk/x")]


def test_a_file_that_is_given_is_read_whatever_its_name_and_wherever_it_lies(tmp_path):
    plant(tmp_path, {".gitignore": "gen.py\n", "gen.py": "", "build/tool": "", ".git/HEAD": ""})
    assert found(tmp_path, "gen.py", "build/tool") == ["build/tool", "gen.py"]


@pytest.mark.parametrize(
    "paths", [(".", "a"), ("a", "."), ("a/x.py", "a"), ("a", "a/x.py"), ("a/x.py", "a/x.py"), ("a/../a", "a/b/..")]
)
def test_a_file_is_read_once_however_many_paths_lead_to_it(tmp_path, monkeypatch, paths):
    plant(tmp_path, {"a/x.py": NEEDLE, "a/b/y.py": NEEDLE})
    monkeypatch.chdir(tmp_path)
    scanned = search_files(paths, [NEEDLE])
    assert len(scanned.paths) == len(scanned.hits) == (1 if "a" not in paths and "a/../a" not in paths else 2)


def test_paths_are_shown_as_they_were_given(tmp_path, monkeypatch):
    plant(tmp_path, {"a/x.py": NEEDLE, "b/y.py": NEEDLE, "c/z.py": NEEDLE})
    monkeypatch.chdir(tmp_path / "b")
    scanned = search_files(["./../a", "../c/", ".", "./y.py", str(tmp_path / "a")], [NEEDLE])
    assert sorted(scanned.hits) == ["../a/x.py", "../c/z.py", "y.py"]


def test_hits_come_in_the_order_of_the_tree_whatever_order_the_paths_have(tmp_path):
    plant(tmp_path, dict.fromkeys(("b.py", "a/z.py", "a/b/x.py", "a.py", "a-b/x.py"), NEEDLE))
    names = ["a/b/x.py", "a/z.py", "a-b/x.py", "a.py", "b.py"]
    for paths in (["."], ["b.py", "a", "."], ["a-b", "a.py", "a/b", "b.py", "a"]):
        hits = search_files([str(tmp_path / path) for path in paths], [NEEDLE]).hits
        assert [Path(path).relative_to(tmp_path).as_posix() for path in hits] == names


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        ("gen", ["a.py", "b/a.py"]),
        ("gen/", ["a.py", "b/a.py"]),
        ("/gen", ["a.py", "b/a.py", "b/gen/c.py"]),
        ("a.py", ["b/gen/c.py", "gen/c.py"]),
        ("b/*.py", ["a.py", "b/gen/c.py", "gen/c.py"]),
    ],
)
def test_an_excluding_pattern_reads_like_a_line_of_gitignore(tmp_path, pattern, kept):
    plant(tmp_path, {"a.py": "", "b/a.py": "", "gen/c.py": "", "b/gen/c.py": ""})
    assert found(tmp_path, exclude=(ExcludePatterns(str(tmp_path), (pattern,)),)) == kept


def test_an_excluding_pattern_with_a_slash_is_about_its_own_folder_even_for_a_deeper_path(tmp_path):
    plant(tmp_path, {"src/gen/a.py": "", "src/b.py": ""})
    assert found(tmp_path, "src", exclude=(ExcludePatterns(str(tmp_path), ("/src/gen/",)),)) == ["src/b.py"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    plant(tmp_path, {"a.py": NEEDLE, "b.py": NEEDLE, "c/d.py": NEEDLE})
    (tmp_path / "a.py").chmod(0)
    with unprivileged():
        scanned = search_files([str(tmp_path)], [NEEDLE])
    assert scanned.failures == (FileFailure(f"{tmp_path}/a.py", "cannot be read: Permission denied"),)
    assert sorted(scanned.hits) == [f"{tmp_path}/b.py", f"{tmp_path}/c/d.py"]


def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_walked(tmp_path):
    plant(tmp_path, {"a/x.py": NEEDLE, "b/y.py": NEEDLE})
    (tmp_path / "a").chmod(0)
    try:
        with unprivileged():
            scanned = search_files([str(tmp_path)], [NEEDLE])
    finally:
        (tmp_path / "a").chmod(0o700)
    assert scanned.failures == (FileFailure(f"{tmp_path}/a", "cannot be read: Permission denied"),)
    assert list(scanned.hits) == [f"{tmp_path}/b/y.py"]


def test_a_gitignore_file_that_cannot_be_read_is_named(tmp_path):
    plant(tmp_path, {".gitignore": "a.py\n", "a.py": ""})
    (tmp_path / ".gitignore").chmod(0)
    with unprivileged():
        scanned = search_files([str(tmp_path)], [NEEDLE])
    assert [failure.path for failure in scanned.failures] == [f"{tmp_path}/.gitignore"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs a file that is no file")
def test_what_is_neither_file_nor_folder_is_named_when_given_and_else_passed_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.py")
    assert search_files(["pipe.py"], [NEEDLE]).failures == (FileFailure("pipe.py", "is neither a file nor a folder"),)
    assert search_files(["."], [NEEDLE]).paths == frozenset()


def test_a_file_name_that_is_no_text_is_read_like_any_other(tmp_path):
    name = os.fsdecode(b"caf\xe9.py")
    try:
        (tmp_path / name).write_bytes(NEEDLE)
    except OSError:
        pytest.skip("this file system takes only names that are text")
    assert list(search_files([str(tmp_path)], [NEEDLE]).hits) == [f"{tmp_path}/{name}"]
