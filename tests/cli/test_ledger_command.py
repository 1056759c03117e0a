"""``--ledger``, and the ledger that JSON always holds: they add up, and say so when they do not."""

import json
from dataclasses import replace

import jsonschema
import pytest

from calls import BEFORE, BROKEN, LEFT, OTHER
from migrator.cli.exit_codes import Exit
from migrator.cli.options import CommandOptions
from migrator.cli.run import add_ledger, exit_code, find_changes
from migrator.cli.run_settings import load_settings
from planted import plant

MIXED = BEFORE + "# get_bot_agents, thread_closed_x\nhook.get_bot_agents\n"
FILES = {"a.py": MIXED, "b.py": LEFT + "  # migrator: ignore[version-3.2]\n", "c.py": BROKEN, "d.py": OTHER}


def names(document):
    """The states of each name that occurs, without those that no occurrence is in."""
    rows = [dict(row) for row in document["ledger"]["names"]]
    return {
        row.pop("name"): {state: n for state, n in row.items() if n}
        for row in rows
        if sum(map(int, map(bool, row.values()))) > 1
    }


@pytest.mark.parametrize("command", ["audit", "codemod"])
def test_the_json_document_always_accounts_for_every_occurrence(here, document, command):
    plant(here, FILES)
    value = document(command)
    assert names(value) == {
        "get_bot_agents": {"edited": 1, "manual": 1, "comment_or_docstring": 1, "name_only": 1, "unread": 1},
        "thread_closed": {"longer_name": 1},
    }
    assert value["ledger"]["total"] == value["ledger"]["counted"] == 6
    assert value["ledger"]["states"]["edited"] == 1
    assert value["ledger"]["files"] is None


def test_with_the_option_the_document_lists_each_occurrence(here, document, run):
    plant(here, FILES)
    value = document("audit", "--ledger")
    jsonschema.validate(value, json.loads(run("audit", "--format", "json-schema").stdout))
    places = [
        (file["path"], each["line"], each["state"]) for file in value["ledger"]["files"] for each in file["occurrences"]
    ]
    assert places == [
        ("a.py", 3, "edited"),
        ("a.py", 4, "comment_or_docstring"),
        ("a.py", 4, "longer_name"),
        ("a.py", 5, "name_only"),
        ("b.py", 3, "manual"),
        ("c.py", 1, "unread"),
    ]
    first = value["ledger"]["files"][0]["occurrences"][0]
    assert (first["name"], first["column"], first["rule"]) == ("get_bot_agents", 70, "method-get-bot-agents")
    assert first["reason"]


def test_without_a_file_the_ledger_is_empty_and_complete(document):
    ledger = document("audit")["ledger"]
    assert ledger["total"] == ledger["counted"] == 0
    assert len(ledger["names"]) == 18


def test_the_text_shows_a_table_of_the_names_that_occur(here, run):
    plant(here, FILES)
    lines = run("audit", "--ledger").stdout.splitlines()
    at = lines.index("Ledger: 6 occurrences of old names in 3 files.")
    assert lines[at + 1].split() == ["edited", "manual", "comment", "longer", "name", "only", "unread", "all", "name"]
    assert lines[at + 2].split() == ["1", "1", "1", "-", "1", "1", "5", "get_bot_agents"]
    assert lines[at + 3].split() == ["-", "-", "-", "1", "-", "-", "1", "thread_closed"]
    assert lines[at + 4].split() == ["1", "1", "1", "1", "1", "1", "6", "in", "all"]


@pytest.mark.parametrize("command", ["audit", "codemod"])
def test_the_text_shows_no_ledger_unless_asked(here, run, command):
    plant(here, FILES)
    assert "Ledger" not in run(command).stdout


def test_what_was_written_counts_as_edited_and_what_could_not_be_as_left(here, document):
    plant(here, {"a.py": BEFORE, "b.py": BEFORE})
    (here / "b.py").chmod(0o444)
    ledger = document("codemod", "--write", "--ledger")["ledger"]
    assert [each["state"] for file in ledger["files"] for each in file["occurrences"]] == ["edited", "manual"]
    assert "not written: is read-only" in ledger["files"][1]["occurrences"][0]["reason"]


def test_an_occurrence_that_is_not_accounted_for_is_an_error_that_asks_for_a_report(here):
    plant(here, {"a.py": BEFORE})
    choice = load_settings(CommandOptions((), None, None, None, (), (), (), (), False, False, False, None))
    run = find_changes(choice, print)
    assert add_ledger(run, choice.options).failures == ()
    lost = add_ledger(replace(run, results=()), choice.options)
    assert "0 of 1 occurrences of `get_bot_agents`" in lost.failures[0].message
    assert "please report it" in lost.failures[0].message
    assert exit_code(lost, pending=False) is Exit.UNREAD


def test_a_comment_that_suppresses_nothing_is_noted(here, document, run):
    plant(
        here,
        {"a.py": "x = 1  # migrator: ignore\n", "b.py": BEFORE + "# migrator: ignore-file[webhook-thread-closed]\n"},
    )
    assert document("audit")["stale"] == [
        {"path": "a.py", "line": 1, "rules": [], "file": None},
        {"path": "b.py", "line": 4, "rules": ["webhook-thread-closed"], "file": None},
    ]
    noted = run("audit").stderr.splitlines()
    assert "note: a.py:1: unused suppression: no finding here" in noted
    assert "note: b.py:4: unused suppression: no finding of webhook-thread-closed here" in noted
