"""Links: never out of the given paths, never in circles, no file twice."""

import os
from pathlib import Path

import pytest

from migrator.files.search_files import search_files
from planted import plant

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
NEEDLE = b"old_name"


def names(root: Path, paths: frozenset[str]) -> list[str]:
    """Paths relative to a root, in order."""
    return sorted(Path(path).relative_to(root).as_posix() for path in paths)


def test_a_loop_of_folders_ends(tmp_path):
    plant(tmp_path, {"a/x.py": NEEDLE})
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to("self")
    (tmp_path / "a/me.py").symlink_to("me.py")
    assert names(tmp_path, search_files([str(tmp_path)], [NEEDLE]).paths) == ["a/x.py"]


@pytest.mark.parametrize(
    ("file", "links", "read"),
    [
        pytest.param("z.py", {"a.py": "z.py", "b.py": "a.py"}, "z.py", id="under its own name"),
        pytest.param("tool", {"b.py": "tool", "a.py": "tool"}, "a.py", id="under the first that says it is Python"),
    ],
)
def test_a_file_and_the_links_to_it_are_read_once(tmp_path, file, links, read):
    plant(tmp_path, {file: NEEDLE})
    for link, target in links.items():
        (tmp_path / link).symlink_to(target)
    assert names(tmp_path, search_files([str(tmp_path)], [NEEDLE]).paths) == [read]


def test_links_out_of_the_given_paths_are_told_and_not_followed(tmp_path):
    plant(tmp_path, {"outside/x.py": NEEDLE, "given/own.py": NEEDLE})
    (tmp_path / "given/file.py").symlink_to("../outside/x.py")
    (tmp_path / "given/folder.py").symlink_to("../outside")
    scanned = search_files([str(tmp_path / "given")], [NEEDLE])
    assert names(tmp_path, scanned.paths) == ["given/own.py"]
    assert scanned.outside == (f"{tmp_path}/given/file.py", f"{tmp_path}/given/folder.py")


def test_a_link_to_a_folder_outside_is_told_whatever_its_name(tmp_path):
    plant(tmp_path, {"outside/x.py": NEEDLE, "given/own.py": NEEDLE})
    (tmp_path / "given/shared").symlink_to("../outside")
    (tmp_path / "given/notes.txt").symlink_to("../outside/x.py")
    (tmp_path / "given/venv").symlink_to("../outside")
    assert search_files([str(tmp_path / "given")], [NEEDLE]).outside == (f"{tmp_path}/given/shared",)


@pytest.mark.parametrize("given", [("a", "b"), ("b", "a/x.py")])
def test_a_link_between_two_given_paths_leads_nowhere_new(tmp_path, given):
    plant(tmp_path, {"a/x.py": NEEDLE, "b/own.py": NEEDLE})
    (tmp_path / "b/x.py").symlink_to("../a/x.py")
    scanned = search_files([str(tmp_path / path) for path in given], [NEEDLE])
    assert names(tmp_path, scanned.paths) == ["a/x.py", "b/own.py"]
    assert scanned.outside == ()


@pytest.mark.parametrize("folder", ["node_modules", ".hidden", "gen"])
def test_a_link_into_a_folder_that_is_left_out_is_not_followed(tmp_path, folder):
    plant(tmp_path, {".gitignore": "gen/\n", f"{folder}/x.py": NEEDLE})
    (tmp_path / "a.py").symlink_to(f"{folder}/x.py")
    assert search_files([str(tmp_path)], [NEEDLE]).paths == frozenset()


def test_an_ignored_link_is_not_followed(tmp_path):
    plant(tmp_path, {".gitignore": "a.py\n", "tool": NEEDLE})
    (tmp_path / "a.py").symlink_to("tool")
    assert search_files([str(tmp_path)], [NEEDLE]).paths == frozenset()


def test_a_link_to_nothing_holds_no_code_and_is_passed_over(tmp_path):
    plant(tmp_path, {"own.py": NEEDLE})
    (tmp_path / ".#own.py").symlink_to("someone@host.1234")
    scanned = search_files([str(tmp_path)], [NEEDLE])
    assert (names(tmp_path, scanned.paths), scanned.failures, scanned.outside) == (["own.py"], (), ())


def test_a_link_that_is_given_is_followed_wherever_it_leads(tmp_path):
    plant(tmp_path, {"outside/x.py": NEEDLE, "outside/deep/y.py": NEEDLE, "given/own.py": ""})
    (tmp_path / "given/file.py").symlink_to("../outside/x.py")
    (tmp_path / "given/folder").symlink_to("../outside/deep")
    given = [str(tmp_path / "given/file.py"), str(tmp_path / "given/folder")]
    assert names(tmp_path, search_files(given, [NEEDLE]).paths) == ["given/file.py", "given/folder/y.py"]
