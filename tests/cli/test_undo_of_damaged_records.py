"""``migrator undo`` with a record that is damaged, or that someone else has prepared: nothing is restored."""

import json
import os
import zipfile

import pytest

from calls import AFTER, BEFORE, OTHER
from migrator.cli.exit_codes import Exit
from planted import plant
from writing import records, tree

FILES = {"a.py": BEFORE, "deep/b.py": BEFORE, "c.py": OTHER}
posix = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("manifest.json", b"{", "not JSON"),
        ("manifest.json", b"[]", "manifest.json does not have format 1"),
        ("manifest.json", b'{"format": 2}', "manifest.json does not have format 1"),
        ("manifest.json", b'{"format": 1, "began": "", "files": 3}', "/files a list"),
        ("manifest.json", b'{"format": 1, "began": "", "files": [{"path": 1}]}', "/files/0 must have the strings path"),
        (
            "manifest.json",
            b'{"format": 1, "began": "", "files": [{"path": "a.py", "before": "x", "after": "y"}]}',
            "/files/0/before is not a SHA-256",
        ),
        ("originals.zip", b"PK", "originals.zip is damaged"),
    ],
)
def test_a_damaged_record_is_named_and_restores_nothing(here, run, name, content, says):
    plant(here, FILES)
    run("codemod", "--write")
    written = tree(here)
    (records(here) / "1" / name).write_bytes(content)
    result = run("undo")
    assert (result.exit_code, tree(here)) == (Exit.USAGE, written)
    assert says in result.stderr
    assert "`migrator undo --forget .` deletes the record" in result.stderr
    assert run("undo", "--forget").exit_code == Exit.CLEAN


def test_originals_that_are_not_those_of_the_run_are_not_restored(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    written = tree(here)
    archived = records(here) / "1/originals.zip"
    with zipfile.ZipFile(archived) as originals:
        names = originals.namelist()
    with zipfile.ZipFile(archived, "w") as originals:
        for name in names:
            originals.writestr(name, b"of someone else\n")
    result = run("undo")
    assert (result.exit_code, tree(here)) == (Exit.USAGE, written)
    assert "does not match the recorded digests" in result.stderr


@pytest.mark.parametrize("path", ["../victim.py", "/etc/victim.py", "a/../../victim.py"])
def test_a_record_that_leads_out_of_the_project_restores_nothing(here, run, path):
    plant(here, {"project/a.py": BEFORE, "victim.py": AFTER})
    run("codemod", "--write", "project")
    manifest = records(here / "project") / "1/manifest.json"
    manifest.write_text(manifest.read_text().replace('"a.py"', json.dumps(path)))
    result = run("undo", "project")
    assert (result.exit_code, "/files/0/path is outside the project" in result.stderr) == (Exit.USAGE, True)
    assert (here / "victim.py").read_text() == AFTER


@posix
def test_a_folder_that_became_a_link_out_of_the_project_is_not_followed(here, run):
    plant(here, {"project/deep/a.py": BEFORE, "outside/a.py": AFTER})
    run("codemod", "--write", "project")
    (here / "project/deep").rename(here / "project/moved")
    (here / "project/deep").symlink_to("../outside")
    result = run("undo", "project")
    assert (result.exit_code, "is no longer inside the project" in result.stderr) == (Exit.UNREAD, True)
    assert (here / "outside/a.py").read_text() == AFTER


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser gives files away")
def test_what_another_user_prepared_is_not_restored(here, run):
    plant(here, FILES)
    run("codemod", "--write")
    os.chown(records(here), 1234, 1234)
    result = run("undo")
    assert (result.exit_code, "belongs to another user" in result.stderr) == (Exit.USAGE, True)
    assert (here / "a.py").read_text() == AFTER
