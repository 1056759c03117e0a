"""What is offered to be done about a place."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from calls import BEFORE, BOTS, LEFT
from lsp_editor import CHECKOUT
from migrator.cli import main
from planted import plant

METHOD = "method-get-bot-agents"
FIX = "migrator: replace get_bot_agents with list_bots"
SUPPRESS = f"migrator: suppress with # migrator: ignore[{METHOD}]"
FIX_ALL = "source.fixAll.migrator"
SAMPLE = sorted((CHECKOUT / "samples" / "support_bot").glob("*.py"))


def all_fixed(editor, uri):
    """The text of a document once everything in it is fixed; None where nothing is offered."""
    [*offered] = editor.actions(uri, "", [FIX_ALL]).values()
    assert [action["kind"] for action in offered] == [FIX_ALL] * len(offered)
    return editor.applied(offered[0]) if offered else None


def test_fixing_all_of_a_file_writes_what_the_codemod_writes(editor, tmp_path):
    plant(tmp_path, {f"bot/{file.name}": file.read_bytes() for file in SAMPLE})
    files = [tmp_path / "bot" / file.name for file in SAMPLE]
    fixed = {}
    for file in files:
        uri = editor.open(file)
        fixed[file] = all_fixed(editor, uri) or editor.texts[uri]
    result = CliRunner().invoke(main, ["codemod", "--write", "--allow-dirty", str(tmp_path)], prog_name="migrator")
    assert result.exit_code == 0, result.output
    assert fixed == {file: file.read_bytes().decode() for file in files}
    assert len({file for file in files if fixed[file].encode() != SAMPLE[files.index(file)].read_bytes()}) > 3


@pytest.mark.parametrize(
    "text",
    [
        BEFORE.replace("\n", "\r\n").replace("requests.post", 'print("😀"); requests.post'),
        "\ufeff" + BEFORE,
        '# coding: latin-1\nprint("äöü")\n' + BEFORE.replace("requests.post", 'print("é"); requests.post'),
    ],
    ids=["CRLF and two units", "byte order mark", "latin-1"],
)
def test_fixing_all_changes_nothing_but_the_names_in_a_text_with(editor, tmp_path, text):
    uri = editor.open((tmp_path / "new.py").as_uri(), text)
    assert all_fixed(editor, uri) == text.replace("v3.1", "v3.2").replace("get_bot_agents", "list_bots")


def test_the_edit_of_one_place_is_preferred_and_edits_nothing_else(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE + BOTS)
    action = editor.actions(uri, "get_bot_agents")[FIX]
    assert (action["kind"], action["isPreferred"]) == ("quickfix", True)
    assert [each["code"] for each in action["diagnostics"]] == [METHOD]
    assert editor.applied(action) == BEFORE.replace("get_bot_agents", "list_bots") + BOTS


def test_the_edit_of_a_place_that_only_hints_at_the_api_is_marked_as_unsafe(editor, tmp_path):
    text = '# livechat\nimport livechat\nrequests.post(BASE + "/v3.1/configuration/action/get_bot_agents", json={})\n'
    uri = editor.open((tmp_path / "new.py").as_uri(), text)
    offered = editor.actions(uri, "get_bot_agents")
    [unsafe] = [action for title, action in offered.items() if title.startswith(FIX)]
    assert "unsafe" in unsafe["title"]
    assert not unsafe["isPreferred"]
    assert editor.applied(unsafe) == text.replace("get_bot_agents", "list_bots")
    assert all_fixed(editor, uri) is None


def test_the_unsafe_edits_are_among_all_where_that_is_asked_for(launch, tmp_path):
    editor = launch("--unsafe")
    editor.initialize(tmp_path)
    text = 'import livechat\nrequests.post(BASE + "/v3.1/configuration/action/get_bot_agents", json={})\n'
    uri = editor.open((tmp_path / "new.py").as_uri(), text)
    assert all_fixed(editor, uri) == text.replace("get_bot_agents", "list_bots").replace("v3.1", "v3.2")
    assert editor.end() == (0, b"")


def test_a_place_for_a_person_can_only_be_suppressed(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), LEFT)
    assert list(editor.actions(uri, "get_bot_agents")) == [SUPPRESS]


@pytest.mark.parametrize(
    ("line", "suppressed"),
    [
        (BOTS, BOTS.rstrip() + f"  # migrator: ignore[{METHOD}]\n"),
        (BOTS.rstrip() + "  \r\n", BOTS.rstrip() + f"  # migrator: ignore[{METHOD}]\r\n"),
        (BOTS.rstrip() + " # noqa\n", BOTS.rstrip() + f" # noqa  # migrator: ignore[{METHOD}]\n"),
        (
            BOTS.rstrip() + " # migrator: ignore[version-3.2]\n",
            BOTS.rstrip() + f" # migrator: ignore[version-3.2, {METHOD}]\n",
        ),
        (BOTS.rstrip(), BOTS.rstrip() + f"  # migrator: ignore[{METHOD}]"),
    ],
    ids=["plain", "blank at its end", "another comment", "another rule", "no line ending"],
)
def test_suppressing_a_place_adds_a_comment_that_does_it_to_a_line_with(editor, tmp_path, line, suppressed):
    uri = editor.open((tmp_path / "new.py").as_uri(), line)
    after = editor.applied(editor.actions(uri, "get_bot_agents")[SUPPRESS])
    assert after == suppressed
    editor.change(uri, after)
    assert METHOD not in [each["code"] for each in editor.diagnostics(uri)]


def test_no_comment_is_offered_where_it_would_become_part_of_a_text(editor, tmp_path):
    text = BOTS.replace('"https', '"""https').replace('agents"', 'agents\n"""')
    uri = editor.open((tmp_path / "new.py").as_uri(), text)
    found = editor.diagnostics(uri)
    assert [each["code"] for each in found] != []
    offered = editor.actions(uri, "get_bot_agents")
    assert offered
    assert [title for title in offered if "suppress" in title] == []


def test_only_the_kinds_that_are_asked_for_are_offered(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    kinds = {
        tuple(only): {action["kind"] for action in editor.actions(uri, "get_bot_agents", only).values()}
        for only in (["quickfix"], ["source"], ["source.fixAll"], [FIX_ALL], ["refactor"], ["source.fixAll.other"])
    }
    assert kinds == {
        ("quickfix",): {"quickfix"},
        ("source",): {FIX_ALL},
        ("source.fixAll",): {FIX_ALL},
        (FIX_ALL,): {FIX_ALL},
        ("refactor",): set(),
        ("source.fixAll.other",): set(),
    }


def test_in_a_notebook_the_code_of_a_cell_is_edited_and_suppressed(editor, tmp_path):
    cell = '{"cells": [{"cell_type": "code", "metadata": {}, "source": ["%s"]}], "nbformat": 4, "metadata": {}}\n'
    text = cell % ('print(\\"😀\\")\\n", "' + BOTS.replace('"', '\\"').replace("\n", "\\n"))
    uri = editor.open((tmp_path / "bots.ipynb").as_uri(), text)
    offered = editor.actions(uri, "get_bot_agents")
    assert editor.applied(offered[FIX]) == text.replace("get_bot_agents", "list_bots")
    assert editor.applied(offered[SUPPRESS]) == text.replace("json={})", f"json={{}})  # migrator: ignore[{METHOD}]")
    assert all_fixed(editor, uri) == text.replace("get_bot_agents", "list_bots").replace("v3.1", "v3.2")


def test_the_edit_of_one_of_two_neighbours_leaves_the_other_and_says_what_is_to_be_done(editor, tmp_path):
    (tmp_path / "ruff.toml").write_text("line-length = 320\n")
    url = "https://api.livechatinc.com/v3.1/configuration/action/update_bot_agent"
    text = f'import requests\nrequests.post("{url}", json={{"id": 1, "status": "offline", "status": x}})\n'
    uri = editor.open((tmp_path / "new.py").as_uri(), text)
    fixes = [a for title, a in editor.actions(uri, "status").items() if "update-bot-status" in title]
    assert fixes
    before, todo, after = editor.applied(fixes[0]).splitlines()
    assert before == "import requests"
    assert todo.startswith("# TODO(migrator update-bot-status): call set_routing_status(")
    assert after == f'requests.post("{url}", json={{"id": 1, "status": x}})'
