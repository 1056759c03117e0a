"""``migrator audit``: the forms of its result, where it goes, what it fails on, and what is shown besides."""

import json
from xml.etree import ElementTree

import pytest

from calls import AFTER, BEFORE, BROKEN, LEFT, OTHER
from migrator.cli.exit_codes import Exit
from planted import plant

FORMS = ("text", "json", "sarif", "github", "junit", "markdown", "html")
STALE = "x = 1  # migrator: ignore[webhook-thread-closed]\n"
NOTE = """import requests


def receive(hook):
    if hook["secret_key"] and hook["action"]:
        return hook["payload"]["chat"]["thread"]["order"]
"""
NAME = "hook.get_bot_agents\n"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_gets_what_standard_output_would_have_got(here, run, form):
    plant(here, {"a.py": BEFORE, "b.py": BROKEN})
    printed = run("audit", "a.py", "b.py", "--format", form)
    written = run("audit", "a.py", "b.py", "--format", form, "-o", "out.txt")
    assert (here / "out.txt").read_text(encoding="utf-8") == printed.stdout != ""
    assert (written.stdout, written.exit_code) == ("", printed.exit_code) == ("", Exit.UNREAD)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_the_result_is_on_standard_output_and_what_is_unread_on_standard_error(here, run, form):
    plant(here, {"a.py": BEFORE, "b.py": BROKEN, "c.py": STALE})
    ran = run("audit", "--format", form)
    assert "error: b.py:1: " in ran.stderr
    assert "error: b.py:1: " not in ran.stdout


def test_machines_can_read_what_is_printed(here, run):
    plant(here, {"a.py": BEFORE, "b.py": BROKEN, "c.py": STALE})
    assert json.loads(run("audit", "--format", "json").stdout)["version"] == 1
    assert json.loads(run("audit", "--format", "sarif").stdout)["version"] == "2.1.0"
    assert ElementTree.fromstring(run("audit", "--format", "junit").stdout).tag == "testsuites"


def test_a_result_that_cannot_be_written_is_an_error_that_names_the_file(here, run):
    plant(here, {"a.py": BEFORE})
    ran = run("audit", "-o", "no/such/folder/out.txt")
    assert ran.exit_code == Exit.USAGE
    assert "--output: cannot write no/such/folder/out.txt" in ran.stderr
    assert ran.stdout == ""


def test_a_result_takes_the_place_of_an_old_one_whole_and_leaves_nothing_beside_it(here, run):
    plant(here, {"a.py": BEFORE, "out.json": "x" * 100_000})
    run("audit", "a.py", "--format", "json", "-o", "out.json")
    assert json.loads((here / "out.json").read_text())["findings"]
    assert sorted(path.name for path in here.iterdir()) == ["a.py", "out.json"]


def test_a_file_gets_no_colour_unless_it_is_asked_for(here, run):
    plant(here, {"a.py": BEFORE})
    run("audit", "a.py", "-o", "plain.txt")
    run("audit", "a.py", "-o", "coloured.txt", "--color", "always")
    assert [b"\x1b[" in (here / name).read_bytes() for name in ("plain.txt", "coloured.txt")] == [False, True]


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ({"a.py": OTHER}, {"any": 0, "safe": 0, "manual": 0, "never": 0}),
        ({"a.py": AFTER}, {"any": 0, "safe": 0, "manual": 0, "never": 0}),
        ({"a.py": BEFORE}, {"any": 1, "safe": 1, "manual": 0, "never": 0}),
        ({"a.py": LEFT}, {"any": 1, "safe": 0, "manual": 1, "never": 0}),
        ({"a.py": STALE}, {"any": 1, "safe": 0, "manual": 0, "never": 0}),
        ({"a.py": OTHER, "b.py": BROKEN}, {"any": 3, "safe": 3, "manual": 3, "never": 3}),
        ({"a.py": BEFORE, "b.py": BROKEN}, {"any": 3, "safe": 3, "manual": 3, "never": 3}),
    ],
    ids=["nothing", "migrated", "an edit", "a person", "a suppression of nothing", "unread", "an edit and unread"],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_exit_code_is_that_of_the_findings_that_are_asked_for(here, run, files, codes, form):
    plant(here, files)
    found = {kind: run("audit", "--fail-on", kind, "--format", form).exit_code for kind in codes}
    assert found == codes
    assert run("audit", "--format", form).exit_code == codes["any"]


@pytest.mark.parametrize("form", FORMS)
def test_a_suppression_of_nothing_is_told_in_every_form(here, run, form):
    plant(here, {"a.py": STALE})
    assert "webhook-thread-closed" in run("audit", "--format", form).stdout


@pytest.mark.parametrize(("shown", "file"), [("name-only", NAME), ("notes", NOTE)])
def test_names_and_notes_are_told_only_when_asked_for_and_change_neither_findings_nor_exit_code(
    here, run, document, shown, file
):
    plant(here, {"a.py": BEFORE, "b.py": file})
    key = shown.removesuffix("-only").rstrip("s") + "s"
    silent, told = document("audit"), document("audit", "--show", shown)
    assert silent[key] == []
    assert [each["path"] for each in told[key]] == ["b.py"]
    assert told["findings"] == silent["findings"]
    assert told["summary"] == silent["summary"]
    plant(here, {"a.py": OTHER})
    assert run("audit", "--show", shown).exit_code == Exit.CLEAN
    assert run("audit", "--show", shown, "--fail-on", "manual").exit_code == Exit.CLEAN


@pytest.mark.parametrize("form", [form for form in FORMS if form != "html"])
def test_names_and_notes_are_told_in_every_form(here, run, form):
    plant(here, {"name.py": NAME, "note.py": NOTE})
    told = run("audit", "--show", "notes", "--show", "name-only", "--format", form).stdout
    assert "name.py" in told
    assert "thread-order" in told
    assert "name.py" not in run("audit", "--format", form).stdout


def test_a_note_can_be_selected_and_suppressed_like_any_rule(here, document, run):
    plant(here, {"a.py": NOTE, "b.py": NOTE.rstrip() + "  # migrator: ignore[thread-order]\n"})
    value = document("audit", "--show", "notes", "--select", "thread-*")
    assert [(each["path"], each["rule"]) for each in value["notes"]] == [("a.py", "thread-order")]
    assert value["stale"] == []
    assert document("audit")["stale"] == []
    assert run("audit", "--select", "thread-order").exit_code == Exit.USAGE


def test_a_note_names_its_reader_and_says_what_the_reference_says(here, document):
    plant(here, {"a.py": NOTE})
    (note,) = document("audit", "--show", "notes")["notes"]
    assert (note["line"], note["column"], note["old"]) == (6, 51, "order")
    assert "created_at" in note["message"]
    assert note["applicability"] == "manual"


def test_the_codemod_knows_no_notes(here, document):
    plant(here, {"a.py": NOTE})
    value = document("codemod")
    assert (value["findings"], value["notes"]) == ([], [])


def test_findings_in_other_languages_stand_beside_those_in_python(here, document, run):
    script = 'fetch("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents");\n'
    plant(here, {"a.py": BEFORE, "b.js": script, "c.js": "// get_bot_agents\n"})
    found = {(each["path"], each["rule"], each["applicability"]) for each in document("audit")["findings"]}
    assert ("a.py", "method-get-bot-agents", "safe") in found
    assert ("b.js", "method-get-bot-agents", "manual") in found
    assert "  b.js:1:62: [manual]" in run("audit").stdout
    ledger = document("audit", "--ledger")["ledger"]
    assert {file["path"] for file in ledger["files"]} == {"a.py", "b.js", "c.js"}
    assert ledger["total"] == ledger["counted"] == 3


@pytest.mark.parametrize("option", [("--format", "xml"), ("--fail-on", "all"), ("--show", "all"), ("--group-by", "id")])
def test_a_choice_that_there_is_not_is_refused_with_those_that_there_are(run, option):
    ran = run("audit", *option)
    assert ran.exit_code == Exit.USAGE
    assert option[0] in ran.stderr
