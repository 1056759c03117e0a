"""``migrator audit --evidence``: some files are reported, with what the rest of the project says about them."""

import pytest

from calls import BEFORE, BROKEN
from migrator.cli.exit_codes import Exit
from planted import plant

URL = 'BASE = "https://api.livechatinc.com/v3.1/configuration/action"\n'
CALL = 'import requests\nfrom base import BASE\n\nrequests.post(f"{BASE}/get_bot_agents", json={})\n'


@pytest.fixture
def project(here):
    """A module whose only evidence lies in another one, and a third that has nothing to do with both."""
    return plant(here, {"base.py": URL, "bots.py": CALL, "deep/other.py": BEFORE})


def found(document, *arguments):
    return [(finding["path"], finding["old"]) for finding in document("audit", *arguments)["findings"]]


@pytest.mark.usefixtures("project")
def test_a_file_alone_shows_as_much_as_its_project(document):
    assert found(document, "bots.py") == [("bots.py", "get_bot_agents")]
    assert found(document, "bots.py", "--evidence", ".") == [("bots.py", "get_bot_agents")]


@pytest.mark.usefixtures("project")
def test_a_finding_is_the_one_of_the_whole_project(document):
    whole = [finding for finding in document("audit")["findings"] if finding["path"] == "bots.py"]
    assert document("audit", "bots.py", "--evidence", ".")["findings"] == whole


def test_nothing_is_said_of_files_that_only_give_evidence(project, run, document):
    plant(project, {"broken.py": BROKEN})
    assert run("audit", "base.py", "--evidence", "deep").exit_code == Exit.FINDINGS
    assert document("audit", "deep", "--evidence", ".")["errors"] == []
    assert {path for path, _ in found(document, "deep", "--evidence", ".")} == {"deep/other.py"}
    assert run("audit", "broken.py", "--evidence", ".").exit_code == Exit.UNREAD


@pytest.mark.usefixtures("project")
def test_the_ledger_is_that_of_the_files_that_are_reported(document):
    ledger = document("audit", "bots.py", "--evidence", ".", "--ledger")["ledger"]
    assert [file["path"] for file in ledger["files"]] == ["bots.py"]


def test_rows_of_a_baseline_are_judged_for_the_files_that_are_reported(project, run, document):
    run("audit", "--write-baseline", "--baseline", "known.json")
    plant(project, {"base.py": "", "deep/other.py": ""})
    asked = ("--baseline", "known.json", "--evidence", ".")
    assert {row["file"] for row in document("audit", "deep", *asked)["stale"]} == {"deep/other.py"}
    run("audit", "deep", *asked, "--write-baseline")
    assert {row["file"] for row in document("audit", *asked[:2])["stale"]} == {"base.py", "bots.py"}
