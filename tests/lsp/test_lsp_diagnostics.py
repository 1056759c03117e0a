"""What is shown of a document, and where."""

from __future__ import annotations

import pytest

from calls import BEFORE, BROKEN, LEFT, OTHER
from planted import plant

METHOD = "method-get-bot-agents"
#: A line with characters that take two units of UTF-16, and four bytes of UTF-8.
SMILE = 'print("😀 𝒳"); '


def codes(found):
    return [each["code"] for each in found]


def test_a_finding_is_shown_with_its_rule_its_advice_and_what_a_client_needs_to_know(editor, tmp_path):
    plant(tmp_path, {"bots.py": BEFORE})
    uri = editor.open(tmp_path / "bots.py")
    [version, method] = sorted(editor.diagnostics(uri), key=lambda each: each["range"]["start"]["character"])
    assert (version["code"], method["code"]) == ("version-3.2", METHOD)
    assert editor.text_at(uri, method["range"]) == "get_bot_agents"
    assert editor.text_at(uri, version["range"]) == "3.1"
    assert (method["source"], method["severity"], method["tags"]) == ("migrator", 3, [2])
    assert "`list_bots`" in method["message"]
    assert method["data"] == {"rule": METHOD, "applicability": "safe", "old": "get_bot_agents", "new": "list_bots"}


def test_a_place_that_is_left_for_a_person_is_an_error(editor, tmp_path):
    plant(tmp_path, {"bots.py": LEFT})
    [found] = editor.diagnostics(editor.open(tmp_path / "bots.py"))
    assert (found["severity"], found["data"]["applicability"]) == (1, "manual")


@pytest.mark.parametrize(
    "text",
    [
        BEFORE.replace("requests.post", SMILE + "requests.post"),
        BEFORE.replace("\n", "\r\n").replace("requests.post", SMILE + "requests.post"),
        BEFORE.replace("\n", "\r"),
        "\ufeff" + BEFORE.replace("import requests\n\n", "import requests; "),
        BEFORE.replace("requests.post", "if True:\n\tif True:\n\t\trequests.post"),
        BEFORE.replace("import requests\n", 'import requests\nBREAK = "\x0c\x0b\x1c\x85\u2028"\n\x0c\n'),
        '# -*- coding: latin-1 -*-\n"äöü"\n' + BEFORE.replace("requests.post", 'str("é"); requests.post'),
        "# coding: shift_jis\n" + BEFORE.replace("requests.post", 'str("日本"); requests.post'),
    ],
    ids=["two units", "CRLF", "CR", "byte order mark", "tabs", "other breaks", "latin-1", "shift_jis"],
)
def test_a_range_is_just_the_old_name_in_a_text_with(editor, tmp_path, text):
    uri = editor.open((tmp_path / "new.py").as_uri(), text)
    found = {each["code"]: editor.text_at(uri, each["range"]) for each in editor.diagnostics(uri)}
    assert found == {METHOD: "get_bot_agents", "version-3.2": "3.1"}


def test_a_name_in_a_notebook_is_found_in_its_json(editor, tmp_path):
    cell = '{"cells": [{"cell_type": "code", "metadata": {}, "source": ["%s"]}], "nbformat": 4, "metadata": {}}\n'
    text = cell % BEFORE.replace('"', '\\"').replace("\n", "\\n").replace(
        "requests.post", SMILE.replace('"', '\\"') + "requests.post"
    )
    uri = editor.open((tmp_path / "bots.ipynb").as_uri(), text)
    found = {each["code"]: editor.text_at(uri, each["range"]) for each in editor.diagnostics(uri)}
    assert found == {METHOD: "get_bot_agents", "version-3.2": "3.1"}


def test_what_a_comment_suppresses_is_not_shown(editor, tmp_path):
    text = BEFORE.rstrip("\n") + "  # migrator: ignore\n"
    assert editor.diagnostics(editor.open((tmp_path / "new.py").as_uri(), text)) == []


def test_a_comment_that_suppresses_nothing_is_shown_as_unnecessary(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), f"x = '#'  # migrator: ignore[{METHOD}]\n")
    [found] = editor.diagnostics(uri)
    assert (found["code"], found["tags"]) == ("stale-suppression", [1])
    assert editor.text_at(uri, found["range"]) == f"# migrator: ignore[{METHOD}]"


def test_a_file_that_cannot_be_parsed_says_so_at_the_line_and_shows_nothing_else(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    assert len(editor.diagnostics(uri)) == 2
    editor.change(uri, "x = 1\n" + BROKEN)
    [found] = editor.diagnostics(uri)
    assert (found["code"], found["range"]["start"]["line"]) == ("unread", 1)
    assert "is not valid Python" in found["message"]
    editor.change(uri, BEFORE)
    assert len(editor.diagnostics(uri)) == 2


@pytest.mark.parametrize(
    "text",
    ["# coding: latin-1\n" + BEFORE + '"€"\n', BEFORE + '"\ud800"\n', "\ufeff# coding: latin-1\n" + BEFORE],
    ids=["not in its encoding", "half a pair", "a mark and another encoding"],
)
def test_a_text_that_cannot_be_saved_as_it_is_says_so(editor, tmp_path, text):
    [found] = editor.diagnostics(editor.open((tmp_path / "new.py").as_uri(), text))
    assert found["code"] == "unread"


def test_a_document_that_has_nothing_to_do_with_the_api_has_no_diagnostics(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), OTHER)
    assert editor.diagnostics(uri) == []
    editor.change(uri, BEFORE)
    assert len(editor.diagnostics(uri)) == 2
    editor.change(uri, OTHER)
    assert editor.diagnostics(uri) == []


def test_a_document_that_was_never_saved_is_looked_at_by_itself(editor):
    assert len(editor.diagnostics(editor.open("untitled:Untitled-1", BEFORE))) == 2


def test_a_document_of_another_language_is_looked_at_and_not_edited(editor, tmp_path):
    text = 'fetch(`https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents`, {note: "😀"});\n'
    uri = editor.open((tmp_path / "bots.js").as_uri(), "/* 😀 */ " + text)
    found = {each["code"]: each for each in editor.diagnostics(uri)}
    assert set(found) == {METHOD, "version-3.2"}
    assert editor.text_at(uri, found[METHOD]["range"]) == "get_bot_agents"
    assert editor.actions(uri, "get_bot_agents") == {}


def test_a_document_that_lies_nowhere_is_left_alone(editor):
    uri = editor.open("git:/bots.py?ref=main", BEFORE)
    assert editor.request("textDocument/diagnostic", textDocument={"uri": uri})["items"] == []
