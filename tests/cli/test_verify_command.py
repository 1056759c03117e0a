"""`migrator verify` from the command line: git, folders, formats and exit codes."""

from __future__ import annotations

import json
import subprocess

import jsonschema
import pytest

from calls import AFTER, BEFORE
from migrator.cli.exit_codes import Exit
from planted import plant


@pytest.fixture
def project(here):
    """A repository with a commit."""
    plant(here, {"a.py": BEFORE, "other.py": "x = 1\n"})
    git(here, "init", "-q")
    git(here, "add", "-A")
    git(here, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "before")
    return here


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.mark.usefixtures("project")
def test_the_codemods_own_output_passes(run):
    assert run("codemod", "--write").exit_code == Exit.CLEAN
    result = run("verify", "--base", "HEAD")
    assert (result.exit_code, result.stdout) == (
        Exit.CLEAN,
        "2 occurrences since HEAD: 2 done, 0 removed, 0 open, 0 wrong.\n",
    )


@pytest.mark.usefixtures("project")
def test_what_was_not_touched_is_open(run):
    result = run("verify", "--base", "HEAD", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["summary"]["open"], told["summary"]["wrong"]) == (Exit.FINDINGS, 2, 0)
    jsonschema.validate(told, json.loads(run("verify", "--format", "json-schema").stdout))


def test_a_misspelt_name_is_wrong_in_every_format(project, run):
    plant(project, {"a.py": AFTER.replace("list_bots", "list_bot")})
    text = run("verify", "--base", "HEAD")
    assert (text.exit_code, "`list_bot` is a name of no version of the API" in text.stdout) == (Exit.FINDINGS, True)
    assert "file=a.py" in run("verify", "--base", "HEAD", "--format", "github").stdout
    (sarif,) = json.loads(run("verify", "--base", "HEAD", "--format", "sarif").stdout)["runs"]
    assert [each["ruleId"] for each in sarif["results"]] == ["method-get-bot-agents"]


def test_a_folder_can_be_the_base(here, run):
    plant(here, {"old/a.py": BEFORE, "new/a.py": AFTER})
    assert run("verify", "--base", "old", "new").exit_code == Exit.CLEAN


@pytest.mark.usefixtures("project")
def test_a_path_chooses_what_is_reported(run):
    assert run("verify", "--base", "HEAD", "other.py").exit_code == Exit.CLEAN
    assert run("verify", "--base", "HEAD", "a.py").exit_code == Exit.FINDINGS


@pytest.mark.parametrize("base", ["no-such-branch", "--upload-pack=touch pwned", "HEAD:a.py"])
def test_an_unknown_revision_is_an_error_of_usage(project, run, base):
    result = run("verify", f"--base={base}")
    assert (result.exit_code, "--base" in result.stderr) == (Exit.USAGE, True)
    assert not (project / "pwned").exists()


@pytest.mark.usefixtures("project")
def test_without_a_base_it_says_what_is_missing(run):
    result = run("verify")
    assert (result.exit_code, "Missing option '--base'" in result.stderr) == (Exit.USAGE, True)


def test_a_file_that_became_unreadable_is_told(project, run):
    plant(project, {"a.py": BEFORE + "(\n"})
    result = run("verify", "--base", "HEAD")
    assert (result.exit_code, "a.py" in result.stderr) == (Exit.UNREAD, True)


def test_nothing_of_a_commit_is_written_outside_or_run(project, run):
    plant(project, {".gitattributes": "*.py filter=evil export-ignore\n"})
    git(project, "config", "filter.evil.smudge", "touch pwned")
    git(project, "add", "-A")
    git(project, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "attributes")
    assert "2 open" in run("verify", "--base", "HEAD").stdout
    assert not (project / "pwned").exists()
