"""The patterns of .gitignore files mean what they mean to git."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from migrator.files.gitignore import EVERY
from migrator.files.python_files import PYTHON
from migrator.files.search_files import search_files
from planted import plant

FOLDERS = ("a", "b", "ab", "foo", "gen")
FILES = ("a.py", "b.py", "x_pb2.py", "c.pyi", "e.ipynb", "d.txt")
PIECES = (
    "a",
    "b",
    "foo",
    "*",
    "**",
    "?",
    "/",
    "gen",
    ".py",
    "_pb2",
    "[ab]",
    "[!a]",
    "[a-f]",
    "[[:alpha:]]",
    "\\a",
    " ",
)
IDIOMS = (
    "/*",
    "*",
    "!*/",
    "*.py",
    "!*.py",
    "**/gen",
    "/**/gen",
    "*.py\t",
    "gen/**",
    "a/**/b.py",
    "!/foo",
    "/foo/*",
    "!/foo/b",
    "/a[!x]*",
    "/foo[!x]gen/",
    "[",
    "\\",
    "#",
)


def git(folder: Path, *arguments: str) -> bytes:
    """What git says, without the settings of whoever runs the tests."""
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *arguments], cwd=folder, env=quiet, check=True, capture_output=True).stdout


def some_line(chance: random.Random) -> str:
    """A line of a .gitignore file: an idiom, or a few pieces at random."""
    if chance.random() < 0.4:
        return chance.choice(IDIOMS)
    pieces = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 4)))
    return chance.choice(("", "", "!")) + pieces + chance.choice(("", "", "/", "/ ", "\r"))


def some_tree(chance: random.Random) -> dict[str, str | bytes]:
    """Files in folders within folders, many of which have a .gitignore file of their own."""
    folders = [""]
    for _ in range(chance.randint(1, 7)):
        folders.append(chance.choice(folders) + chance.choice(FOLDERS) + "/")
    tree: dict[str, str | bytes] = {}
    for folder in folders:
        tree |= {folder + file: "" for file in FILES if chance.random() < 0.7}
        if chance.random() < 0.45:
            lines = [some_line(chance) for _ in range(chance.randint(1, 4))]
            tree[f"{folder}.gitignore"] = "\n".join(lines) + "\n"
    return tree | {".git/info/exclude": some_line(chance) + "\n"}


@pytest.mark.skipif(shutil.which("git") is None, reason="compares with git")
@pytest.mark.parametrize("seed", range(60))
def test_a_random_tree_is_walked_as_git_lists_it(tmp_path, seed):
    git(tmp_path, "init", "-q")
    plant(tmp_path, some_tree(random.Random(seed)))
    listed = os.fsdecode(git(tmp_path, "ls-files", "-co", "--exclude-standard", "-z")).split("\0")
    for suffixes in PYTHON, EVERY:
        scanned = search_files([str(tmp_path)], [b"x"], suffixes=suffixes)
        walked = [Path(path).relative_to(tmp_path).as_posix() for path in scanned.paths]
        assert sorted(walked) == sorted(path for path in listed if path and path.endswith(suffixes))
        assert scanned.failures == ()


@pytest.mark.parametrize("given", ["src/app", "src/app/deep"])
def test_gitignore_files_above_the_given_folder_hold_up_to_the_root_of_the_repository(tmp_path, given):
    plant(
        tmp_path,
        {
            ".gitignore": "*.py\n",
            "repo/.git/HEAD": "",
            "repo/.git/info/exclude": "mine.py\n",
            "repo/.gitignore": "/src/app/deep/gen.py\n",
            "repo/src/.gitignore": "*_pb2.py\n",
            **{f"repo/src/app/deep/{name}.py": "" for name in ("gen", "x_pb2", "mine", "kept")},
        },
    )
    paths = search_files([str(tmp_path / "repo" / given)], [b"x"]).paths
    assert paths == {f"{tmp_path}/repo/src/app/deep/kept.py"}


@pytest.mark.parametrize("pattern", ["/a?c.py", "/a*c.py", "/a[!x]c.py", "/a[.-0]c.py"])
def test_nothing_but_two_stars_and_a_slash_stands_for_a_slash(tmp_path, pattern):
    plant(tmp_path, {".gitignore": f"{pattern}\n", "a/c.py": "", "a.c.py": ""})
    assert search_files([str(tmp_path)], [b"x"]).paths == {f"{tmp_path}/a/c.py"}


def test_a_gitignore_file_holds_without_a_repository_too(tmp_path):
    plant(tmp_path, {".gitignore": "gen.py\n", "gen.py": "", "kept.py": ""})
    assert search_files([str(tmp_path)], [b"x"]).paths == {f"{tmp_path}/kept.py"}


def test_an_ignored_folder_that_is_given_is_walked_by_its_own_patterns_only(tmp_path):
    plant(
        tmp_path,
        {".git/HEAD": "", ".gitignore": "out\n*.py\n", "out/a.py": "", "out/b.py": "", "out/.gitignore": "b.py\n"},
    )
    assert search_files([str(tmp_path / "out")], [b"x"]).paths == {f"{tmp_path}/out/a.py"}


def test_a_linked_work_tree_shares_the_patterns_of_its_repository(tmp_path):
    plant(
        tmp_path,
        {
            "main/.git/info/exclude": "mine.py\n",
            "main/.git/worktrees/side/commondir": "../..\n",
            "side/.git": f"gitdir: {tmp_path}/main/.git/worktrees/side\n",
            "side/mine.py": "",
            "side/kept.py": "",
        },
    )
    assert search_files([str(tmp_path / "side")], [b"x"]).paths == {f"{tmp_path}/side/kept.py"}


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfgen.py\n", b"gen.py\r\n", b"gen.py", b"\xff\xfe\ngen.py\n"])
def test_a_gitignore_file_may_have_any_line_ending_mark_or_bytes(tmp_path, text):
    plant(tmp_path, {".gitignore": text, "gen.py": "", "kept.py": ""})
    assert search_files([str(tmp_path)], [b"x"]).paths == {f"{tmp_path}/kept.py"}
